import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  businessDateOf,
  businessDayRange,
  hoursOfBusinessDay,
  instantOfLocal,
  localHourOf,
  localTimeOf,
  startOfLocalDay,
} from './business-day.ts';
import { addDays, addMonths, civilFromDays, daysFromCivil, formatDate, readDate, weekdayOf } from './civil-date.ts';
import { allZones, isKnownZone } from './zone.ts';

const at = (text: string) => Date.parse(text);

// The scenario's voucher and double day follow from these instants once their engine is there.
test('C-42: the business date follows the shop’s zone and the hour at which its day starts', () => {
  const zone = 'America/Asuncion';
  expect(businessDateOf(at('2026-03-14T02:30Z'), zone, 0)).toBe('2026-03-13');
  expect(localTimeOf(at('2026-03-14T02:30Z'), zone)).toMatchObject({ date: '2026-03-13', hour: 23, weekday: 5 });
  expect(businessDateOf(at('2026-03-14T01:30-03:00'), zone, 4)).toBe('2026-03-13');
  expect(businessDateOf(at('2026-03-14T04:30-03:00'), zone, 4)).toBe('2026-03-14');
  expect(startOfLocalDay('2026-03-14', zone)).toBe(at('2026-03-14T03:00Z'));
});

test('C-57: Asunción is three hours behind UTC all year', () => {
  expect(localTimeOf(at('2026-07-15T03:30Z'), 'America/Asuncion')).toMatchObject({
    date: '2026-07-15',
    hour: 0,
    minute: 30,
  });
  expect(localTimeOf(at('2026-01-15T03:30Z'), 'America/Asuncion')).toMatchObject({
    date: '2026-01-15',
    hour: 0,
    minute: 30,
  });
});

test('C-43: the day on which Berlin’s clocks jump has 23 hours, without a gap', () => {
  const zone = 'Europe/Berlin';
  const sales = [at('2026-03-29T01:59+01:00'), at('2026-03-29T03:00+02:00')];
  expect(sales.map((sale) => businessDateOf(sale, zone, 0))).toEqual(['2026-03-29', '2026-03-29']);
  const hours = hoursOfBusinessDay('2026-03-29', zone, 0);
  expect(hours).toHaveLength(23);
  expect(hours.map(({ hour }) => hour).slice(0, 4)).toEqual([0, 1, 3, 4]);
  expect(
    hours.map(({ fromMs, toMs }) => sales.filter((sale) => sale >= fromMs && sale < toMs).length).slice(0, 3),
  ).toEqual([0, 1, 1]);
  const autumn = hoursOfBusinessDay('2026-10-25', zone, 0);
  expect(autumn).toHaveLength(24);
  expect(autumn[2]).toMatchObject({ hour: 2, toMs: (autumn[2]?.fromMs ?? 0) + 7_200_000 });
});

test('C-43: the hours of any business day join without gap or overlap and make exactly the day', () => {
  const zones = [
    'America/Asuncion',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'America/Havana',
    'Asia/Kathmandu',
    'Africa/Cairo',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: 14_000, max: 24_000 }),
      fc.integer({ min: 0, max: 6 }),
      (zone, day, start) => {
        const date = formatDate(civilFromDays(day));
        const range = businessDayRange(date, zone, start);
        const hours = hoursOfBusinessDay(date, zone, start);
        expect(hours[0]?.fromMs).toBe(range.fromMs);
        expect(hours.at(-1)?.toMs).toBe(range.toMs);
        for (const [index, hour] of hours.entries()) {
          expect(hour.fromMs < hour.toMs && localHourOf(hour.fromMs, zone) === hour.hour).toBe(true);
          expect(localHourOf(hour.toMs - 1, zone)).toBe(hour.hour);
          if (index > 0) expect(hours[index - 1]?.toMs).toBe(hour.fromMs);
        }
        expect(businessDayRange(addDays(date, 1), zone, start).fromMs).toBe(range.toMs);
      },
    ),
    { numRuns: 400 },
  );
});

test('a business date holds exactly the instants of its range, where the clocks do not jump over its start', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }),
      fc.integer({ min: 0, max: 12 }),
      (instant, start) => {
        const date = businessDateOf(instant, 'America/Asuncion', start);
        const range = businessDayRange(date, 'America/Asuncion', start);
        fc.pre(range.toMs - range.fromMs === 86_400_000);
        expect(instant >= range.fromMs && instant < range.toMs).toBe(true);
      },
    ),
  );
});

test('a midnight that does not exist is the jump itself; one that comes twice is the first', () => {
  expect(instantOfLocal('2024-03-31', 0, 'Asia/Beirut')).toBe(at('2024-03-30T22:00Z'));
  expect(localTimeOf(startOfLocalDay('2024-03-31', 'Asia/Beirut'), 'Asia/Beirut')).toMatchObject({
    date: '2024-03-31',
    hour: 1,
  });
  expect(localTimeOf(startOfLocalDay('2024-11-03', 'America/Havana'), 'America/Havana')).toMatchObject({
    date: '2024-11-03',
    hour: 0,
  });
});

test('dates agree with the calendar, and months clamp to their last day', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000, max: 200_000 }), (days) => {
      const date = civilFromDays(days);
      expect(daysFromCivil(date)).toBe(days);
      const iso = new Date(days * 86_400_000).toISOString().slice(0, 10);
      expect(formatDate(date)).toBe(iso);
      expect(weekdayOf(iso) % 7).toBe(new Date(days * 86_400_000).getUTCDay());
    }),
  );
  expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(addMonths('2028-01-31', 1)).toBe('2028-02-29');
  expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
  expect(addMonths('2026-12-15', 13)).toBe('2028-01-15');
  expect(['2026-02-29', '2026-13-01', '2026-00-10', '26-01-01', 'x'].map(readDate)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('zones are those of the bundled database', () => {
  expect(['America/Asuncion', 'UTC', 'Mars/Base', '__proto__', ''].map(isKnownZone)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(allZones().length).toBeGreaterThan(300);
});

test('a business date costs well under 20 microseconds', () => {
  const startedAt = performance.now();
  for (let index = 0; index < 20_000; index += 1)
    businessDateOf(1_774_000_000_000 + index * 997_000, 'Europe/Berlin', 4);
  expect((performance.now() - startedAt) / 20_000).toBeLessThan(0.02);
});
