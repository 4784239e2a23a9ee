import { describe, expect, test } from 'vitest';
import { draw, fill } from './lot-shelf.ts';
import { foldLots, type LedgerEntry, systemAccountOf } from './lots.ts';
import { offsetExpiry } from './offset-expiry.ts';
import { transferAll, transferLots } from './transfer-lots.ts';

const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);

function entry(
  entryId: string,
  kind: LedgerEntry['kind'],
  points: number,
  when: string,
  change: Partial<LedgerEntry> = {},
): LedgerEntry {
  return { entryId, kind, points, atMs: at(when), expiresAtMs: null, reversesEntryId: null, ...change };
}

const A = entry('A', 'earn', 30, '2026-01-01T10:00', { expiresAtMs: midnight('2026-02-01') });
const C = entry('C', 'earn', 200, '2026-01-01T12:00');
const END = entry('end', 'expire', -30, '2026-02-01T01:00', { lotId: 'A' });

/** Appends an entry with what it makes good, as its author does. */
function arrive(entries: LedgerEntry[], late: LedgerEntry): LedgerEntry[] {
  const offsets = offsetExpiry(entries, late).map(({ reversesEntryId, points, lotId }, index) =>
    entry(`${late.entryId}-good${index}`, 'reverse_expire', points, '2026-02-05T10:00', {
      reversesEntryId,
      lotId,
      expiresAtMs: at('2026-02-05T10:00'),
    }),
  );
  return [...entries, late, ...offsets];
}

describe('L10: a spend from before a lot’s end is honoured however late it arrives', () => {
  const spend = (points: number, when = '2026-01-31T23:00') => entry('late', 'redeem', -points, when);
  const lots = (entries: LedgerEntry[]) =>
    foldLots(entries, at('2026-02-05T10:00')).lots.map((lot) => [lot.lotId, lot.remaining]);

  test('what it would have used of the ended lot is made good, into the lots that it had to use instead', () => {
    expect(offsetExpiry([A, C, END], spend(20))).toEqual([{ reversesEntryId: 'end', points: 20, lotId: 'C' }]);
    expect(lots(arrive([A, C, END], spend(20)))).toEqual([['C', 200]]);
    expect(lots(arrive([A, C, END], spend(50)))).toEqual([['C', 180]]);
  });

  test('what it had to owe instead is paid', () => {
    expect(offsetExpiry([A, END], spend(20))).toEqual([{ reversesEntryId: 'end', points: 20, lotId: null }]);
    const position = foldLots(arrive([A, END], spend(20)), at('2026-02-05T10:00'));
    expect(position).toMatchObject({ balance: 0, owedPoints: 0, lots: [] });
    expect(foldLots(arrive([A, END], spend(40)), at('2026-02-05T10:00'))).toMatchObject({
      balance: -10,
      owedPoints: 10,
    });
  });

  test('never twice, never more than was written, and not for a spend from after the end', () => {
    const once = arrive([A, C, END], spend(20));
    const again = { ...spend(20), entryId: 'again' };
    expect(offsetExpiry(once, again)).toEqual([{ reversesEntryId: 'end', points: 10, lotId: 'C' }]);
    expect(offsetExpiry(arrive(once, again), { ...again, entryId: 'third' })).toEqual([]);
    expect(offsetExpiry([A, C, END], spend(20, '2026-02-01T00:00'))).toEqual([]);
    expect(offsetExpiry([A, C], spend(20))).toEqual([]);
    expect(offsetExpiry([A, C, END], entry('e', 'earn', 20, '2026-01-31T23:00'))).toEqual([]);
  });

  test('two ended lots are made good in the order in which they would have been used', () => {
    const B = entry('B', 'earn', 10, '2026-01-01T11:00', { expiresAtMs: midnight('2026-02-02') });
    const endB = entry('endB', 'expire', -10, '2026-02-02T01:00', { lotId: 'B' });
    expect(offsetExpiry([A, B, C, END, endB], spend(35))).toEqual([
      { reversesEntryId: 'end', points: 30, lotId: 'C' },
      { reversesEntryId: 'endB', points: 5, lotId: 'C' },
    ]);
    const D = entry('D', 'earn', 3, '2026-01-01T09:00', { expiresAtMs: midnight('2026-09-01') });
    expect(offsetExpiry([A, C, D, END], spend(20))).toEqual([
      { reversesEntryId: 'end', points: 17, lotId: 'C' },
      { reversesEntryId: 'end', points: 3, lotId: 'D' },
    ]);
  });

  test('the lots that were used instead get back in reverse order of use, each what it gave', () => {
    const B = entry('B', 'earn', 10, '2026-01-01T11:00', { expiresAtMs: midnight('2026-02-02') });
    const endB = entry('endB', 'expire', -10, '2026-02-02T01:00', { lotId: 'B' });
    const D = entry('D', 'earn', 3, '2026-01-01T09:00', { expiresAtMs: midnight('2026-09-01') });
    expect(offsetExpiry([A, B, C, D, END, endB], spend(35))).toEqual([
      { reversesEntryId: 'end', points: 30, lotId: 'C' },
      { reversesEntryId: 'endB', points: 2, lotId: 'C' },
      { reversesEntryId: 'endB', points: 3, lotId: 'D' },
    ]);
  });

  test('an end written in two parts is made good part by part', () => {
    const parts = [entry('end1', 'expire', -10, '2026-02-01T01:00', { lotId: 'A' }), { ...END, points: -20 }];
    expect(offsetExpiry([A, C, ...parts], spend(15))).toEqual([
      { reversesEntryId: 'end1', points: 10, lotId: 'C' },
      { reversesEntryId: 'end', points: 5, lotId: 'C' },
    ]);
  });

  test('L6: a second late spend takes from the part of the end that is not made good yet', () => {
    const parts = [entry('end1', 'expire', -10, '2026-02-01T01:00', { lotId: 'A' }), { ...END, points: -20 }];
    const once = arrive([A, C, ...parts], spend(15));
    expect(offsetExpiry(once, { ...spend(10), entryId: 'again' })).toEqual([
      { reversesEntryId: 'end', points: 10, lotId: 'C' },
    ]);
  });

  test('only ends are made good: what left the lot otherwise is gone', () => {
    const moved = entry('moved', 'transfer', -10, '2026-01-20T10:00', { lotId: 'A' });
    const end = { ...END, points: -20 };
    expect(offsetExpiry([A, C, moved, end], spend(25))).toEqual([{ reversesEntryId: 'end', points: 20, lotId: 'C' }]);
    expect(offsetExpiry([A, C, moved], spend(25))).toEqual([]);
    expect(offsetExpiry([A, C, { ...END, lotId: null }], spend(25))).toEqual([]);
  });

  test('points that ended are not asked for again when their sale is returned', () => {
    const back = entry('back', 'reverse_earn', -30, '2026-02-05T09:00', { reversesEntryId: 'A' });
    expect(offsetExpiry([A, C, END], back)).toEqual([{ reversesEntryId: 'end', points: 30, lotId: 'C' }]);
    expect(lots(arrive([A, C, END], back))).toEqual(lots([A, C, back]));
  });
});

describe('entries that name their lot', () => {
  test('an expiry takes from its lot, then from what else has ended, and leaves what runs alone as long as it can', () => {
    const B = entry('B', 'earn', 10, '2026-01-01T11:00', { expiresAtMs: midnight('2026-01-15') });
    const open = (points: number, lotId: string | null) =>
      foldLots([A, B, C, entry('x', 'expire', points, '2026-02-03T00:00', { lotId })], at('2026-01-05T00:00')).lots.map(
        (lot) => [lot.lotId, lot.remaining],
      );
    expect(open(-25, 'A')).toEqual([
      ['B', 10],
      ['A', 5],
      ['C', 200],
    ]);
    expect(open(-35, 'A')).toEqual([
      ['B', 5],
      ['C', 200],
    ]);
    expect(open(-35, null)).toEqual([
      ['A', 5],
      ['C', 200],
    ]);
    expect(open(-45, null)).toEqual([['C', 195]]);
  });

  test('a return to a named lot that has ended opens one with the terms of the return', () => {
    const use = entry('u', 'redeem', -30, '2026-01-15T10:00');
    const back = entry('b', 'reverse_redeem', 30, '2026-02-03T10:00', {
      reversesEntryId: 'u',
      lotId: 'A',
      expiresAtMs: midnight('2026-03-06'),
    });
    expect(foldLots([A, use, back], at('2026-02-03T10:00')).lots).toEqual([
      {
        lotId: 'b',
        earnedAtMs: at('2026-02-03T10:00'),
        expiresAtMs: midnight('2026-03-06'),
        ripensAtMs: null,
        points: 30,
        remaining: 30,
      },
    ]);
  });

  test('a return of a use that happened elsewhere opens a lot of its own', () => {
    const back = entry('b', 'reverse_redeem', 30, '2026-02-03T10:00', { reversesEntryId: 'elsewhere' });
    expect(foldLots([back], at('2026-02-03T10:00')).lots).toMatchObject([{ lotId: 'b', points: 30, remaining: 30 }]);
  });
});

describe('the order of use and what it stands on', () => {
  const same = { expiresAtMs: midnight('2026-03-01') };
  const order = (...entries: LedgerEntry[]) => foldLots(entries, at('2026-01-10T00:00')).lots.map((lot) => lot.lotId);

  test('of lots that end together the older goes first, and of those from one instant the one written first', () => {
    const older = entry('older', 'earn', 1, '2026-01-01T10:00', same);
    const newer = entry('newer', 'earn', 1, '2026-01-02T10:00', same);
    expect(order(newer, older)).toEqual(['older', 'newer']);
    const twins = ['z', 'b', 'm'].map((id) => entry(id, 'earn', 2, '2026-01-01T10:00', same));
    expect(order(...twins)).toEqual(['z', 'b', 'm']);
    const used = entry('u', 'redeem', -3, '2026-01-03T10:00');
    expect(order(...twins, used)).toEqual(['b', 'm']);
    expect(
      order(...twins, used, entry('r', 'reverse_redeem', 3, '2026-01-04T10:00', { reversesEntryId: 'u' })),
    ).toEqual(['z', 'b', 'm']);
  });

  test('a lot keeps what it was earned with, also when a part of it paid a debt', () => {
    const debt = entry('u', 'redeem', -20, '2026-01-01T10:00');
    const earned = entry('E', 'earn', 30, '2026-01-02T10:00', same);
    expect(foldLots([debt, earned], at('2026-01-10T00:00')).lots).toMatchObject([{ points: 30, remaining: 10 }]);
    const restored = entry('b', 'reverse_expire', 30, '2026-01-02T10:00', { reversesEntryId: 'x' });
    expect(foldLots([debt, restored], at('2026-01-10T00:00')).lots).toMatchObject([{ points: 10, remaining: 10 }]);
  });

  test('a return to a lot that is not here opens one of its own', () => {
    const back = entry('b', 'reverse_redeem', 5, '2026-01-02T10:00', { reversesEntryId: 'u', lotId: 'elsewhere' });
    expect(foldLots([back], at('2026-01-10T00:00')).lots).toMatchObject([{ lotId: 'b', points: 5, remaining: 5 }]);
  });

  test('L9: parts of points, and more than a lot holds, end the operation', () => {
    expect(() => foldLots([entry('E', 'earn', 1.5, '2026-01-01T10:00')], 0)).toThrow('points are whole');
    const lot = { lotId: 'l', earnedAtMs: 0, order: 0, expiresAtMs: null, ripensAtMs: null, points: 5, remaining: 5 };
    expect(() => fill([], lot, -1)).toThrow('a lot is filled with points');
    for (const points of [0, 6]) expect(() => draw([lot], lot, points)).toThrow('no more is drawn than a lot holds');
  });
});

describe('C-48: lots move with their ends', () => {
  const pending = entry('P', 'earn', 5, '2026-01-02T10:00', { ripensAtMs: midnight('2026-02-02') });
  const position = foldLots([A, C, pending], at('2026-01-15T00:00'));

  test('a transfer takes lots in the order of use, and nothing that waits', () => {
    expect(transferLots(position, 45)).toEqual([
      { fromLotId: 'A', points: 30, expiresAtMs: midnight('2026-02-01'), ripensAtMs: null },
      { fromLotId: 'C', points: 15, expiresAtMs: null, ripensAtMs: null },
    ]);
    expect(transferLots(position, 230)).toHaveLength(2);
    for (const points of [0, 231]) expect(() => transferLots(position, points)).toThrow('what can be spent');
  });

  test('C-48: a merge takes everything, also what waits and what is owed, and both sides keep their sum', () => {
    expect(transferAll(position)).toEqual([
      { fromLotId: 'A', points: 30, expiresAtMs: midnight('2026-02-01'), ripensAtMs: null },
      { fromLotId: 'C', points: 200, expiresAtMs: null, ripensAtMs: null },
      { fromLotId: 'P', points: 5, expiresAtMs: null, ripensAtMs: midnight('2026-02-02') },
    ]);
    const owing = foldLots([entry('u', 'redeem', -8, '2026-01-03T10:00')], at('2026-01-15T00:00'));
    expect(transferAll(owing)).toEqual([{ fromLotId: null, points: -8, expiresAtMs: null, ripensAtMs: null }]);
    const out = transferAll(position).map(({ fromLotId, points }, index) =>
      entry(`out${index}`, 'merge', -points, '2026-01-15T00:00', { lotId: fromLotId }),
    );
    expect(foldLots([A, C, pending, ...out], at('2026-01-15T00:00'))).toMatchObject({
      balance: 0,
      lots: [],
      owedPoints: 0,
    });
  });
});

test('L3: each kind has one account on the other side', () => {
  const kinds = ['earn', 'reverse_earn', 'redeem', 'reverse_redeem', 'expire', 'reverse_expire'] as const;
  expect(kinds.map(systemAccountOf)).toEqual(['issued', 'issued', 'redeemed', 'redeemed', 'expired', 'expired']);
  expect((['adjust', 'transfer', 'ripen', 'merge'] as const).map(systemAccountOf)).toEqual(Array(4).fill('adjusted'));
});
