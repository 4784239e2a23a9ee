import { describe, expect, test } from 'vitest';
import { isScheduled, scheduleSchema } from './schedule.ts';

const holds = (schedule: object, text: string, zone = 'America/Asuncion') =>
  isScheduled(scheduleSchema.parse(schedule), Date.parse(text), zone);

describe('C-42: weekdays, hours and dates go by the shop’s civil clock', () => {
  test.each([
    [{}, '2026-03-14T02:30Z', true],
    [{ weekdays: [4] }, '2026-03-14T02:59Z', true],
    [{ weekdays: [4] }, '2026-03-14T03:00Z', false],
    [{ weekdays: [0, 6] }, '2026-03-15T03:00Z', true],
    [{ weekdays: [0, 6] }, '2026-03-16T03:00Z', true],
    [{ weekdays: [0, 6] }, '2026-03-17T03:00Z', false],
    [{ startsOn: '2026-03-14' }, '2026-03-14T02:59Z', false],
    [{ startsOn: '2026-03-14' }, '2026-03-14T03:00Z', true],
    [{ endsOn: '2026-03-13' }, '2026-03-14T02:59Z', true],
    [{ endsOn: '2026-03-13' }, '2026-03-14T03:00Z', false],
  ])('%j at %s: %s', (schedule, text, isHeld) => {
    expect(holds(schedule, text)).toBe(isHeld);
  });
});

test.each([
  ['08:59', false],
  ['09:00', true],
  ['17:29', true],
  ['17:30', false],
])('from 9:00 to 17:30, at %s: %s', (time, isHeld) => {
  expect(holds({ fromMinute: 540, toMinute: 1050 }, `2026-03-13T${time}-03:00`)).toBe(isHeld);
});

test.each([
  ['2026-03-13T21:59', false],
  ['2026-03-13T22:00', true],
  ['2026-03-14T01:59', true],
  ['2026-03-14T02:00', false],
  ['2026-03-13T01:59', false],
  ['2026-03-14T22:00', false],
])('Fridays 22:00 to 02:00, at %s: %s', (text, isHeld) => {
  expect(holds({ weekdays: [4], fromMinute: 1320, toMinute: 120 }, `${text}-03:00`)).toBe(isHeld);
});

test('a stretch without a start runs from midnight, without an end until midnight', () => {
  const at = (schedule: object) =>
    ['00:00', '11:59', '12:00', '23:59'].map((time) => holds(schedule, `2026-03-13T${time}-03:00`));
  expect(at({ toMinute: 720 })).toEqual([true, true, false, false]);
  expect(at({ fromMinute: 720 })).toEqual([false, false, true, true]);
  expect(at({ fromMinute: 720, toMinute: 0 })).toEqual([false, false, true, true]);
});

test('C-43: the hour that the clocks jump over is missed, and the hour that comes twice holds twice', () => {
  const twoToThree = { fromMinute: 120, toMinute: 180 };
  const spring = ['2026-03-29T00:59Z', '2026-03-29T01:00Z'].map((text) => holds(twoToThree, text, 'Europe/Berlin'));
  expect(spring).toEqual([false, false]);
  const autumn = ['2026-10-24T23:59Z', '2026-10-25T00:00Z', '2026-10-25T01:59Z', '2026-10-25T02:00Z'];
  expect(autumn.map((text) => holds(twoToThree, text, 'Europe/Berlin'))).toEqual([false, true, true, false]);
});

test.each([{ weekdays: [7] }, { fromMinute: 1441 }, { startsOn: '2026-02-30' }, { endsOn: 'soon' }, { other: 1 }])(
  'refuses %j',
  (schedule) => {
    expect(scheduleSchema.safeParse(schedule).success).toBe(false);
  },
);
