import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays, addMonths } from '../time/civil-date.ts';
import { type Tiers, tiersSchema } from './programme-tiers.ts';
import { foldTier, type TierMove } from './tiers.ts';

const SEED = { seed: 20260309, numRuns: 300 };
const HOUR = 3_600_000;
const START = Date.parse('2025-01-01T00:00Z');
const THRESHOLDS = [0, 50, 120, 300];
const LEVELS = THRESHOLDS.map((threshold, index) => ({ tierId: `t${index}`, name: '', threshold }));
const ZONES = ['UTC', 'Europe/Berlin', 'America/Asuncion'];

const sales = fc
  .array(fc.record({ hours: fc.integer({ min: 1, max: 900 }), amount: fc.integer({ min: 1, max: 100 }) }), {
    maxLength: 25,
  })
  .map((drawn) => {
    let atMs = START;
    return drawn.map(({ hours, amount }, index): TierMove => {
      atMs += hours * HOUR;
      return { atMs, saleId: `s${index}`, spendMinor: amount, visits: 1, earnedPoints: 0, balancePoints: 0 };
    });
  });

const levelOf = (progress: number): number => THRESHOLDS.findLastIndex((threshold) => progress >= threshold);
const tiersOf = (period: object, graceDays = 0): Tiers => tiersSchema.parse({ period, graceDays, levels: LEVELS });
const total = (moves: readonly TierMove[]): number => moves.reduce((sum, move) => sum + move.spendMinor, 0);

test('without grace, a rolling tier is the level of what the last months hold', () => {
  fc.assert(
    fc.property(
      sales,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(24_000),
      (moves, zone, months, hours) => {
        const asOfMs = START + hours * HOUR;
        const today = localDateOf(asOfMs, zone);
        const inside = moves.filter(
          (move) => move.atMs <= asOfMs && addMonths(localDateOf(move.atMs, zone), months) >= today,
        );
        const standing = foldTier(tiersOf({ kind: 'rolling', months }), moves, asOfMs, zone);
        expect([standing.tierId, standing.progress]).toEqual([`t${levelOf(total(inside))}`, total(inside)]);
      },
    ),
    SEED,
  );
});

test('with grace, a rolling tier is the best level of the days before', () => {
  fc.assert(
    fc.property(
      sales,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(900),
      (moves, months, grace, days) => {
        const asOfMs = START + days * 24 * HOUR;
        const levelAt = (atMs: number): number => {
          const date = localDateOf(atMs, 'UTC');
          return levelOf(
            total(
              moves.filter((move) => move.atMs <= atMs && addMonths(localDateOf(move.atMs, 'UTC'), months) >= date),
            ),
          );
        };
        const instants = [asOfMs, ...Array.from({ length: grace }, (_, day) => asOfMs - day * 24 * HOUR - 1)];
        const best = Math.max(...instants.map(levelAt));
        expect(foldTier(tiersOf({ kind: 'rolling', months }, grace), moves, asOfMs, 'UTC').tierId).toBe(`t${best}`);
      },
    ),
    SEED,
  );
});

test('C-54: a calendar tier is the best of this year so far, last year, and within the grace the year before', () => {
  fc.assert(
    fc.property(
      sales,
      fc.constantFrom(...ZONES),
      fc.integer({ min: 0, max: 60 }),
      fc.nat(24_000),
      (moves, zone, grace, hours) => {
        const asOfMs = START + hours * HOUR;
        const year = Number(localDateOf(asOfMs, zone).slice(0, 4));
        const inGrace = asOfMs < startOfLocalDay(addDays(`${year}-01-01`, grace), zone);
        const levels = [year, year - 1, ...(inGrace ? [year - 2] : [])].map((each) =>
          levelOf(
            total(moves.filter((move) => move.atMs <= asOfMs && localDateOf(move.atMs, zone).startsWith(`${each}-`))),
          ),
        );
        const tiers = tiersOf({ kind: 'calendar', unit: 'year' }, grace);
        expect(foldTier(tiers, moves, asOfMs, zone).tierId).toBe(`t${Math.max(...levels)}`);
      },
    ),
    SEED,
  );
});

test('C-15 C-18: each change is a real one, they lead to the tier that stands, and later knowledge of the past adds none', () => {
  const refunds = fc.array(fc.record({ pick: fc.nat(30), hours: fc.integer({ min: 1, max: 3_000 }) }), {
    maxLength: 5,
  });
  const periods = fc.constantFrom(
    { kind: 'lifetime' },
    { kind: 'rolling', months: 2 },
    { kind: 'calendar', unit: 'quarter' },
  );
  fc.assert(
    fc.property(sales, refunds, periods, fc.integer({ min: 0, max: 40 }), (moves, given, period, grace) => {
      const tiers = tiersOf(period, grace);
      const back = new Map<string, TierMove>();
      for (const { pick, hours } of given) {
        const sale = moves[pick % Math.max(1, moves.length)];
        if (sale?.saleId == null) continue;
        back.set(sale.saleId, { ...sale, atMs: sale.atMs + hours * HOUR, spendMinor: -sale.spendMinor, visits: -1 });
      }
      const all = [...moves, ...back.values()];
      const asOfMs = START + 30_000 * HOUR;
      const { changes, tierId } = foldTier(tiers, all, asOfMs, 'UTC');
      let tier = 't0';
      for (const change of changes) {
        expect([change.fromTierId, change.toTierId === tier]).toEqual([tier, false]);
        tier = change.toTierId;
        expect(foldTier(tiers, all, change.atMs, 'UTC')).toMatchObject({ tierId: tier, sinceMs: change.atMs });
        expect(foldTier(tiers, all, change.atMs - 1, 'UTC').tierId).toBe(change.fromTierId);
      }
      expect(tierId).toBe(tier);
      const kept = moves.filter((move) => !back.has(move.saleId ?? ''));
      expect(tierId).toBe(foldTier(tiers, kept, asOfMs, 'UTC').tierId);
    }),
    SEED,
  );
});

test('a tier keeps until the instant that it names, if nothing more happens', () => {
  const periods = fc.constantFrom({ kind: 'rolling', months: 2 }, { kind: 'calendar', unit: 'month' });
  fc.assert(
    fc.property(sales, periods, fc.integer({ min: 0, max: 40 }), fc.nat(10_000), (moves, period, grace, hours) => {
      const asOfMs = START + hours * HOUR;
      const past = moves.filter((move) => move.atMs <= asOfMs);
      const at = (atMs: number) => foldTier(tiersOf(period, grace), past, atMs, 'Europe/Berlin');
      const { tierId, keepsUntilMs } = at(asOfMs);
      if (tierId === 't0') expect(keepsUntilMs).toBeNull();
      else {
        expect(keepsUntilMs).not.toBeNull();
        expect(at((keepsUntilMs ?? 0) - 1).tierId).toBe(tierId);
        expect(at(keepsUntilMs ?? 0).tierId < tierId).toBe(true);
      }
    }),
    SEED,
  );
});
