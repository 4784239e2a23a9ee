// `npm run test:mutation`: breaks the rules of points, till and offers one by one and counts how many breaks a test sees.
// `npm run test:mutation -- points lots` takes only files whose paths contain one of the words. Needs the registry once.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies } from './launch/dependencies.mjs';
import { PROJECT_FOLDER } from './launch/project.mjs';
import { runMain, Stop, say } from './launch/sentences.mjs';

const FOLDER = join(PROJECT_FOLDER, 'tests', 'mutation');
const STRYKER = join(FOLDER, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const RULES = 'src/shop/{points,till,offers}/**/*.ts';

await runMain(async () => {
  ensureDependencies();
  if (!existsSync(STRYKER)) install();
  const words = process.argv.slice(2);
  const files = globSync(RULES, { cwd: PROJECT_FOLDER })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.endsWith('.test.ts') && (words.length === 0 || words.some((word) => path.includes(word))));
  if (files.length === 0) throw new Stop(`No rule matches ${words.join(' ')}.`);
  say(`Breaking ${files.length} files; this takes long. The report: .cache/mutation/report.json`);
  const { status } = spawnSync(
    process.execPath,
    [STRYKER, 'run', join(FOLDER, 'stryker.config.json'), '--mutate', files.join(',')],
    {
      cwd: PROJECT_FOLDER,
      stdio: 'inherit',
    },
  );
  return status ?? 1;
});

function install() {
  say('Fetching Stryker, once.');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Stop('Stryker could not be fetched: the registry does not answer.');
}
