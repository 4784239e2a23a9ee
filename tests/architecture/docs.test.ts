import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function filesUnder(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('node_modules'));
}

/** Where the links of a page lead inside the project, and whether there is something. */
function deadLinksOf(page: string, text: string): string[] {
  const headings = (path: string): string[] =>
    [...read(path).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} -]/gu, '')
        .replaceAll(' ', '-'),
    );
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^(https?|mailto):/.test(link)) return [];
    const [path = '', part] = link.split('#');
    const target = path === '' ? page : relative(ROOT, resolve(ROOT, dirname(page), path));
    if (!existsSync(join(ROOT, target))) return [`${page}: ${link}`];
    return part === undefined || headings(target).includes(part) ? [] : [`${page}: ${link}`];
  });
}

const PAGES = [
  'README.md',
  'CHANGELOG.md',
  ...['docs', 'src', 'tests', 'scripts', 'bench'].flatMap((folder) => filesUnder(folder, /\.md$/)),
];

test('S3-106: every link of the pages leads to a file, and to a heading, that exists', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['docs/architecture.md', 'docs/testing.md', 'docs/deployment.md']));
  expect(PAGES.flatMap((page) => deadLinksOf(page, read(page)))).toEqual([]);
});

test('S3-106: a link to nothing is seen', () => {
  const text = '[a](docs/none.md) [b](docs/testing.md) [c](docs/testing.md#none) [d](https://example.com)';
  expect(deadLinksOf('README.md', text)).toEqual(['README.md: docs/none.md', 'README.md: docs/testing.md#none']);
});

test('S3-106: README leads to architecture, testing, deployment and troubleshooting', () => {
  for (const page of ['architecture', 'testing', 'deployment', 'troubleshooting', 'schema'])
    expect(read('README.md')).toContain(`(docs/${page}.md)`);
});

/** A quoted message, cut at what stands for a name or a number. */
function piecesOf(message: string): string[] {
  return message
    .split('…')
    .map((piece) => piece.trim())
    .filter((piece) => piece.length > 2);
}

test('S3-106: every message that troubleshooting quotes is one that the console says', () => {
  const sources = [...filesUnder('src', /\.ts$/), ...filesUnder('scripts', /\.mjs$/)].map(read);
  // Templates are compared without what they fill in.
  const said = [...sources, ...filesUnder('src/renderer/i18n/en', /\.json$/).map(read)]
    .join('\n')
    .replaceAll(/\$\{[^{}\n]*\}|\{\{[^{}\n]*\}\}/g, '…');
  const named = new Map([
    ['Node 22', 'Node …'],
    ['regulars.sqlite', '…'],
  ]);
  const quoted = [...read('docs/troubleshooting.md').matchAll(/`([A-Z][^`]*\s[^`]*)`/g)].map(
    ([, message = '']) => message,
  );
  expect(quoted.length).toBeGreaterThan(20);
  const withNames = quoted.map((message) => [...named].reduce((text, [from, to]) => text.replace(from, to), message));
  expect(withNames.filter((message) => !piecesOf(message).every((piece) => said.includes(piece)))).toEqual([]);
});

test('S3-106: troubleshooting tells of every foreseen reason for which a shop does not open', () => {
  const files = ['data-folder.ts', 'db/migrate.ts', 'db/folder-lock.ts', 'backups/copy-before-opening.ts'];
  const sources = files.map((file) => read(`src/backend/${file}`));
  const thrown =
    /new (?:SchemaError|DataFolderError|FolderInUseError|StartWithoutCopyError)\(\s*(?:'[a-z-]+',\s*)?(['`])(.+?)\1/gs;
  const messages = sources.flatMap((source) => [...source.matchAll(thrown)].map(([, , message = '']) => message));
  expect(messages.length).toBeGreaterThanOrEqual(9);
  const page = read('docs/troubleshooting.md');
  const firstSentence = (message: string): string =>
    message.replaceAll(/\$\{[^}]*\}/g, '…').split(/(?<=[.;]) /)[0] ?? '';
  const untold = messages
    .map(firstSentence)
    .filter((sentence) => !piecesOf(sentence).every((piece) => page.includes(piece)));
  expect(untold).toEqual([]);
});

test('S3-106: the files that deployment names are those that the console makes', () => {
  const backups = ['copies-folder', 'carry-out-restore', 'restore-file'].map(
    (name) => `src/backend/backups/${name}.ts`,
  );
  const source = ['src/backend/data-folder.ts', 'src/main/index.ts', ...backups].map(read).join('');
  const table = /\| file \| is \|\n([\s\S]*?)\n\n/.exec(read('docs/deployment.md'))?.[1] ?? '';
  const named = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, file = '']) => file.replace('-…', ''));
  expect(named).toHaveLength(8);
  expect(named.filter((file) => !source.includes(`'${file}'`))).toEqual([]);
});
