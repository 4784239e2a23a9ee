import { describe, expect, test } from 'vitest';
import { foldOn, type LedgerEntry } from './lots.ts';
import { type Tiers, tiersSchema } from './programme-tiers.ts';
import { markTier, resumeTier, type TierMark } from './tier-marks.ts';
import { foldTier, type TierMove } from './tiers.ts';

const ZONE = 'America/Asuncion';
const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);
const LEVELS = [
  { tierId: 'basic', name: '', threshold: 0 },
  { tierId: 'silver', name: '', threshold: 100 },
];
const tiersOf = (change: object): Tiers => tiersSchema.parse({ levels: LEVELS, ...change });
const MONTH = { period: { kind: 'calendar', unit: 'month' } };
const ROLLING = { period: { kind: 'rolling', months: 2 } };

function move(when: string, change: Partial<TierMove>): TierMove {
  return { atMs: at(when), saleId: null, spendMinor: 0, visits: 0, earnedPoints: 0, balancePoints: 0, ...change };
}

function mark(tiers: Tiers, moves: readonly TierMove[], asOfMs: number): TierMark {
  const made = markTier(tiers, null, moves, { asOfMs, zone: ZONE });
  if (made === null) throw new Error('no mark');
  return made;
}

describe('LOYALTY 3: a mark of a ladder holds what still counts, and no more', () => {
  const sale = move('2026-01-20T10:00', { spendMinor: 100, saleId: 'a' });
  const end = midnight('2026-03-01');

  test('rights whose end is still to come', () => {
    const right = { level: 1, fromMs: sale.atMs, toMs: end };
    const rights = [end - 1, end, end + 1].map((asOfMs) => mark(tiersOf(MONTH), [sale], asOfMs).rights);
    expect(rights).toEqual([[right], [], []]);
    expect(mark(tiersOf({}), [sale], end).rights).toEqual([]);
  });

  test('amounts, a day in one number where they leave by days, and none that is nothing', () => {
    const moves = [
      move('2026-01-20T12:00', { spendMinor: 7 }),
      sale,
      move('2026-01-21T10:00', { visits: 1 }),
      move('2026-02-02T10:00', { spendMinor: 5 }),
    ];
    expect(mark(tiersOf(ROLLING), moves, midnight('2026-02-03')).counted).toEqual([
      { atMs: at('2026-01-20T12:00'), amount: 107 },
      { atMs: at('2026-02-02T10:00'), amount: 5 },
    ]);
    expect(mark(tiersOf(MONTH), moves, midnight('2026-02-03')).counted).toEqual([
      { atMs: at('2026-02-02T10:00'), amount: 5 },
    ]);
    expect(mark(tiersOf({}), moves, midnight('2026-02-03')).counted).toEqual([
      { atMs: at('2026-02-02T10:00'), amount: 112 },
    ]);
    expect(mark(tiersOf({ measure: 'visits' }), [sale], end)).toEqual({
      asOfMs: end,
      level: 0,
      lastChange: null,
      rights: [],
      counted: [],
      balance: 0,
    });
  });

  test('by balance nothing but the balance', () => {
    const moves = [move('2026-01-02T10:00', { balancePoints: -40 }), move('2026-01-01T10:00', { balancePoints: 140 })];
    expect(mark(tiersOf({ mode: 'BALANCE' }), moves, end)).toMatchObject({
      level: 1,
      rights: [],
      counted: [],
      balance: 100,
      lastChange: { atMs: at('2026-01-01T10:00') },
    });
  });
});

describe('LOYALTY 3: going on from a mark', () => {
  const before = [move('2026-01-20T10:00', { spendMinor: 60 })];
  const asOfMs = at('2026-01-25T10:00');
  const goOn = (moves: TierMove[], untilMs: number, change: object = ROLLING) =>
    resumeTier(tiersOf(change), mark(tiersOf(change), before, asOfMs), moves, { asOfMs: untilMs, zone: ZONE });

  test('counts a move of the very instant asked for, and none after it', () => {
    const moves = [move('2026-02-01T10:00', { spendMinor: 40, saleId: 'b' })];
    expect(goOn(moves, at('2026-02-01T10:00'))).toMatchObject({ tierId: 'silver', progress: 100 });
    expect(goOn(moves, at('2026-02-01T10:00') - 1)).toMatchObject({ tierId: 'basic', progress: 60 });
  });

  test('takes moves in any order, and those that are nothing', () => {
    const moves = [
      move('2026-02-03T10:00', { spendMinor: 30, saleId: 'c' }),
      move('2026-02-01T10:00', { spendMinor: 0, saleId: 'n' }),
      move('2026-02-02T10:00', { spendMinor: 10, saleId: 'b' }),
    ];
    const gone = goOn(moves, at('2026-02-04T10:00'));
    expect(gone).toEqual(foldTier(tiersOf(ROLLING), [...before, ...moves], at('2026-02-04T10:00'), ZONE));
    expect(gone?.changes.map(({ saleId }) => saleId)).toEqual(['c']);
  });

  test('is not possible where something was given back, or time went back', () => {
    expect(goOn([move('2026-02-01T10:00', { spendMinor: -1, saleId: 'a' })], at('2026-02-04T10:00'))).toBeNull();
    expect(goOn([], asOfMs - 1)).toBeNull();
    expect(goOn([], asOfMs)).toMatchObject({ tierId: 'basic', progress: 60 });
    expect(goOn([{ ...move('2026-01-25T10:00', {}) }], asOfMs)).toBeNull();
  });

  test('points that came back to their lots need the whole fold', () => {
    const entry = (
      entryId: string,
      kind: LedgerEntry['kind'],
      points: number,
      reversesEntryId: string | null = null,
    ) => ({
      entryId,
      kind,
      points,
      atMs: asOfMs,
      expiresAtMs: null,
      reversesEntryId,
    });
    const first = foldOn(null, [entry('A', 'earn', 30), entry('use', 'redeem', -10)], asOfMs);
    const on = (...entries: LedgerEntry[]) => foldOn(first?.mark ?? null, entries, asOfMs);
    expect(on(entry('r', 'reverse_redeem', 10, 'use'))).toBeNull();
    expect(on(entry('x', 'reverse_expire', 10, 'end'))).toBeNull();
    expect(on(entry('B', 'earn', 5), entry('w', 'reverse_earn', -30, 'A'))?.sums).toMatchObject({
      balance: -5,
      owedPoints: 5,
      ledgerPoints: -5,
    });
  });
});

describe('C-15: by balance, what happens at one instant is one step', () => {
  const tiers = tiersOf({ mode: 'BALANCE' });
  const changes = (...balances: [string, number][]) =>
    foldTier(
      tiers,
      balances.map(([when, balancePoints], index) => move(when, { balancePoints, saleId: `s${index}` })),
      at('2026-02-01T00:00'),
      ZONE,
    ).changes.map(({ toTierId, saleId }) => [toTierId, saleId]);

  test('goods that are exchanged do not take a tier and give it back', () => {
    expect(changes(['2026-01-01T10:00', 100], ['2026-01-02T10:00', -50], ['2026-01-02T10:00', 50])).toEqual([
      ['silver', 's0'],
    ]);
    expect(changes(['2026-01-01T10:00', 100], ['2026-01-02T10:00', -50], ['2026-01-02T10:01', 50])).toEqual([
      ['silver', 's0'],
      ['basic', 's1'],
      ['silver', 's2'],
    ]);
    expect(changes(['2026-01-01T10:00', 150], ['2026-01-01T10:00', -51])).toEqual([]);
  });
});
