import { expect, test } from 'vitest';
import { createPagePace } from './page-pace.ts';

/** Pages on a machine where each thing takes so long, ms; returns how long each page took. */
function run(pages: number, msOf: (page: number) => number): number[] {
  const pace = createPagePace();
  return Array.from({ length: pages }, (_, page) => {
    const count = pace.most();
    const ms = count * msOf(page);
    pace.took(ms, count);
    return ms;
  });
}

test('C-43: pages of a job grow on a quick machine up to what fits into an op', () => {
  const pace = createPagePace();
  for (let page = 0; page < 50; page += 1) pace.took(pace.most() * 0.01, pace.most());
  expect(pace.most()).toBe(32);
});

test('C-43: one slow page is enough to make the next ones short, and no page takes nothing', () => {
  const took = run(60, (page) => (page < 30 ? 0.2 : 40));
  expect(took[30]).toBeGreaterThan(1000);
  expect(Math.max(...took.slice(31))).toBeLessThanOrEqual(40);
  expect(Math.min(...took.slice(31))).toBe(40);
});

test('C-43: a page with nothing in it says nothing about the machine', () => {
  const pace = createPagePace();
  const before = pace.most();
  pace.took(500, 0);
  expect(pace.most()).toBe(before);
});
