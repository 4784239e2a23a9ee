import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = process.cwd();
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

/** A forbidden line in each room, and the rule that must name it. */
const PLANTED_IMPORTS: readonly { file: string; text: string; rule: string }[] = [
  {
    file: 'src/shop/till/planted.ts',
    text: "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n",
    rule: 'shop-is-pure',
  },
  {
    file: 'src/shop/points/planted.ts',
    text: "import * as till from '../till/sale.ts';\nexport const x = till;\n",
    rule: 'shop-nouns-stay-apart',
  },
  {
    file: 'src/contract/planted.ts',
    text: "import { sql } from '#backend/db/database.ts';\nexport const x = sql;\n",
    rule: 'contract-knows-only-shop',
  },
  {
    file: 'src/backend/till/planted.ts',
    text: "import { app } from 'electron';\nexport const x = app;\n",
    rule: 'backend-knows-no-host',
  },
  {
    file: 'src/backend/till/planted-driver.ts',
    text: "import Database from 'better-sqlite3';\nexport const x = Database;\n",
    rule: 'driver-only-in-backend-db',
  },
  {
    file: 'src/backend/till/planted-noun.ts',
    text: "import { pointsRouter } from '../points/points-router.ts';\nexport const x = pointsRouter;\n",
    rule: 'backend-nouns-share-stores-only',
  },
  {
    file: 'src/web/planted.ts',
    text: "import * as main from '../main/index.ts';\nexport const x = main;\n",
    rule: 'hosts-stay-apart',
  },
  {
    file: 'src/preload/planted.ts',
    text: "import { refuse } from '#shop/refusal.ts';\nexport const x = refuse;\n",
    rule: 'preload-only-electron',
  },
  {
    file: 'src/renderer/ui/planted.ts',
    text: "import { appRouter } from '#backend/router.ts';\nexport const x = appRouter;\n",
    rule: 'renderer-knows-types-only',
  },
  {
    file: 'src/renderer/ui/planted-node.ts',
    text: "import { join } from 'node:path';\nexport const x = join;\n",
    rule: 'renderer-has-no-node',
  },
  {
    file: 'src/renderer/screens/till/planted.ts',
    text: "import * as award from '../award/award-screen.tsx';\nexport const x = award;\n",
    rule: 'screens-stay-apart',
  },
  {
    file: 'src/renderer/ui/planted-app.ts',
    text: "import * as app from '../app/app.tsx';\nexport const x = app;\n",
    rule: 'ui-knows-no-shop',
  },
  {
    file: 'src/shop/money/planted.ts',
    text: "import { y } from './planted-b.ts';\nexport const x = y;\n",
    rule: 'no-cycles',
  },
  {
    file: 'src/shop/money/planted-b.ts',
    text: "import { x } from './planted.ts';\nexport const y = x;\n",
    rule: 'no-cycles',
  },
  {
    file: 'src/shop/money/planted-c.ts',
    text: "import { z } from './nowhere.ts';\nexport const x = z;\n",
    rule: 'not-to-unresolvable',
  },
];

let copy = '';

beforeAll(() => {
  mkdirSync(join(root, '.cache'), { recursive: true });
  copy = mkdtempSync(join(root, '.cache', 'nets-'));
  for (const entry of [
    'src',
    'tsconfig',
    'tsconfig.json',
    'biome.json',
    'knip.json',
    '.dependency-cruiser.mjs',
    'package.json',
  ]) {
    cpSync(join(root, entry), join(copy, entry), { recursive: true });
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}

function run(command: string, args: readonly string[]): { code: number; output: string } {
  try {
    return {
      code: 0,
      output: execFileSync(bin(command), args, {
        cwd: copy,
        encoding: 'utf8',
        stdio: 'pipe',
        maxBuffer: 256 * 1024 * 1024,
      }),
    };
  } catch (cause) {
    const failure = cause as { status: number | null; stdout: string; stderr: string };
    return { code: failure.status ?? 1, output: `${failure.stdout}\n${failure.stderr}` };
  }
}

describe('the nets hold', () => {
  test('dependency-cruiser sees the whole program and names every planted import', () => {
    for (const { file, text } of PLANTED_IMPORTS) plant(file, text);
    const { output } = run('depcruise', ['src', '--config', '.dependency-cruiser.mjs', '--output-type', 'json']);
    const result = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as {
      modules: { source: string }[];
      summary: { violations: { from: string; rule: { name: string } }[] };
    };
    expect(run('depcruise', ['src', '--config', '.dependency-cruiser.mjs']).code).not.toBe(0);
    expect(result.modules.filter((module) => module.source.startsWith('src/')).length).toBeGreaterThan(150);
    const found = new Set(result.summary.violations.map((violation) => `${violation.from} ${violation.rule.name}`));
    const isNamed = ({ file, rule }: { file: string; rule: string }): boolean =>
      // A circle is named once, at either of its files.
      rule === 'no-cycles' ? [...found].some((one) => one.endsWith(rule)) : found.has(`${file} ${rule}`);
    const missing = PLANTED_IMPORTS.filter((planted) => !isNamed(planted));
    expect(missing).toEqual([]);
  }, 120_000);

  test('the compiler refuses Node, the DOM and timers among the rules', () => {
    for (const { file } of PLANTED_IMPORTS) rmSync(join(copy, file), { force: true });
    plant(
      'src/shop/money/planted.ts',
      'export const a = process.env;\nexport const b = window;\nexport const c = fetch;\nexport const d = setTimeout;\nconsole.log(a);\n',
    );
    const { code, output } = run('tsc', ['-p', 'tsconfig/shop.json', '--noEmit']);
    expect(code).not.toBe(0);
    for (const name of ['process', 'window', 'fetch', 'setTimeout', 'console']) expect(output).toContain(`'${name}'`);
  }, 120_000);

  test('Biome reports a clock among the rules, a badly named file, a long function and a console', () => {
    rmSync(join(copy, 'src/shop/money/planted.ts'), { force: true });
    plant('src/shop/money/BadName.ts', 'export const now = (): number => Date.now();\n');
    plant(
      'src/shop/money/long.ts',
      `export function long(): number {\n${'  let a = 1;\n  a += 1;\n'.repeat(40)}  return 1;\n}\nconsole.log(long());\n`,
    );
    const { code, output } = run('biome', ['check', '--max-diagnostics=500', '--vcs-enabled=false', 'src/shop/money']);
    expect(code).not.toBe(0);
    for (const rule of ['useFilenamingConvention', 'noRestrictedGlobals', 'noExcessiveLinesPerFunction', 'noConsole']) {
      expect(output).toContain(rule);
    }
  }, 60_000);

  test('knip reports an export that nobody uses', () => {
    rmSync(join(copy, 'src/shop/money/BadName.ts'), { force: true });
    rmSync(join(copy, 'src/shop/money/long.ts'), { force: true });
    plant('src/shop/money/unused.ts', 'export const nobodyUsesThis = 1;\n');
    const { code, output } = run('knip', ['--no-progress']);
    expect(code).not.toBe(0);
    expect(output).toContain('unused.ts');
  }, 120_000);
});
