import { expect, test } from 'vitest';
import { isMonthDay, seasonOn } from './season.ts';

const christmas = { startsOn: '12-20', forDays: 14 };

test.each([
  ['2026-12-19', null],
  ['2026-12-20', { year: 2026, firstDay: '2026-12-20' }],
  ['2026-12-31', { year: 2026, firstDay: '2026-12-20' }],
  ['2027-01-02', { year: 2026, firstDay: '2026-12-20' }],
  ['2027-01-03', null],
  ['2027-12-20', { year: 2027, firstDay: '2027-12-20' }],
])('S3-112: on %s the season of every year from 20 December, 14 days, is %j', (date, expected) => {
  expect(seasonOn(christmas, date)).toEqual(expected);
});

test('S3-112: what starts on 29 February starts on the 28th in common years; no day lies in two seasons', () => {
  const leap = { startsOn: '02-29', forDays: 1 };
  expect(seasonOn(leap, '2027-02-28')).toEqual({ year: 2027, firstDay: '2027-02-28' });
  expect(seasonOn(leap, '2027-03-01')).toBeNull();
  expect(seasonOn(leap, '2028-02-28')).toBeNull();
  expect(seasonOn(leap, '2028-02-29')).toEqual({ year: 2028, firstDay: '2028-02-29' });
  const wholeYear = { startsOn: '03-01', forDays: 365 };
  expect(seasonOn(wholeYear, '2027-02-28')).toMatchObject({ year: 2026 });
  expect(seasonOn(wholeYear, '2027-03-01')).toMatchObject({ year: 2027 });
});

test.each([
  ['02-29', true],
  ['12-31', true],
  ['02-30', false],
  ['13-01', false],
  ['1-1', false],
  ['', false],
])('%j is a day of the year: %s', (text, expected) => {
  expect(isMonthDay(text)).toBe(expected);
});
