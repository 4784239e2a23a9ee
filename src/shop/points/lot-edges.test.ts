import { describe, expect, test } from 'vitest';
import { dueExpiries, dueRipenings, expiringSoon } from './due.ts';
import { foldLots, type LedgerEntry } from './lots.ts';
import { offsetExpiry } from './offset-expiry.ts';
import { heldBy, returnSpent } from './return-spent.ts';
import { transferLots } from './transfer-lots.ts';

const ZONE = 'America/Asuncion';
const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);
const ACCOUNT = { accountId: '0192b7a0-0000-7000-8000-000000000001', programId: 'P' };

function entry(
  entryId: string,
  kind: LedgerEntry['kind'],
  points: number,
  when: string,
  change: Partial<LedgerEntry> = {},
): LedgerEntry {
  return { entryId, kind, points, atMs: at(when), expiresAtMs: null, reversesEntryId: null, ...change };
}

const A = entry('A', 'earn', 100, '2026-01-01T10:00', { expiresAtMs: midnight('2026-04-01') });
const B = entry('B', 'earn', 50, '2026-01-01T11:00', { expiresAtMs: midnight('2026-02-01') });
const USE = entry('use', 'redeem', -120, '2026-01-15T10:00');

describe('C-12: a lot ends with the first instant of a day', () => {
  const end = midnight('2026-02-01');

  test.each([
    [end - 1, { balance: 50, spendablePoints: 50, expiredUnwrittenPoints: 0 }, 0],
    [end, { balance: 0, spendablePoints: 0, expiredUnwrittenPoints: 50 }, 1],
    [end + 1, { balance: 0, spendablePoints: 0, expiredUnwrittenPoints: 50 }, 1],
  ])('at %i: %j', (asOfMs, position, due) => {
    const folded = foldLots([B], asOfMs);
    expect(folded).toMatchObject({ ...position, ledgerPoints: 50, owedPoints: 0, asOfMs });
    expect([folded.lots.length, folded.endedLots.length]).toEqual([1 - due, due]);
    expect(dueExpiries(ACCOUNT, folded)).toHaveLength(due);
  });

  test.each([
    ['2026-01-31T23:59', [['A', 100]], 0],
    ['2026-02-01T00:00', [['A', 50]], 0],
  ])('a use of 50 at %s leaves %j', (when, lots, owed) => {
    const position = foldLots([A, B, entry('u', 'redeem', -50, when)], at('2026-02-01T00:00'));
    expect(position.lots.map((lot) => [lot.lotId, lot.remaining])).toEqual(lots);
    expect(position.owedPoints).toBe(owed);
  });
});

describe('pending points ripen with the first instant of a day', () => {
  const ripe = midnight('2026-01-08');
  const pending = entry('P', 'earn', 40, '2026-01-01T10:00', { ripensAtMs: ripe });

  test.each([
    [ripe - 1, 40, 0],
    [ripe, 0, 40],
  ])('at %i %i wait and %i can be spent', (asOfMs, pendingPoints, spendablePoints) => {
    const position = foldLots([pending], asOfMs);
    expect(position).toMatchObject({ balance: 40, pendingPoints, spendablePoints });
    expect(dueRipenings(ACCOUNT, position, ripe - 1)).toHaveLength(spendablePoints / 40);
  });

  test('a lot that is used up ripens for nobody, and one that never waited neither', () => {
    const used = entry('u', 'redeem', -40, '2026-01-09T10:00');
    expect(dueRipenings(ACCOUNT, foldLots([pending, used], ripe + 9 * 86_400_000), 0)).toEqual([]);
    expect(dueRipenings(ACCOUNT, foldLots([A], ripe), 0)).toEqual([]);
  });

  test('while it waits it is used last, also by what takes more than can be spent', () => {
    const both = [pending, entry('Q', 'earn', 5, '2026-01-02T10:00')];
    const taken = foldLots([...both, entry('u', 'reverse_earn', -7, '2026-01-03T10:00')], at('2026-01-03T10:00'));
    expect(taken.moves.map(({ lotId, points }) => [lotId, points])).toEqual([
      ['Q', 5],
      ['P', 2],
    ]);
    const beyond = foldLots([...both, entry('u', 'redeem', -46, '2026-01-03T10:00')], at('2026-01-03T10:00'));
    expect(beyond).toMatchObject({ balance: -1, owedPoints: 1, pendingPoints: 0, spendablePoints: -1, lots: [] });
  });
});

describe('C-56: what comes back says where it went', () => {
  const give = (entries: LedgerEntry[], points: number, when: string, graceDays: number) =>
    returnSpent({ entries, redeemEntryId: 'use', points, entryId: 'back', atMs: at(when), graceDays, zone: ZONE });

  test('C-13: step by step, to its lot and with the shop’s grace', () => {
    const back = give([A, B, USE], 100, '2026-02-10T10:00', 30);
    expect(back?.trace).toEqual([
      {
        what: 'returned-to-lot',
        inputs: { lotId: 'A', expiresAtMs: midnight('2026-04-01'), ofPoints: 100 },
        operation: 'reverse-order-of-use',
        rounding: 'none',
        result: 70,
      },
      {
        what: 'returned-with-grace',
        inputs: { lotId: 'back', expiresAtMs: midnight('2026-03-13'), ofPoints: 100 },
        operation: 'reverse-order-of-use',
        rounding: 'none',
        result: 30,
      },
    ]);
    expect(back?.endedAtOncePoints).toBe(0);
  });

  test('C-13: without grace what ended at once is told, and only that', () => {
    expect(give([A, B, USE], 70, '2026-02-10T10:00', 0)?.endedAtOncePoints).toBe(0);
    expect(give([A, B, USE], 71, '2026-02-10T10:00', 0)?.endedAtOncePoints).toBe(1);
    expect(give([A, B, USE], 120, '2026-01-31T23:59', 0)?.endedAtOncePoints).toBe(0);
    expect(give([A, B, USE], 71, '2026-02-10T10:00', 1)?.endedAtOncePoints).toBe(0);
  });

  test('a lot without an end gets back without an end', () => {
    const never = entry('C', 'earn', 10, '2026-01-01T12:00');
    const back = give([never, entry('use', 'redeem', -10, '2026-01-02T10:00')], 4, '2026-01-03T10:00', 30);
    expect(back?.toLots).toEqual([{ lotId: 'C', points: 4, expiresAtMs: null, isGrace: false }]);
  });

  test('L6: what a use still holds counts its own returns and no others', () => {
    const other = entry('use2', 'redeem', -5, '2026-01-16T10:00');
    const returns = [
      entry('r1', 'reverse_redeem', 20, '2026-01-17T10:00', { reversesEntryId: 'use' }),
      entry('r2', 'reverse_redeem', 5, '2026-01-17T11:00', { reversesEntryId: 'use2' }),
      entry('r3', 'reverse_earn', -7, '2026-01-17T12:00', { reversesEntryId: 'use' }),
    ];
    expect(heldBy([A, B, USE, other, ...returns], 'use')).toBe(100);
    expect(heldBy([A, B, USE, other, ...returns], 'use2')).toBe(0);
    expect(heldBy([A, B], 'use')).toBe(0);
  });
});

test('a transfer of all that can be spent leaves nothing, and nothing of what waits goes along', () => {
  const pending = entry('P', 'earn', 5, '2026-01-02T10:00', { ripensAtMs: midnight('2026-02-02') });
  const position = foldLots([pending, B], at('2026-01-15T00:00'));
  expect(transferLots(position, 1).map(({ fromLotId, points }) => [fromLotId, points])).toEqual([['B', 1]]);
  expect(transferLots(position, 50).map(({ fromLotId, points }) => [fromLotId, points])).toEqual([['B', 50]]);
  expect(() => transferLots(position, 51)).toThrow('what can be spent');
  expect(() => transferLots(position, -1)).toThrow('what can be spent');
});

test('L10: what an end took is made good once, whoever made it good before', () => {
  const end = entry('end', 'expire', -50, '2026-02-01T01:00', { lotId: 'B' });
  const late = entry('late', 'redeem', -50, '2026-01-31T10:00');
  const good = (points: number) =>
    entry('good', 'reverse_expire', points, '2026-02-02T10:00', { reversesEntryId: 'end', lotId: 'A' });
  const offsets = (...more: LedgerEntry[]) => offsetExpiry([A, B, end, ...more], late).map(({ points }) => points);
  expect(offsets()).toEqual([50]);
  expect(offsets(good(49))).toEqual([1]);
  expect(offsets(good(50))).toEqual([]);
  expect(offsetExpiry([A, B, end], { ...late, points: 0 })).toEqual([]);
});

test('L10: of a lot that ended in part, only what the late use misses of it is made good', () => {
  const end = entry('end', 'expire', -20, '2026-02-01T01:00', { lotId: 'B' });
  const late = (points: number) => entry('late', 'redeem', -points, '2026-01-31T10:00');
  const offsets = (points: number) => offsetExpiry([A, B, end], late(points));
  expect(offsets(30)).toEqual([]);
  expect(offsets(31)).toEqual([{ reversesEntryId: 'end', points: 1, lotId: 'A' }]);
  expect(offsets(50)).toEqual([{ reversesEntryId: 'end', points: 20, lotId: 'A' }]);
  expect(offsets(60)).toEqual([{ reversesEntryId: 'end', points: 20, lotId: 'A' }]);
});

test('PT14: what ends soon is told by the days asked for, to the day', () => {
  const today = entry('T', 'earn', 7, '2026-01-01T10:00', { expiresAtMs: midnight('2026-01-26') });
  const soon = (days: number, when = '2026-01-25T10:00') =>
    expiringSoon(foldLots([A, B, today], at(when)), days, ZONE).map(({ points }) => points);
  expect([soon(0), soon(1), soon(5), soon(6), soon(64), soon(65), soon(66)]).toEqual([
    [7],
    [7],
    [7],
    [7, 50],
    [7, 50],
    [7, 50, 100],
    [7, 50, 100],
  ]);
  expect([soon(6, '2026-01-26T00:00'), soon(0, '2026-01-31T23:59')]).toEqual([[50], [50]]);
});
