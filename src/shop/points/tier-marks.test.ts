import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Tiers, tiersSchema } from './programme-tiers.ts';
import { markTier, resumeTier, type TierMark } from './tier-marks.ts';
import { foldTier, type TierMove } from './tiers.ts';

// proves LOYALTY 3: a tier that goes on from a mark is the tier of the whole history
const SEED = { seed: 20261121, numRuns: 600 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2025-01-01T00:00Z');
const LEVELS = [0, 50, 120, 300].map((threshold, index) => ({ tierId: `t${index}`, name: '', threshold }));
const ZONES = ['UTC', 'Europe/Berlin', 'America/Asuncion'];

const tiersArbitrary: fc.Arbitrary<Tiers> = fc
  .record({
    mode: fc.constantFrom('BALANCE', 'EARNED_IN_PERIOD', 'EARNED_IN_PERIOD', 'EARNED_IN_PERIOD'),
    measure: fc.constantFrom('spend', 'points', 'visits'),
    period: fc.oneof(
      fc.constant({ kind: 'lifetime' }),
      fc.record({ kind: fc.constant('rolling'), months: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant('calendar'), unit: fc.constantFrom('year', 'half-year', 'quarter', 'month') }),
    ),
    graceDays: fc.constantFrom(0, 0, 1, 30),
  })
  .map((tiers) => tiersSchema.parse({ ...tiers, levels: LEVELS }));

interface Step {
  readonly hours: number;
  readonly amount: number;
  /** What of an earlier sale is given back instead. */
  readonly refundOf: number | null;
}

const stepsOf = (withRefunds: boolean): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.record({
      hours: fc.integer({ min: 1, max: 900 }),
      amount: fc.integer({ min: 1, max: 100 }),
      refundOf: withRefunds ? fc.option(fc.nat(20), { freq: 4, nil: null }) : fc.constant(null),
    }),
    { maxLength: 22 },
  );

function movesOf(steps: readonly Step[], startMs: number, first = 0): TierMove[] {
  let atMs = startMs;
  const moves: TierMove[] = [];
  for (const [index, { hours, amount, refundOf }] of steps.entries()) {
    atMs += hours * HOUR;
    const sold = moves.filter((move) => move.spendMinor > 0);
    const back = refundOf === null ? undefined : sold[refundOf % Math.max(1, sold.length)];
    const sign = back === undefined ? 1 : -1;
    const most = back === undefined ? amount : Math.min(amount, back.spendMinor);
    moves.push({
      atMs,
      saleId: back?.saleId ?? `s${first + index}`,
      spendMinor: sign * most,
      visits: sign,
      earnedPoints: sign * most,
      balancePoints: sign * most,
    });
  }
  return moves;
}

/** Everything of a standing but the changes of long ago, which a mark does not keep. */
function shown(tiers: Tiers, moves: readonly TierMove[], asOfMs: number, zone: string, sinceMs: number) {
  const standing = foldTier(tiers, moves, asOfMs, zone);
  const older = standing.changes.filter((change) => change.atMs <= sinceMs);
  return { ...standing, changes: [...older.slice(-1), ...standing.changes.slice(older.length)] };
}

const throughJson = (mark: TierMark | null): TierMark | null => JSON.parse(JSON.stringify(mark)) as TierMark | null;

test('LOYALTY 3: going on from a mark gives the tier, its end, its progress and its new changes of the whole history', () => {
  fc.assert(
    fc.property(
      tiersArbitrary,
      stepsOf(true),
      stepsOf(false),
      fc.constantFrom(...ZONES),
      fc.nat(24_000),
      fc.nat(9_000),
      (tiers, before, after, zone, waits, later) => {
        const old = movesOf(before, START);
        const markedMs = (old.at(-1)?.atMs ?? START) + (waits % 3000) * HOUR;
        const mark = throughJson(markTier(tiers, null, old, { asOfMs: markedMs, zone }));
        if (mark === null) throw new Error('every history can be marked after its end');
        const fresh = movesOf(after, markedMs, 100);
        const asOfMs = markedMs + 1 + later * HOUR;
        const resumed = resumeTier(tiers, mark, fresh, { asOfMs, zone });
        expect(resumed).toEqual(shown(tiers, [...old, ...fresh], asOfMs, zone, markedMs));
      },
    ),
    SEED,
  );
});

test('LOYALTY 3: a mark that was gone on from is as good as a mark of the whole history, time and again', () => {
  fc.assert(
    fc.property(
      tiersArbitrary,
      fc.array(stepsOf(false), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(...ZONES),
      fc.nat(3_000),
      (tiers, parts, zone, later) => {
        let mark: TierMark | null = null;
        let all: TierMove[] = [];
        let asOfMs = START;
        for (const [index, part] of parts.entries()) {
          const fresh = movesOf(part, asOfMs, index * 100);
          all = [...all, ...fresh];
          asOfMs = (fresh.at(-1)?.atMs ?? asOfMs) + HOUR;
          mark = throughJson(markTier(tiers, mark, fresh, { asOfMs, zone }));
        }
        if (mark === null) throw new Error('the mark is gone on from');
        const nowMs = asOfMs + later * HOUR;
        expect(resumeTier(tiers, mark, [], { asOfMs: nowMs, zone })).toEqual(shown(tiers, all, nowMs, zone, asOfMs));
      },
    ),
    SEED,
  );
});

describe('LOYALTY 3: a mark is left alone', () => {
  const tiers = tiersSchema.parse({ levels: LEVELS });
  const sale = (atMs: number, spendMinor: number, saleId = 'a'): TierMove => ({
    atMs,
    saleId,
    spendMinor,
    visits: 1,
    earnedPoints: 0,
    balancePoints: 0,
  });
  const given = { asOfMs: START + DAY, zone: 'UTC' };
  const mark = markTier(tiers, null, [sale(START, 60)], given) as TierMark;

  test.each([
    ['something is given back', [sale(START + 2 * DAY, -10)], START + 3 * DAY],
    ['a move lies before it', [sale(START + HOUR, 10, 'b')], START + 3 * DAY],
    ['a move lies at its instant', [sale(START + DAY, 10, 'b')], START + 3 * DAY],
    ['it is asked for an earlier instant', [], START + HOUR],
  ] as const)('when %s', (_name, moves, asOfMs) => {
    expect(resumeTier(tiers, mark, moves, { asOfMs, zone: 'UTC' })).toBeNull();
    expect(markTier(tiers, mark, moves, { asOfMs, zone: 'UTC' })).toBeNull();
  });

  test('when a move lies after the instant that it is made for', () => {
    expect(markTier(tiers, null, [sale(START + 2 * DAY, 10)], given)).toBeNull();
  });

  test('and it is small: what still counts is one number, a rolling year one for each day', () => {
    const many = Array.from({ length: 2000 }, (_, index) => sale(START + index * HOUR, 1, `s${index}`));
    const asOfMs = START + 2000 * HOUR;
    expect(markTier(tiers, null, many, { asOfMs, zone: 'UTC' })?.counted).toHaveLength(1);
    const rolling = tiersSchema.parse({ levels: LEVELS, period: { kind: 'rolling', months: 1 } });
    const days = markTier(rolling, null, many, { asOfMs, zone: 'UTC' })?.counted.length ?? 0;
    expect(days).toBeGreaterThan(27);
    expect(days).toBeLessThan(33);
  });
});
