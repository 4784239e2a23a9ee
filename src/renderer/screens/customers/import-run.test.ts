import { beforeEach, expect, test } from 'vitest';
import { addPage, endRun, forgetRun, pagesOf, secondsLeft, startRun, stopRun, useImportRun } from './import-run.ts';

beforeEach(forgetRun);

test('rows are cut into pages that together are all rows', () => {
  const rows = Array.from({ length: 1_201 }, (_, index) => index);
  const pages = pagesOf(rows, 500);
  expect(pages.map((page) => page.length)).toEqual([500, 500, 201]);
  expect(pages.flat()).toEqual(rows);
  expect(pagesOf([], 500)).toEqual([]);
});

test('progress adds up page by page, and a stop keeps what was imported', () => {
  startRun(1_000, 0);
  addPage(500, { created: 490, updated: 5, skipped: 0, failed: 5 });
  expect(secondsLeft(useImportRun.getState(), 2_000)).toBe(2);
  stopRun();
  expect(useImportRun.getState()).toMatchObject({ phase: 'stopped', sent: 500, totals: { created: 490, failed: 5 } });
});

test('there is no estimate before the first page and none after the end', () => {
  startRun(10, 0);
  expect(secondsLeft(useImportRun.getState(), 1_000)).toBeNull();
  addPage(10, { created: 10, updated: 0, skipped: 0, failed: 0 });
  endRun('done');
  expect(secondsLeft(useImportRun.getState(), 1_000)).toBeNull();
});
