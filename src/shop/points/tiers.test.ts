import { describe, expect, test } from 'vitest';
import { computeEarning } from './earning.ts';
import { type ProgrammeVersion, programmeSchema } from './programme.ts';
import { type Tiers, tiersSchema } from './programme-tiers.ts';
import { computeReversal } from './reverse-earning.ts';
import { foldTier, type TierMove, tierForSale } from './tiers.ts';

const ZONE = 'America/Asuncion';
const at = (text: string) => Date.parse(`${text}-03:00`);
const midnight = (date: string) => at(`${date}T00:00`);

const ladder = (...levels: [tierId: string, threshold: number, multiplierBasisPoints?: number][]) =>
  levels.map(([tierId, threshold, multiplierBasisPoints = 10_000]) => ({
    tierId,
    name: tierId,
    threshold,
    multiplierBasisPoints,
  }));
const tiersOf = (change: object): Tiers => tiersSchema.parse(change);

function move(when: string, change: Partial<TierMove>): TierMove {
  return { atMs: at(when), saleId: null, spendMinor: 0, visits: 0, earnedPoints: 0, balancePoints: 0, ...change };
}

describe('C-15: Basic 0, Silver 100, Gold 500, Platinum 1000; +100, then 50 spent, then +500', () => {
  const levels = ladder(['basic', 0], ['silver', 100], ['gold', 500], ['platinum', 1000]);
  const moves = [
    move('2026-01-01T10:00', { earnedPoints: 100, balancePoints: 100 }),
    move('2026-01-02T10:00', { balancePoints: -50 }),
    move('2026-01-03T10:00', { earnedPoints: 500, balancePoints: 500 }),
  ];
  const standingsIn = (mode: string) =>
    [1, 2, 3].map((day) => {
      const tiers = tiersOf({ mode, measure: 'points', levels });
      return foldTier(tiers, moves, at(`2026-01-0${day}T12:00`), ZONE);
    });

  test('C-15: mode BALANCE follows: Silver, Basic, Gold, with one event for each real change', () => {
    const standings = standingsIn('BALANCE');
    expect(standings.map(({ tierId }) => tierId)).toEqual(['silver', 'basic', 'gold']);
    expect(standings[2]).toMatchObject({
      progress: 550,
      next: { tierId: 'platinum', missing: 450 },
      keepsUntilMs: null,
    });
    expect(standings[2]?.changes).toEqual([
      { atMs: at('2026-01-01T10:00'), fromTierId: 'basic', toTierId: 'silver', why: 'balance', saleId: null },
      { atMs: at('2026-01-02T10:00'), fromTierId: 'silver', toTierId: 'basic', why: 'balance', saleId: null },
      { atMs: at('2026-01-03T10:00'), fromTierId: 'basic', toTierId: 'gold', why: 'balance', saleId: null },
    ]);
  });

  test('C-15: mode EARNED_IN_PERIOD: Silver, Silver, Gold; using points moves nothing', () => {
    const standings = standingsIn('EARNED_IN_PERIOD');
    expect(standings.map(({ tierId }) => tierId)).toEqual(['silver', 'silver', 'gold']);
    expect(standings[2]).toMatchObject({
      progress: 600,
      next: { tierId: 'platinum', missing: 400 },
      keepsUntilMs: null,
    });
    expect(standings[2]?.changes.map(({ toTierId, why }) => [toTierId, why])).toEqual([
      ['silver', 'reached'],
      ['gold', 'reached'],
    ]);
    expect(standings[0]?.sinceMs).toBe(at('2026-01-01T10:00'));
  });
});

const BRONZE = ladder(['bronze', 0], ['silver', 10_000_00, 12_500], ['gold', 20_000_00, 15_000]);

test.each([
  [0, 6_000, 'bronze'],
  [0, 15_000, 'silver'],
  [0, 25_000, 'gold'],
  [8_000, 3_000, 'silver'],
  [18_000, 3_000, 'gold'],
  [0, 10_000, 'silver'],
])('C-16: with %i spent before, a sale of %i makes %s', (before, sale, tierId) => {
  const moves = [
    move('2026-01-01T10:00', { spendMinor: before * 100 }),
    move('2026-01-02T10:00', { spendMinor: sale * 100, saleId: 's' }),
  ];
  expect(foldTier(tiersOf({ levels: BRONZE }), moves, at('2026-01-02T10:00'), ZONE).tierId).toBe(tierId);
});

describe('C-17 C-18: at 9,500 spent, a sale of 1,000.00, and another', () => {
  const versionOf = (includesThisSale: boolean): ProgrammeVersion => ({
    versionId: 'v',
    version: 1,
    programme: programmeSchema.parse({
      name: 'P',
      rules: [{ ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 }],
      tiers: { levels: BRONZE, includesThisSale },
    }),
  });
  const before = [move('2026-01-01T10:00', { spendMinor: 9_500_00, saleId: 's0' })];
  const sale = (saleId: string, when: string) => move(when, { spendMinor: 1_000_00, saleId });
  const line = { lineId: 'l', netMinor: 1_000_00, taxMinor: 0, payableMinor: 1_000_00 };
  const first = sale('s1', '2026-02-01T10:00');

  function earn(moves: TierMove[], tierMove: TierMove, version: ProgrammeVersion) {
    const tierId = tierForSale(version.programme.tiers as Tiers, moves, tierMove, ZONE);
    const context = { atMs: tierMove.atMs, zone: ZONE, tierId, segmentIds: [], used: {}, programmePointsToday: 0 };
    const remaining = { lines: [line], taxMode: 'inclusive' } as const;
    return { context, earned: computeEarning(remaining, version, context) };
  }

  test.each([
    [false, 1000, 1250],
    [true, 1250, 1250],
  ])('C-17: where the tier includes the sale is %s, they earn %i and %i', (includes, one, two) => {
    const version = versionOf(includes);
    expect(earn(before, first, version).earned.points).toBe(one);
    expect(earn([...before, first], sale('s2', '2026-02-02T10:00'), version).earned.points).toBe(two);
  });

  test('C-18: refunding the first before the second: spend 9,500, Bronze again with one downgrade, points -1,000', () => {
    const version = versionOf(false);
    const { earned, context } = earn(before, first, version);
    const nothing = { lines: [], taxMode: 'inclusive' } as const;
    expect(computeReversal({ earned, alreadyReversedPoints: 0, remaining: nothing, version, context }).points).toBe(
      1000,
    );
    const refund = move('2026-02-01T15:00', { spendMinor: -1_000_00, saleId: 's1' });
    const tiers = { ...(version.programme.tiers as Tiers), graceDays: 30 };
    const standing = foldTier(tiers, [...before, first, refund], at('2026-06-01T00:00'), ZONE);
    expect(standing).toMatchObject({
      tierId: 'bronze',
      progress: 9_500_00,
      next: { tierId: 'silver', missing: 500_00 },
    });
    expect(standing.changes).toEqual([
      { atMs: first.atMs, fromTierId: 'bronze', toTierId: 'silver', why: 'reached', saleId: 's1' },
      { atMs: refund.atMs, fromTierId: 'silver', toTierId: 'bronze', why: 'refund', saleId: 's1' },
    ]);
    expect(standing.keepsUntilMs).toBeNull();
    expect(foldTier(tiers, [...before, first, refund], refund.atMs - 1, ZONE).tierId).toBe('silver');
  });

  test('a refund of another sale takes the tier too when the rest does not hold it, and leaves it when it does', () => {
    const tiers = tiersOf({ levels: BRONZE });
    const other = (spendMinor: number) => move('2026-02-02T10:00', { spendMinor, saleId: 's0' });
    const tierAfter = (spendMinor: number) =>
      foldTier(tiers, [...before, first, other(spendMinor)], at('2026-02-03T00:00'), ZONE).tierId;
    expect([tierAfter(-500_00), tierAfter(-500_01)]).toEqual(['silver', 'bronze']);
  });

  test('each refund names its own sale, each tier the sale that reached it', () => {
    const tiers = tiersOf({ levels: BRONZE });
    const sales = ['a', 'b', 'c'].map((id, day) =>
      move(`2026-02-0${day + 1}T10:00`, { saleId: id, spendMinor: 10_000_00 }),
    );
    const refund = (id: string, day: number) => move(`2026-03-0${day}T10:00`, { saleId: id, spendMinor: -10_000_00 });
    const moves = [...sales, refund('c', 1), refund('b', 2), refund('a', 3)];
    const { changes } = foldTier(tiers, moves, at('2026-04-01T00:00'), ZONE);
    expect(changes.map(({ toTierId, why, saleId }) => [toTierId, why, saleId])).toEqual([
      ['silver', 'reached', 'a'],
      ['gold', 'reached', 'b'],
      ['silver', 'refund', 'b'],
      ['bronze', 'refund', 'a'],
    ]);
  });

  test('points that a refund took back no longer count for a ladder by points', () => {
    const tiers = tiersOf({ measure: 'points', levels: ladder(['basic', 0], ['silver', 100]) });
    const earned = move('2026-02-01T10:00', { saleId: 'a', earnedPoints: 120, balancePoints: 120 });
    const back = move('2026-02-02T10:00', { saleId: 'a', earnedPoints: -30, balancePoints: -30 });
    expect(foldTier(tiers, [earned, back], at('2026-03-01T00:00'), ZONE)).toMatchObject({
      tierId: 'basic',
      progress: 90,
    });
    const used = move('2026-02-01T10:00', { saleId: 'a', balancePoints: -30 });
    expect(foldTier(tiers, [earned, used], at('2026-03-01T00:00'), ZONE)).toMatchObject({
      tierId: 'silver',
      progress: 120,
    });
  });

  test('a refund of a sale that is not known here takes from the time at which it is made', () => {
    const moves = [...before, move('2026-01-05T10:00', { spendMinor: -9_000_00, saleId: 'gone' }), first];
    expect(foldTier(tiersOf({ levels: BRONZE }), moves, at('2026-02-03T00:00'), ZONE)).toMatchObject({
      tierId: 'bronze',
      progress: 1_500_00,
    });
  });
});

describe('C-54: calendar year, Silver at 100, grace 30 days', () => {
  const levels = ladder(['basic', 0], ['silver', 100], ['gold', 500]);
  const tiers = tiersOf({ measure: 'points', period: { kind: 'calendar', unit: 'year' }, graceDays: 30, levels });
  const earn = (when: string, earnedPoints: number) => move(when, { earnedPoints });
  const moves = [earn('2025-05-01T10:00', 100), earn('2026-08-01T10:00', 40)];

  test('C-54: 40 points in 2026: Silver until 30 Jan 2027 inclusive, Basic from 31 Jan 00:00 local, one event', () => {
    const on = (when: string) => foldTier(tiers, moves, at(when), ZONE);
    expect(on('2026-08-01T12:00')).toMatchObject({
      tierId: 'silver',
      keepsUntilMs: midnight('2027-01-31'),
      progress: 40,
      next: { tierId: 'gold', missing: 460 },
    });
    expect(on('2027-01-30T23:59').tierId).toBe('silver');
    expect(on('2027-01-31T00:00').tierId).toBe('basic');
    expect(on('2027-06-01T00:00').changes.slice(1)).toEqual([
      { atMs: midnight('2027-01-31'), fromTierId: 'silver', toTierId: 'basic', why: 'period-ended', saleId: null },
    ]);
    expect(on('2027-06-01T00:00')).toMatchObject({ progress: 0, next: { tierId: 'silver', missing: 100 } });
  });

  test('reaching it again within the grace keeps it without an event', () => {
    const again = foldTier(tiers, [...moves, earn('2027-01-30T10:00', 100)], at('2027-03-01T00:00'), ZONE);
    expect(again.changes).toHaveLength(1);
    expect(again).toMatchObject({ tierId: 'silver', keepsUntilMs: midnight('2029-01-31') });
  });

  test('from Gold it goes down to what the last period reached', () => {
    const gold = [earn('2025-05-01T10:00', 500), earn('2026-08-01T10:00', 150)];
    const standing = foldTier(tiers, gold, at('2028-03-01T00:00'), ZONE);
    expect(standing.changes.map(({ atMs, toTierId }) => [toTierId, atMs])).toEqual([
      ['gold', at('2025-05-01T10:00')],
      ['silver', midnight('2027-01-31')],
      ['basic', midnight('2028-01-31')],
    ]);
  });

  test('progress starts again with the period, at local midnight', () => {
    const split = [earn('2025-12-31T23:59', 60), earn('2026-01-01T00:00', 60)];
    expect(foldTier(tiers, split, at('2026-02-01T00:00'), ZONE)).toMatchObject({ tierId: 'basic', progress: 60 });
    const same = [earn('2025-12-31T23:58', 60), earn('2025-12-31T23:59', 60)];
    expect(foldTier(tiers, same, at('2026-02-01T00:00'), ZONE)).toMatchObject({ tierId: 'silver', progress: 0 });
  });

  test.each([
    ['month', '2026-03-31'],
    ['quarter', '2026-07-31'],
    ['half-year', '2027-01-31'],
    ['year', '2028-01-31'],
  ])('by %s, a tier of 20 January is kept until %s', (unit, until) => {
    const by = tiersOf({ measure: 'points', period: { kind: 'calendar', unit }, graceDays: 30, levels });
    const standing = foldTier(by, [earn('2026-01-20T10:00', 100)], at('2026-01-21T00:00'), ZONE);
    expect(standing.keepsUntilMs).toBe(midnight(until));
  });
});

test('who never did anything stands on the first rung', () => {
  const tiers = tiersOf({ levels: ladder(['only', 0]) });
  expect(foldTier(tiers, [], 0, ZONE)).toEqual({
    tierId: 'only',
    sinceMs: null,
    keepsUntilMs: null,
    progress: 0,
    next: null,
    changes: [],
  });
  const below = move('2026-01-01T10:00', { balancePoints: -5, earnedPoints: -5 });
  const balance = tiersOf({ mode: 'BALANCE', levels: ladder(['a', 0], ['b', 10]) });
  expect(foldTier(balance, [below], at('2026-02-01T00:00'), ZONE)).toMatchObject({
    tierId: 'a',
    progress: -5,
    next: { tierId: 'b', missing: 15 },
  });
});

test.each([
  [[['a', 5]]],
  [
    [
      ['a', 0],
      ['b', 10],
      ['c', 10],
    ],
  ],
  [
    [
      ['a', 0],
      ['b', 10],
      ['c', 9],
    ],
  ],
])('a ladder that does not rise from 0 is refused: %j', (levels) => {
  const built = ladder(...(levels as [string, number][]));
  expect(tiersSchema.safeParse({ levels: built }).success).toBe(false);
});
