import { localDateOf } from '../time/business-day.ts';
import type { Tiers } from './programme-tiers.ts';
import { amountOf, countsOn, type TierMove, type TierRight } from './tier-rights.ts';
import {
  countPeriods,
  followBalance,
  standingOf,
  standingOfCount,
  type TierChange,
  type TierCount,
  type TierStanding,
  type Walk,
  walkRights,
} from './tiers.ts';

/**
 * What going on needs of all moves up to an instant: where the customer stands, since when, the rights that still run and
 * what still counts, a day or a period in one number.
 */
export interface TierMark {
  /** UTC ms; every move until then, it included, is in the mark. */
  readonly asOfMs: number;
  readonly level: number;
  readonly lastChange: TierChange | null;
  /** Those with an end that is still to come. */
  readonly rights: readonly TierRight[];
  readonly counted: readonly CountedAmount[];
  /** What mode BALANCE follows; 0 otherwise. */
  readonly balance: number;
}

interface CountedAmount {
  readonly atMs: number;
  readonly amount: number;
}

/**
 * Returns where the moves after a mark lead, as of an instant: equal to folding every move. Null where a mark cannot be
 * gone on from: something was given back, or a move or the instant lies before it. Only the last change before the mark
 * stands among the changes.
 */
export function resumeTier(
  tiers: Tiers,
  mark: TierMark,
  moves: readonly TierMove[],
  given: { readonly asOfMs: number; readonly zone: string },
): TierStanding | null {
  const on = goOn(tiers, mark, moves, given);
  return on === null ? null : standingAfter(tiers, on, given);
}

/**
 * Returns the mark after all moves up to an instant, from an earlier mark (null: from nothing) and the moves after it. Null
 * where the mark cannot be gone on from, or a move lies after the instant.
 */
export function markTier(
  tiers: Tiers,
  mark: TierMark | null,
  moves: readonly TierMove[],
  given: { readonly asOfMs: number; readonly zone: string },
): TierMark | null {
  const { asOfMs, zone } = given;
  if (moves.some((move) => move.atMs > asOfMs)) return null;
  const on = mark === null ? fromNothing(tiers, moves, given) : goOn(tiers, mark, moves, given);
  if (on === null) return null;
  const { walk } = on;
  const both = { asOfMs, level: walk.level, lastChange: walk.changes.at(-1) ?? null };
  if (on.count === null) return { ...both, rights: [], counted: [], balance: on.balance };
  return {
    ...both,
    rights: on.count.rights.filter(({ toMs }) => toMs !== null && toMs > asOfMs),
    counted: countedOf(tiers, on.count.known, asOfMs, zone),
    balance: 0,
  };
}

interface GoneOn {
  readonly walk: Walk;
  /** Null in mode BALANCE. */
  readonly count: TierCount | null;
  readonly balance: number;
}

function fromNothing(
  tiers: Tiers,
  moves: readonly TierMove[],
  { asOfMs, zone }: { readonly asOfMs: number; readonly zone: string },
): GoneOn {
  const sorted = inOrder(moves);
  if (tiers.mode === 'BALANCE') return { ...followBalance(tiers, sorted), count: null };
  const count = countPeriods(tiers, sorted, asOfMs, zone);
  return { walk: count.walk, count, balance: 0 };
}

function goOn(
  tiers: Tiers,
  mark: TierMark,
  moves: readonly TierMove[],
  { asOfMs, zone }: { readonly asOfMs: number; readonly zone: string },
): GoneOn | null {
  if (asOfMs < mark.asOfMs || moves.some((move) => move.atMs <= mark.asOfMs)) return null;
  const past = inOrder(moves.filter((move) => move.atMs <= asOfMs));
  const changes = mark.lastChange === null ? [] : [mark.lastChange];
  const walk: Walk = { levels: tiers.levels, level: mark.level, changes };
  if (tiers.mode === 'BALANCE') {
    return { ...followBalance(tiers, past, { walk, balance: mark.balance }), count: null };
  }
  if (past.some((move) => amountOf(move, tiers.measure) < 0)) return null;
  const known = [...mark.counted.map((counted) => moveOf(tiers, counted)), ...past];
  const { rights } = countPeriods(tiers, known, asOfMs, zone);
  const all = [...mark.rights, ...rights];
  walkRights(walk, all, { fromMs: mark.asOfMs, toMs: asOfMs + 1, refund: undefined, moves: past });
  return { walk, count: { walk, rights: all, known }, balance: 0 };
}

function standingAfter(
  tiers: Tiers,
  { walk, count, balance }: GoneOn,
  { asOfMs, zone }: { readonly asOfMs: number; readonly zone: string },
): TierStanding {
  return count === null ? standingOf(tiers, walk, balance, null) : standingOfCount(tiers, count, asOfMs, zone);
}

/** What still counts at the instant, one amount for each day, in their order. */
function countedOf(tiers: Tiers, known: readonly TierMove[], asOfMs: number, zone: string): CountedAmount[] {
  const counts = countsOn(tiers.period, localDateOf(asOfMs, zone));
  const byDate = new Map<string, CountedAmount>();
  for (const move of known) {
    const date = localDateOf(move.atMs, zone);
    const amount = amountOf(move, tiers.measure);
    if (amount === 0 || !counts(date)) continue;
    // Only what leaves again day by day is kept by days.
    const key = tiers.period.kind === 'rolling' ? date : '';
    byDate.set(key, { atMs: move.atMs, amount: amount + (byDate.get(key)?.amount ?? 0) });
  }
  return [...byDate.values()].sort((a, b) => a.atMs - b.atMs);
}

function moveOf({ measure }: Tiers, { atMs, amount }: CountedAmount): TierMove {
  const nothing = { atMs, saleId: null, spendMinor: 0, visits: 0, earnedPoints: 0, balancePoints: 0 };
  if (measure === 'spend') return { ...nothing, spendMinor: amount };
  return measure === 'visits' ? { ...nothing, visits: amount } : { ...nothing, earnedPoints: amount };
}

function inOrder(moves: readonly TierMove[]): TierMove[] {
  return [...moves].sort((a, b) => a.atMs - b.atMs);
}
