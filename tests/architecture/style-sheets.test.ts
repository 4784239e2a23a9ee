import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join('src', 'renderer');

function read(endings: RegExp): readonly { file: string; text: string }[] {
  return readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((file) => endings.test(file))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
}

/** Names of the classes that the selectors of a style sheet speak of. */
function classesIn(css: string): readonly string[] {
  const selectors = [...css.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]+)\{/g)].map(([, head]) => head ?? '');
  return selectors
    .filter((selector) => !selector.trim().startsWith('@'))
    .flatMap((selector) => [...selector.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(([, name]) => name ?? ''));
}

/** Which of `names` nothing in `source` can put on an element, whole or made of a start and a word (`is-${tone}`). */
function unused(names: readonly string[], source: string): readonly string[] {
  const words = new Set(source.match(/[A-Za-z_][\w-]*/g));
  const starts = [...source.matchAll(/[`\s]([a-z][a-z-]*-)\$\{/g)].map(([, start]) => start ?? '');
  const isMade = (name: string): boolean =>
    starts.some((start) => name.startsWith(start) && words.has(name.slice(start.length))) || /-\d+$/.test(name);
  return names.filter((name) => !words.has(name) && !isMade(name) && !name.startsWith('react-aria-'));
}

test('every class that a style sheet names is worn by something', () => {
  const source = read(/\.(tsx?|html)$/)
    .map(({ text }) => text)
    .join('\n');
  const dead = read(/\.css$/).flatMap(({ file, text }) =>
    unused(classesIn(text), source).map((name) => `${file}: .${name}`),
  );
  expect(dead).toEqual([]);
});

test('a class that nobody wears is seen', () => {
  const source = `<p className={\`is-\${tone}\`}>; const tones = ['danger']; <b className="worn" />`;
  expect(unused(classesIn('.worn, .is-danger { color: red } .is-lost > .nobody {}'), source)).toEqual([
    'is-lost',
    'nobody',
  ]);
});
