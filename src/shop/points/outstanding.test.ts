import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerEntry } from './ledger-entry.ts';
import { liabilityOf } from './liability.ts';
import { foldLots } from './lots.ts';
import { startOutstanding } from './outstanding.ts';

const ZONE = 'America/Asuncion';
const DAY = 86_400_000;
const NOW = Date.parse('2026-03-02T12:00-03:00');
const TERMS = { warnDays: 30, pointValue: { points: 50, perMinor: 100 } };

function earned(entryId: string, points: number, expiresAtMs: number | null, atMs = NOW - DAY): LedgerEntry {
  return { entryId, kind: 'earn', points, atMs, expiresAtMs, reversesEntryId: null };
}

test('PT29: points stand in the month on whose last day they still count, and a debt is nobody else’s points', () => {
  const count = startOutstanding(TERMS, ZONE);
  const firstOfApril = Date.parse('2026-04-01T00:00-03:00');
  count.add('ana', foldLots([earned('a', 100, firstOfApril), earned('b', 40, null)], NOW));
  count.add('leo', foldLots([{ ...earned('c', -30, null), kind: 'adjust' }], NOW));
  count.add('eva', foldLots([earned('d', 25, NOW - 1, NOW - 40 * DAY)], NOW));
  expect(count.result()).toEqual({
    customers: 1,
    outstandingPoints: 140,
    worthMinor: 280,
    pendingPoints: 0,
    owedPoints: 30,
    endedPoints: 25,
    byMonth: [
      { month: '2026-03', points: 100 },
      { month: null, points: 40 },
    ],
    endingPoints: 100,
    endingCustomers: 1,
    ending: [{ customerId: 'ana', points: 100, expiresAtMs: firstOfApril }],
  });
});

test('PT29: months stand in their order, what never ends last; pending points count and are told', () => {
  const count = startOutstanding(TERMS, ZONE);
  const end = (month: string): number => Date.parse(`${month}-15T00:00-03:00`);
  count.add(
    'ana',
    foldLots([earned('a', 3, end('2026-12')), earned('b', 1, null), earned('c', 2, end('2026-05'))], NOW),
  );
  count.add('leo', foldLots([{ ...earned('d', 4, end('2026-08')), ripensAtMs: NOW + DAY }, earned('e', 5, null)], NOW));
  count.add('eva', foldLots([{ ...earned('f', 6, end('2026-05')), ripensAtMs: NOW + DAY }], NOW));
  const { byMonth, pendingPoints, customers } = count.result();
  expect(byMonth.map(({ month, points }) => [month, points])).toEqual([
    ['2026-05', 8],
    ['2026-08', 4],
    ['2026-12', 3],
    [null, 6],
  ]);
  expect([pendingPoints, customers]).toEqual([10, 3]);
});

test('PT14: what ends soonest is named first, of one day the most, of as much by customer; a hundred are named', () => {
  const count = startOutstanding(TERMS, ZONE);
  const endings: readonly [string, number, number][] = [
    ['leo', 5, 3],
    ['eva', 9, 3],
    ['zoe', 1, 2],
    ['ana', 5, 3],
    ['bea', 5, 3],
  ];
  for (const [customerId, points, days] of endings) {
    count.add(customerId, foldLots([earned(customerId, points, NOW + days * DAY)], NOW));
  }
  expect(count.result().ending.map(({ customerId }) => customerId)).toEqual(['zoe', 'eva', 'ana', 'bea', 'leo']);
  expect(count.result().endingCustomers).toBe(5);
  const many = startOutstanding(TERMS, ZONE);
  for (let n = 0; n < 101; n++) many.add(`c${n}`, foldLots([earned(`c${n}`, 1, NOW + DAY)], NOW));
  expect(many.result()).toMatchObject({ endingPoints: 101, endingCustomers: 101 });
  expect(many.result().ending).toHaveLength(100);
});

test('law: months add up to what is outstanding; that less debts plus what ended is what was booked', () => {
  const lot = fc.tuple(fc.integer({ min: -200, max: 500 }), fc.option(fc.integer({ min: -100, max: 700 })));
  fc.assert(
    fc.property(fc.array(fc.array(lot, { maxLength: 6 }), { maxLength: 8 }), (accounts) => {
      const count = startOutstanding(TERMS, ZONE);
      let booked = 0;
      for (const [index, lots] of accounts.entries()) {
        const entries = lots.map(([points, day], place) => ({
          ...earned(`${index}-${place}`, points, points < 0 || day === null ? null : NOW + day * DAY, NOW - 200 * DAY),
          kind: 'adjust' as const,
        }));
        const position = foldLots(entries, NOW);
        booked += position.ledgerPoints;
        count.add(`customer-${index}`, position);
      }
      const { outstandingPoints, owedPoints, endedPoints, byMonth, ending, endingPoints, worthMinor } = count.result();
      expect(byMonth.reduce((sum, { points }) => sum + points, 0)).toBe(outstandingPoints);
      expect(outstandingPoints - owedPoints + endedPoints).toBe(booked);
      expect(ending.reduce((sum, { points }) => sum + points, 0)).toBe(endingPoints);
      expect(worthMinor).toBe(liabilityOf(outstandingPoints, TERMS.pointValue));
      expect(ending.map(({ expiresAtMs }) => expiresAtMs)).toEqual(
        ending.map(({ expiresAtMs }) => expiresAtMs).toSorted((a, b) => a - b),
      );
    }),
  );
});
