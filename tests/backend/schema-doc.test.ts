import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { describeSchema, tablesOfSchema } from './describe-schema.ts';

const PAGE = resolve(import.meta.dirname, '../../docs/schema.md');

test('S3-102: docs/schema.md tells the schema as the migrations make it (run with --update to write it)', async () => {
  await expect(describeSchema()).toMatchFileSnapshot(PAGE);
});

test('S3-102: the page has every table once, each with what it is for', () => {
  const page = describeSchema();
  const told = [...page.matchAll(/^### (\w+)\n\n(.*)$/gm)];
  expect(told.map(([, table]) => table).toSorted()).toEqual(tablesOfSchema().toSorted());
  const wordless = told.filter(([, , lead = '']) => /^(\(`|Append-only|Rows )/.test(lead)).map(([, table]) => table);
  expect(wordless).toEqual([]);
});
