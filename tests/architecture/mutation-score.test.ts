import { expect, test } from 'vitest';
import { complaintsOf, missedChanges, scoreByFolder, tableOf } from '../../scripts/testing/mutation-score.mjs';

const location = { start: { line: 2, column: 10 }, end: { line: 2, column: 15 } };
const mutant = (status: string, statusReason?: string) => ({
  status,
  statusReason,
  location,
  replacement: 'a <= b',
  mutatorName: 'EqualityOperator',
});
const times = (count: number, status: string) => Array.from({ length: count }, () => mutant(status));
const source = 'export const f = (a, b) =>\n  return a < b;\n';

test('a change that a test sees, or that never ends, is seen; one that survives or that nothing runs is not', () => {
  const mutants = [...times(7, 'Killed'), mutant('Timeout'), mutant('Survived'), mutant('NoCoverage')];
  const others = [mutant('RuntimeError'), mutant('Ignored', 'Static mutant (and "ignoreStatic" was enabled)')];
  const files = {
    'src/shop/points/a.ts': { source, mutants: [...mutants, ...others] },
    'src/shop/points/deep/b.ts': { source, mutants: [mutant('Ignored', 'both sides are the same here')] },
    'src/shop/offers/c.ts': { source, mutants: times(3, 'Killed') },
  };
  const rows = scoreByFolder(files);
  expect(rows).toEqual([
    { folder: 'src/shop/offers', changes: 3, seen: 3, missed: 0, leftOut: 0, seenPercent: 100 },
    { folder: 'src/shop/points', changes: 10, seen: 8, missed: 2, leftOut: 1, seenPercent: 80 },
  ]);
  expect(tableOf(rows)).toEqual([
    'folder            changes   seen   not seen   left out   part seen',
    'src/shop/offers         3      3          0          0     100.0 %',
    'src/shop/points        10      8          2          1      80.0 %',
  ]);
  expect(missedChanges(files)).toEqual([
    'src/shop/points/a.ts:2:10  a < b  →  a <= b',
    'src/shop/points/a.ts:2:10  a < b  →  a <= b  (no test runs it)',
  ]);
});

test('below 90 % a folder fails, however good the others are; so do too many changes left out', () => {
  const row = { folder: 'src/shop/points', changes: 1000, seen: 900, missed: 100, leftOut: 0, seenPercent: 90 };
  const good = { ...row, folder: 'src/shop/till', seen: 1000, missed: 0, seenPercent: 100 };
  expect(complaintsOf([row, good])).toEqual([]);
  expect(complaintsOf([{ ...row, seen: 899, missed: 101, seenPercent: 89.9 }, good])).toEqual([
    'src/shop/points: 89.9 % seen, 90 % are asked for.',
  ]);
  expect(complaintsOf([{ ...good, changes: 980, seen: 980, leftOut: 20 }])).toEqual([]);
  expect(complaintsOf([{ ...good, changes: 979, seen: 979, leftOut: 21 }])).toEqual([
    '21 changes are left out by comments, more than 2 %.',
  ]);
});
