import { describe, expect, test } from 'vitest';
import { type Tiers, tiersSchema } from './programme-tiers.ts';
import { foldTier, type TierMove } from './tiers.ts';

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

describe('rolling months', () => {
  const levels = ladder(['basic', 0], ['silver', 100], ['gold', 200]);
  const rolling = (graceDays: number) =>
    tiersOf({ measure: 'visits', period: { kind: 'rolling', months: 3 }, graceDays, levels });
  const visits = (when: string, count: number) => move(when, { visits: count, saleId: when });

  test('what lies further back no longer counts; the tier goes after the grace, at local midnight', () => {
    const moves = [visits('2026-01-31T10:00', 60), visits('2026-02-10T10:00', 60)];
    const on = (graceDays: number, when: string) => foldTier(rolling(graceDays), moves, at(when), ZONE);
    expect(on(0, '2026-02-10T10:00')).toMatchObject({ tierId: 'silver', keepsUntilMs: midnight('2026-05-01') });
    expect([on(0, '2026-04-30T23:59').tierId, on(0, '2026-05-01T00:00').tierId]).toEqual(['silver', 'basic']);
    expect([on(0, '2026-04-30T23:59').progress, on(0, '2026-05-01T00:00').progress]).toEqual([120, 60]);
    expect(on(10, '2026-05-05T00:00')).toMatchObject({ tierId: 'silver', keepsUntilMs: midnight('2026-05-11') });
    expect([on(10, '2026-05-10T23:59').tierId, on(10, '2026-05-11T00:00').tierId]).toEqual(['silver', 'basic']);
  });

  test('a level is kept as long as something newer holds it', () => {
    const moves = [visits('2026-01-15T10:00', 200), visits('2026-03-15T10:00', 100)];
    const standing = foldTier(rolling(0), moves, at('2026-12-01T00:00'), ZONE);
    expect(standing.changes.map(({ atMs, toTierId, why }) => [toTierId, atMs, why])).toEqual([
      ['gold', at('2026-01-15T10:00'), 'reached'],
      ['silver', midnight('2026-04-16'), 'period-ended'],
      ['basic', midnight('2026-06-16'), 'period-ended'],
    ]);
  });

  test('what comes at the very instant at which something leaves keeps the tier', () => {
    const moves = [visits('2026-01-15T10:00', 100), visits('2026-04-16T00:00', 100)];
    expect(foldTier(rolling(0), moves, at('2026-05-01T00:00'), ZONE).changes).toHaveLength(1);
  });

  test('entries that arrive out of order, and those of the future, change nothing', () => {
    const moves = [visits('2026-02-10T10:00', 60), visits('2026-01-31T10:00', 60), visits('2027-01-01T10:00', 500)];
    const ordered = [...moves].sort((a, b) => a.atMs - b.atMs);
    const fold = (given: TierMove[]) => foldTier(rolling(0), given, at('2026-03-01T00:00'), ZONE);
    expect(fold(moves)).toEqual(fold(ordered));
    expect(fold(moves).tierId).toBe('silver');
  });
});
