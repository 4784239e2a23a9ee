import { expect, test } from 'vitest';
import { daysLeft } from './days-left.ts';

const dateKey = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
const at = (text: string): number => Date.parse(`${text}Z`);

test('the days that are left are those of the calendar, in the morning and in the evening', () => {
  const endsAtMs = at('2026-11-24T00:00');
  expect(daysLeft(endsAtMs, at('2026-11-21T06:00'), dateKey)).toBe(2);
  expect(daysLeft(endsAtMs, at('2026-11-21T22:40'), dateKey)).toBe(2);
  expect(daysLeft(endsAtMs, at('2026-11-23T23:59'), dateKey)).toBe(0);
  expect(daysLeft(endsAtMs, at('2026-11-24T00:00'), dateKey)).toBe(-1);
});
