import { describe, expect, test } from 'vitest';
import { dueExpiries, dueRipenings, expiringSoon, tierEventIdOf, warningIdOf } from './due.ts';
import { graceEndOf, slideOf, termsOf } from './lot-terms.ts';
import { foldLots, type LedgerEntry } from './lots.ts';
import { heldBy, returnSpent } from './return-spent.ts';

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

const left = (entries: LedgerEntry[], when: string) =>
  foldLots(entries, at(when)).lots.map((lot) => [lot.lotId, lot.remaining]);

const A = entry('A', 'earn', 100, '2026-01-01T10:00', { expiresAtMs: midnight('2026-04-01') });
const B = entry('B', 'earn', 50, '2026-01-01T11:00', { expiresAtMs: midnight('2026-02-01') });
const C = entry('C', 'earn', 200, '2026-01-01T12:00');
const USE = entry('use', 'redeem', -120, '2026-01-15T10:00');

describe('C-12 C-13 C-56: a use and its return', () => {
  const give = (points: number, when: string, entries: LedgerEntry[] = [A, B, C, USE], graceDays = 30) =>
    returnSpent({
      entries,
      redeemEntryId: 'use',
      points,
      entryId: `back${entries.length}`,
      atMs: at(when),
      graceDays,
      zone: ZONE,
    });

  test('C-13: all of it on 10 Feb: A back to 100 until 31 Mar, B’s 50 with 30 days of grace, until 12 Mar', () => {
    const back = give(120, '2026-02-10T10:00');
    expect(back).toMatchObject({
      entry: { kind: 'reverse_redeem', points: 120, reversesEntryId: 'use', expiresAtMs: midnight('2026-03-13') },
      toLots: [
        { lotId: 'A', points: 70, expiresAtMs: midnight('2026-04-01'), isGrace: false },
        { lotId: 'back4', points: 50, expiresAtMs: midnight('2026-03-13'), isGrace: true },
      ],
      endedAtOncePoints: 0,
    });
    expect(back?.trace.map(({ what, inputs, result }) => [what, inputs.lotId, result])).toEqual([
      ['returned-to-lot', 'A', 70],
      ['returned-with-grace', 'back4', 50],
    ]);
    expect(left([A, B, C, USE, back?.entry as LedgerEntry], '2026-02-10T10:00')).toEqual([
      ['back4', 50],
      ['A', 100],
      ['C', 200],
    ]);
  });

  test('C-13: with no grace what belonged to B ends at once, and the customer is told', () => {
    const back = give(120, '2026-02-10T10:00', [A, B, C, USE], 0);
    expect(back).toMatchObject({ endedAtOncePoints: 50, entry: { expiresAtMs: at('2026-02-10T10:00') } });
    const position = foldLots([A, B, C, USE, back?.entry as LedgerEntry], at('2026-02-10T10:00'));
    expect(position).toMatchObject({ balance: 300, expiredUnwrittenPoints: 50 });
  });

  test('C-56: half, then the rest: A +60; then A +10 and B +50', () => {
    const first = give(60, '2026-01-16T10:00');
    expect(first?.toLots.map(({ lotId, points }) => [lotId, points])).toEqual([['A', 60]]);
    const second = give(60, '2026-01-17T10:00', [A, B, C, USE, first?.entry as LedgerEntry]);
    expect(second?.toLots.map(({ lotId, points }) => [lotId, points])).toEqual([
      ['A', 10],
      ['B', 50],
    ]);
  });

  test('L6: no more comes back than the use still holds, and nothing makes no entry', () => {
    const first = give(100, '2026-01-16T10:00')?.entry as LedgerEntry;
    expect(heldBy([A, B, C, USE, first], 'use')).toBe(20);
    expect(() => give(21, '2026-01-17T10:00', [A, B, C, USE, first])).toThrow('no more is given back than was used');
    expect(() => give(-1, '2026-01-17T10:00')).toThrow();
    expect(give(0, '2026-01-17T10:00')).toBeNull();
  });

  test('what a return pays of a debt goes to no lot', () => {
    const entries = [A, entry('use', 'redeem', -130, '2026-01-02T10:00')];
    expect(foldLots(entries, at('2026-01-02T10:00'))).toMatchObject({ balance: -30, owedPoints: 30 });
    const back = give(50, '2026-01-03T10:00', entries);
    expect(back?.toLots).toEqual([{ lotId: 'A', points: 20, expiresAtMs: midnight('2026-04-01'), isGrace: false }]);
  });
});

test('C-12: 1 Feb nothing is due, 1 Apr 30 of A are, once and with the same id however often it is asked', () => {
  const due = (when: string, more: LedgerEntry[] = []) =>
    dueExpiries(ACCOUNT, foldLots([A, B, C, USE, ...more], at(when)));
  expect(due('2026-02-01T00:00')).toEqual([]);
  expect(due('2026-03-31T23:59')).toEqual([]);
  const [expiry] = due('2026-04-01T00:00');
  expect(expiry).toMatchObject({ lotId: 'A', points: -30, endedAtMs: midnight('2026-04-01') });
  expect(due('2026-05-01T00:00')).toEqual([expiry]);
  const written = entry(expiry?.entryId ?? '', 'expire', -30, '2026-05-01T00:00', { lotId: 'A' });
  expect(due('2026-06-01T00:00', [written])).toEqual([]);
  const other = dueExpiries({ ...ACCOUNT, programId: 'Q' }, foldLots([A, B, C, USE], at('2026-04-01T00:00')));
  expect(other[0]?.entryId).not.toBe(expiry?.entryId);
});

describe('pending points', () => {
  const pending = entry('P', 'earn', 40, '2026-01-01T10:00', { ripensAtMs: midnight('2026-01-08') });

  test('are shown and cannot be spent until local midnight of their day', () => {
    const before = foldLots([C, pending], at('2026-01-07T23:59'));
    expect(before).toMatchObject({ balance: 240, pendingPoints: 40, spendablePoints: 200 });
    expect(before.pendingLots.map((lot) => lot.lotId)).toEqual(['P']);
    const after = foldLots([C, pending], midnight('2026-01-08'));
    expect(after).toMatchObject({ balance: 240, pendingPoints: 0, spendablePoints: 240, pendingLots: [] });
  });

  test('a use takes what can be spent first, even if the pending end sooner', () => {
    const soon = { ...pending, expiresAtMs: midnight('2026-02-01') };
    expect(left([C, soon, entry('u', 'redeem', -30, '2026-01-02T10:00')], '2026-01-02T10:00')).toEqual([
      ['P', 40],
      ['C', 170],
    ]);
    expect(left([C, soon, entry('u', 'redeem', -30, '2026-01-08T00:00')], '2026-01-08T00:00')).toEqual([
      ['P', 10],
      ['C', 200],
    ]);
    expect(foldLots([soon, entry('u', 'redeem', -30, '2026-01-02T10:00')], at('2026-01-02T10:00'))).toMatchObject({
      balance: 10,
      owedPoints: 0,
    });
  });

  test('taking an earning back takes its own points, also while they wait', () => {
    const back = entry('r', 'reverse_earn', -40, '2026-01-02T10:00', { reversesEntryId: 'P' });
    expect(left([C, pending, back], '2026-01-02T10:00')).toEqual([['C', 200]]);
  });

  test('ripening tells each lot once, and a ripen entry ends the waiting at once', () => {
    const told = (sinceMs: number, when: string) => dueRipenings(ACCOUNT, foldLots([C, pending], at(when)), sinceMs);
    expect(told(0, '2026-01-07T23:59')).toEqual([]);
    expect(told(midnight('2026-01-08') - 1, '2026-01-09T00:00')).toMatchObject([
      { lotId: 'P', points: 40, ripenedAtMs: midnight('2026-01-08') },
    ]);
    expect(told(midnight('2026-01-08'), '2026-01-09T00:00')).toEqual([]);
    expect(told(-1, '2026-01-08T00:00').map(({ lotId }) => lotId)).toEqual(['P']);
    const now = entry('now', 'ripen', 0, '2026-01-03T10:00', { lotId: 'P' });
    expect(foldLots([pending, now], at('2026-01-03T10:00')).spendablePoints).toBe(40);
    const late = entry('late', 'ripen', 0, '2026-01-20T10:00', { lotId: 'P' });
    expect(foldLots([pending, late], at('2026-01-10T10:00')).spendablePoints).toBe(40);
    expect(foldLots([C, { ...now, lotId: 'C' }, { ...now, lotId: 'none' }], at('2026-01-04T10:00')).balance).toBe(200);
    expect(foldLots([C, { ...now, lotId: 'C' }], at('2026-01-04T10:00')).lots[0]?.ripensAtMs).toBeNull();
    expect(() => foldLots([pending, { ...now, points: 1 }], 0)).toThrow('ripening moves no points');
  });
});

describe('expiry that slides', () => {
  const earn = (id: string, when: string, until: string) =>
    entry(id, 'earn', 10, when, { expiresAtMs: midnight(until), slidesToMs: midnight(until) });
  const old = earn('o', '2026-01-01T10:00', '2026-02-02');

  test('activity moves the end of every lot that still runs, never to an earlier one, and brings none back', () => {
    const ends = (entries: LedgerEntry[], when: string) =>
      foldLots(entries, at(when)).lots.map((lot) => [lot.lotId, lot.expiresAtMs]);
    const next = earn('n', '2026-02-01T10:00', '2026-03-02');
    expect(ends([old, C, next], '2026-02-01T10:00')).toEqual([
      ['o', midnight('2026-03-02')],
      ['n', midnight('2026-03-02')],
      ['C', null],
    ]);
    expect(ends([old, earn('n', '2026-02-02T00:00', '2026-03-03')], '2026-02-03T00:00')).toEqual([
      ['n', midnight('2026-03-03')],
    ]);
    const backwards = entry('u', 'redeem', -1, '2026-01-02T10:00', { slidesToMs: midnight('2026-01-20') });
    expect(ends([old, backwards], '2026-01-02T10:00')).toEqual([['o', midnight('2026-02-02')]]);
  });

  test('a lot that is used up slides too, so that a return finds it running', () => {
    const use = entry('u', 'redeem', -10, '2026-01-20T10:00', { slidesToMs: midnight('2026-02-21') });
    const back = entry('b', 'reverse_redeem', 10, '2026-02-10T10:00', { reversesEntryId: 'u' });
    expect(
      left(
        [old, use, entry('x', 'earn', 1, '2026-02-01T10:00', { slidesToMs: midnight('2026-03-02') }), back],
        '2026-02-10T10:00',
      ),
    ).toEqual([
      ['o', 10],
      ['x', 1],
    ]);
  });

  test('the order of use follows the moved ends', () => {
    const late = entry('l', 'earn', 10, '2025-12-01T10:00', { expiresAtMs: midnight('2026-02-20') });
    const slid = entry('s', 'redeem', -5, '2026-01-15T10:00', { slidesToMs: midnight('2026-02-15') });
    expect(left([late, old, slid], '2026-01-15T10:00')).toEqual([
      ['o', 5],
      ['l', 10],
    ]);
    const even = entry('s', 'redeem', -5, '2026-01-15T10:00', { slidesToMs: midnight('2026-03-15') });
    expect(left([late, old, even], '2026-01-15T10:00')).toEqual([
      ['l', 5],
      ['o', 10],
    ]);
  });
});

test('terms: pending and expiry count from the day of earning, and sliding moves to the new end', () => {
  const terms = { expiryMonths: 1, expiryRounding: 'none', expirySlides: false, pendingDays: 0 } as const;
  const when = at('2026-01-31T23:30');
  expect(termsOf(terms, when, ZONE)).toEqual({
    expiresAtMs: midnight('2026-03-01'),
    ripensAtMs: null,
    slidesToMs: null,
  });
  expect(termsOf({ ...terms, pendingDays: 1 }, when, ZONE).ripensAtMs).toBe(midnight('2026-02-01'));
  expect(termsOf({ ...terms, pendingDays: 14 }, when, ZONE).ripensAtMs).toBe(midnight('2026-02-14'));
  expect(termsOf({ ...terms, expirySlides: true }, when, ZONE).slidesToMs).toBe(midnight('2026-03-01'));
  expect(slideOf({ ...terms, expirySlides: true }, when, ZONE)).toBe(midnight('2026-03-01'));
  expect(slideOf(terms, when, ZONE)).toBeNull();
  expect(slideOf({ ...terms, expirySlides: true, expiryMonths: null }, when, ZONE)).toBeNull();
  expect([graceEndOf(when, 0, ZONE), graceEndOf(when, 1, ZONE)]).toEqual([when, midnight('2026-02-02')]);
});

test('what ends soon: the lots that end within the days asked for, together by their end', () => {
  const more = entry('D', 'earn', 7, '2026-01-02T10:00', { expiresAtMs: midnight('2026-02-01') });
  const soon = (days: number) => expiringSoon(foldLots([A, B, C, more], at('2026-01-25T10:00')), days, ZONE);
  expect(soon(5)).toEqual([]);
  expect(soon(6)).toEqual([{ expiresAtMs: midnight('2026-02-01'), points: 57 }]);
  expect(soon(65)).toEqual([
    { expiresAtMs: midnight('2026-02-01'), points: 57 },
    { expiresAtMs: midnight('2026-04-01'), points: 100 },
  ]);
  const [first, second] = soon(65).map((each) => warningIdOf(ACCOUNT, each));
  expect(first).toBe(warningIdOf(ACCOUNT, { expiresAtMs: midnight('2026-02-01'), points: 1 }));
  expect(first).not.toBe(second);
});

test('L7: what the system writes by itself has ids that never change', () => {
  const due = foldLots([A, { ...C, ripensAtMs: midnight('2026-01-08') }], at('2026-04-01T00:00'));
  const change = { atMs: 1, fromTierId: 'a', toTierId: 'b', why: 'reached', saleId: null } as const;
  expect([
    dueExpiries(ACCOUNT, due)[0]?.entryId,
    dueRipenings(ACCOUNT, due, 0)[0]?.eventId,
    warningIdOf(ACCOUNT, { expiresAtMs: 1, points: 1 }),
    tierEventIdOf(ACCOUNT, change),
  ]).toMatchInlineSnapshot(`
    [
      "352a629b-25b9-5474-be9d-082db8ee333b",
      "b908e9d1-e20f-51ed-bb43-ca90d3030dc6",
      "d51b662b-14b2-5823-9ae6-9c40016a115d",
      "47a0cb4e-1386-5285-87da-b15c704596e0",
    ]
  `);
});

test('an event of a change of tier has one id', () => {
  const change = { atMs: 1, fromTierId: 'a', toTierId: 'b', why: 'reached', saleId: null } as const;
  const ids = [change, { ...change, atMs: 2 }, { ...change, toTierId: 'c' }].map((each) =>
    tierEventIdOf(ACCOUNT, each),
  );
  expect(new Set([...ids, tierEventIdOf(ACCOUNT, change)]).size).toBe(3);
});
