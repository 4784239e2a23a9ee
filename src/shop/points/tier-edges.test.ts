import { describe, expect, test } from 'vitest';
import { type Tiers, tiersSchema } from './programme-tiers.ts';
import { countsOn } from './tier-rights.ts';
import { foldTier, type TierMove, tierForSale } from './tiers.ts';

const ZONE = 'America/Asuncion';
const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);
const LEVELS = [
  { tierId: 'basic', name: '', threshold: 0 },
  { tierId: 'silver', name: '', threshold: 100 },
  { tierId: 'gold', name: '', threshold: 200 },
];
const tiersOf = (change: object): Tiers => tiersSchema.parse({ levels: LEVELS, ...change });
const MONTH = { kind: 'calendar', unit: 'month' };

function move(when: string, change: Partial<TierMove>): TierMove {
  return { atMs: at(when), saleId: null, spendMinor: 0, visits: 0, earnedPoints: 0, balancePoints: 0, ...change };
}

const told = (tiers: Tiers, moves: TierMove[], when: string) =>
  foldTier(tiers, moves, at(when), ZONE).changes.map(({ toTierId, why, saleId, atMs }) => [
    toTierId,
    why,
    saleId,
    atMs,
  ]);

describe('a threshold is reached with its number', () => {
  const measures = [
    ['spend', 'spendMinor'],
    ['visits', 'visits'],
    ['points', 'earnedPoints'],
  ] as const;

  test.each(measures)('counting %s', (measure, member) => {
    const standing = (amount: number) =>
      foldTier(tiersOf({ measure }), [move('2026-01-01T10:00', { [member]: amount })], at('2026-01-01T10:00'), ZONE);
    expect([99, 100, 101, 199, 200].map((amount) => standing(amount).tierId)).toEqual([
      'basic',
      'silver',
      'silver',
      'silver',
      'gold',
    ]);
    expect([99, 100, 199, 200].map((amount) => standing(amount).next)).toEqual([
      { tierId: 'silver', missing: 1 },
      { tierId: 'gold', missing: 100 },
      { tierId: 'gold', missing: 1 },
      null,
    ]);
  });

  test.each(measures)('a ladder by %s counts nothing else', (measure, member) => {
    const others = { spendMinor: 500, visits: 500, earnedPoints: 500, balancePoints: 500, [member]: 99 };
    expect(
      foldTier(tiersOf({ measure }), [move('2026-01-01T10:00', others)], at('2026-02-01T10:00'), ZONE),
    ).toMatchObject({ tierId: 'basic', progress: 99 });
  });

  test('a move counts from its own instant on', () => {
    const tiers = tiersOf({});
    const moves = [move('2026-01-01T10:00', { spendMinor: 100, saleId: 'a' })];
    expect(foldTier(tiers, moves, at('2026-01-01T10:00') - 1, ZONE)).toMatchObject({ tierId: 'basic', progress: 0 });
    expect(foldTier(tiers, moves, at('2026-01-01T10:00'), ZONE)).toMatchObject({ tierId: 'silver', progress: 100 });
  });
});

test('C-18: a ladder by visits forgets a visit that was refunded, one by points what was taken back', () => {
  for (const [measure, member] of [
    ['visits', 'visits'],
    ['points', 'earnedPoints'],
    ['spend', 'spendMinor'],
  ] as const) {
    const sale = move('2026-01-02T10:00', { saleId: 'a', [member]: 100 });
    const back = move('2026-01-03T10:00', { saleId: 'a', [member]: -1 });
    expect(told(tiersOf({ measure, graceDays: 9 }), [sale, back], '2026-06-01T10:00')).toEqual([
      ['silver', 'reached', 'a', sale.atMs],
      ['basic', 'refund', 'a', back.atMs],
    ]);
  }
});

test('C-18: a refund in slices, and of a sale of another period, counts against its sale', () => {
  const tiers = tiersOf({ period: MONTH });
  const sale = move('2026-01-31T23:59', { saleId: 'a', spendMinor: 210 });
  const slices = [5, 6, 100].map((spendMinor, day) =>
    move(`2026-02-0${day + 1}T10:00`, { saleId: 'a', spendMinor: -spendMinor }),
  );
  expect(told(tiers, [sale, ...slices], '2026-02-10T10:00')).toEqual([
    ['gold', 'reached', 'a', sale.atMs],
    ['silver', 'refund', 'a', slices[1]?.atMs],
    ['basic', 'refund', 'a', slices[2]?.atMs],
  ]);
  expect(foldTier(tiers, [sale, ...slices], at('2026-02-10T10:00'), ZONE).progress).toBe(0);
});

describe('at the very instant at which a period ends', () => {
  const tiers = tiersOf({ period: MONTH });
  const sale = move('2026-01-20T10:00', { saleId: 'a', spendMinor: 100 });
  const end = midnight('2026-03-01');

  test('the tier ends by itself, whatever else is written then', () => {
    const free = move('2026-03-01T00:00', { saleId: 'b', spendMinor: 0, visits: 1 });
    expect(told(tiers, [sale, free], '2026-03-01T00:00')).toEqual([
      ['silver', 'reached', 'a', sale.atMs],
      ['basic', 'period-ended', null, end],
    ]);
    expect(told(tiers, [sale, free], '2026-02-28T23:59')).toHaveLength(1);
  });

  test('a refund of that instant is what takes it', () => {
    const back = move('2026-03-01T00:00', { saleId: 'a', spendMinor: -1 });
    expect(told(tiers, [sale, back], '2026-03-02T00:00')).toEqual([
      ['silver', 'reached', 'a', sale.atMs],
      ['basic', 'refund', 'a', end],
    ]);
  });

  test('a sale of that instant keeps it', () => {
    const again = move('2026-03-01T00:00', { saleId: 'b', spendMinor: 100 });
    expect(told(tiers, [sale, again], '2026-03-02T00:00')).toHaveLength(1);
    expect(foldTier(tiers, [sale, again], end, ZONE)).toMatchObject({
      tierId: 'silver',
      sinceMs: sale.atMs,
      keepsUntilMs: midnight('2026-05-01'),
    });
  });
});

test('a tier is kept until the last of what holds it ends', () => {
  const tiers = tiersOf({ period: { kind: 'rolling', months: 2 } });
  const moves = [
    move('2026-01-10T10:00', { spendMinor: 200 }),
    move('2026-02-10T10:00', { spendMinor: 100 }),
    move('2026-02-20T10:00', { spendMinor: 10 }),
  ];
  const standing = (when: string) => foldTier(tiers, moves, at(when), ZONE);
  expect(standing('2026-02-21T10:00')).toMatchObject({ tierId: 'gold', keepsUntilMs: midnight('2026-03-11') });
  expect(standing('2026-03-11T00:00')).toMatchObject({ tierId: 'silver', keepsUntilMs: midnight('2026-04-11') });
  expect(standing('2026-04-11T00:00')).toMatchObject({ tierId: 'basic', keepsUntilMs: null, progress: 10 });
  const forGood = foldTier(tiersOf({}), moves, at('2026-02-21T10:00'), ZONE);
  expect(forGood).toMatchObject({ tierId: 'gold', keepsUntilMs: null });
});

test('C-15: by balance each crossing is one change, at its own move', () => {
  const tiers = tiersOf({ mode: 'BALANCE', measure: 'points' });
  const moves = [100, 99, -99, -1, 101, -201].map((balancePoints, day) =>
    move(`2026-01-0${day + 1}T10:00`, { balancePoints, saleId: `s${day}` }),
  );
  expect(told(tiers, moves, '2026-02-01T00:00').map(([tierId, , saleId]) => [tierId, saleId])).toEqual([
    ['silver', 's0'],
    ['basic', 's3'],
    ['gold', 's4'],
    ['basic', 's5'],
  ]);
  expect(foldTier(tiers, moves, at('2026-02-01T00:00'), ZONE)).toMatchObject({
    progress: -1,
    next: { tierId: 'silver', missing: 101 },
  });
});

test('C-17: the tier of a sale is the one before it, or with it where the programme says so', () => {
  const before = [move('2026-01-01T10:00', { spendMinor: 60 })];
  const sale = (spendMinor: number) => move('2026-01-02T10:00', { spendMinor, saleId: 's' });
  const tierOf = (includesThisSale: boolean, spendMinor: number) =>
    tierForSale(tiersOf({ includesThisSale }), before, sale(spendMinor), ZONE);
  expect([tierOf(false, 40), tierOf(true, 39), tierOf(true, 40)]).toEqual(['basic', 'basic', 'silver']);
  const ending = tiersOf({ period: MONTH });
  const held = [move('2026-01-01T10:00', { spendMinor: 100 })];
  const tierAt = (when: string) => tierForSale(ending, held, move(when, { saleId: 's' }), ZONE);
  expect([tierAt('2026-02-28T23:59'), tierAt('2026-03-01T00:00')]).toEqual(['silver', 'basic']);
});

test.each([
  [1, '2026-03-28', '2026-02-28', '2026-02-27'],
  [1, '2026-03-29', '2026-03-01', '2026-02-28'],
  [1, '2026-03-31', '2026-03-01', '2026-02-28'],
  [1, '2026-02-28', '2026-01-28', '2026-01-27'],
  [12, '2025-02-28', '2024-02-28', '2024-02-27'],
  [12, '2024-02-29', '2023-03-01', '2023-02-28'],
  [3, '2026-05-30', '2026-03-01', '2026-02-28'],
])('C-14: %i months before %s is the %s, and no longer the %s', (months, date, first, gone) => {
  const counts = countsOn({ kind: 'rolling', months }, date);
  expect([counts(first), counts(gone), counts(date)]).toEqual([true, false, true]);
});

test('C-54: the grace is whole days after the period, to the day', () => {
  const sale = move('2026-01-20T10:00', { spendMinor: 100 });
  const until = (graceDays: number, period: object = MONTH) =>
    foldTier(tiersOf({ period, graceDays }), [sale], sale.atMs, ZONE).keepsUntilMs;
  expect([until(0), until(1), until(31)]).toEqual([
    midnight('2026-03-01'),
    midnight('2026-03-02'),
    midnight('2026-04-01'),
  ]);
  const rolling = { kind: 'rolling', months: 1 };
  expect([until(0, rolling), until(1, rolling)]).toEqual([midnight('2026-02-21'), midnight('2026-02-22')]);
});
