import { expect, test } from 'vitest';
import { birthdayDays } from './birthdays.ts';

const byDate = (from: string, to: string) =>
  Object.fromEntries(birthdayDays(from, to).map(({ date, monthDays }) => [date, monthDays]));

test.each([
  ['2026-02-28', '2026-02-28', { '2026-02-28': ['02-28', '02-29'] }],
  ['2028-02-28', '2028-02-29', { '2028-02-28': ['02-28'], '2028-02-29': ['02-29'] }],
  ['2100-02-28', '2100-02-28', { '2100-02-28': ['02-28', '02-29'] }],
  ['2026-12-31', '2027-01-01', { '2026-12-31': ['12-31'], '2027-01-01': ['01-01'] }],
  ['2026-03-02', '2026-03-01', {}],
])('PT4: from %s to %s these birthdays are kept', (from, to, expected) => {
  expect(byDate(from, to)).toEqual(expected);
});

test('F12: of a longer sleep the last 365 days are looked at, so that nobody has two birthdays at once', () => {
  const days = birthdayDays('2020-05-05', '2026-05-05');
  expect([days[0]?.date, days.at(-1)?.date, days.length]).toEqual(['2025-05-06', '2026-05-05', 365]);
  expect(new Set(days.flatMap(({ monthDays }) => monthDays)).size).toBe(366);
});
