import { itemAt } from '../must.ts';
import type { TierLevel, Tiers } from './programme-tiers.ts';
import { amountOf, levelOf, progressAt, rightsOf, type TierMove, type TierRight } from './tier-rights.ts';

export type { TierMove } from './tier-rights.ts';

/** One real change of tier: one event (C-15). */
export interface TierChange {
  readonly atMs: number;
  readonly fromTierId: string;
  readonly toTierId: string;
  readonly why: 'reached' | 'period-ended' | 'refund' | 'balance';
  /** The sale that reached it or whose refund took it, where one did. */
  readonly saleId: string | null;
}

/** Where a customer stands on the ladder at an instant. */
export interface TierStanding {
  readonly tierId: string;
  /** Since when; null where it was never another. */
  readonly sinceMs: number | null;
  /** When it ends if nothing more happens; null: it does not. */
  readonly keepsUntilMs: number | null;
  /** What the ladder counts, in the period that runs. */
  readonly progress: number;
  readonly next: { readonly tierId: string; readonly missing: number } | null;
  readonly changes: readonly TierChange[];
}

/**
 * Folds what a customer did into their standing as of an instant (C-15 to C-18, C-54). Mode BALANCE follows the balance at
 * once. Otherwise: up at once, down at the end of the period plus grace. A refund counts against the sale that it belongs
 * to, as if that part had never been sold, so a tier that it gave ends with it, without grace.
 */
export function foldTier(tiers: Tiers, moves: readonly TierMove[], asOfMs: number, zone: string): TierStanding {
  const past = moves.filter((move) => move.atMs <= asOfMs).sort((a, b) => a.atMs - b.atMs);
  if (tiers.mode === 'BALANCE') {
    const { walk, balance } = followBalance(tiers, past);
    return standingOf(tiers, walk, balance, null);
  }
  return standingOfCount(tiers, countPeriods(tiers, past, asOfMs, zone), asOfMs, zone);
}

/** The tier that counts for a sale: the one held before it, unless the programme counts the sale itself too (C-17). */
export function tierForSale(tiers: Tiers, before: readonly TierMove[], sale: TierMove, zone: string): string {
  const moves = tiers.includesThisSale ? [...before, sale] : before;
  return foldTier(tiers, moves, sale.atMs, zone).tierId;
}

/** Follows the balance over moves in their order, from where it stood. */
export function followBalance(
  tiers: Tiers,
  moves: readonly TierMove[],
  from: { readonly walk: Walk; readonly balance: number } = { walk: startWalk(tiers.levels), balance: 0 },
): { readonly walk: Walk; readonly balance: number } {
  const { walk } = from;
  let { balance } = from;
  for (const [index, move] of moves.entries()) {
    balance += move.balancePoints;
    // What happens at one instant is one step: goods that are exchanged do not take a tier and give it back.
    if (moves[index + 1]?.atMs === move.atMs) continue;
    stepTo(walk, levelOf(tiers.levels, balance), { atMs: move.atMs, why: 'balance', saleId: move.saleId });
  }
  return { walk, balance };
}

/** A ladder by periods, counted up to an instant: the walk, every right that counts, and the moves less refunds. */
export interface TierCount {
  readonly walk: Walk;
  readonly rights: readonly TierRight[];
  readonly known: readonly TierMove[];
}

/** Counts moves, in their order, up to an instant. */
export function countPeriods(tiers: Tiers, moves: readonly TierMove[], asOfMs: number, zone: string): TierCount {
  const refunds = moves.filter((move) => isRefund(move, tiers));
  const walk = startWalk(tiers.levels);
  const learned = [Number.NEGATIVE_INFINITY, ...new Set(refunds.map((refund) => refund.atMs))];
  let rights: readonly TierRight[] = [];
  let known: readonly TierMove[] = [];
  for (const [index, fromMs] of learned.entries()) {
    known = foldRefunds(moves, (move) => !isRefund(move, tiers) || move.atMs <= fromMs);
    rights = rightsOf(tiers, known, zone);
    const refund = refunds.find((move) => move.atMs === fromMs);
    walkRights(walk, rights, { fromMs, toMs: learned[index + 1] ?? asOfMs + 1, refund, moves: known });
  }
  return { walk, rights, known };
}

/** Where a count leaves the customer. */
export function standingOfCount(tiers: Tiers, count: TierCount, asOfMs: number, zone: string): TierStanding {
  const { walk, rights, known } = count;
  const keeps = rights.filter((right) => right.level >= walk.level && isHeldAt(right, asOfMs));
  return standingOf(tiers, walk, progressAt(tiers, known, asOfMs, zone), walk.level === 0 ? null : lastEnd(keeps));
}

/** A refund that names its sale takes from that sale; it adds nothing of its own. */
function isRefund(move: TierMove, { measure }: Tiers): boolean {
  return move.saleId !== null && amountOf(move, measure) < 0;
}

/** The moves with what refunds took already taken off their sales. A refund of a sale that is not here stands by itself. */
function foldRefunds(moves: readonly TierMove[], isKnown: (move: TierMove) => boolean): TierMove[] {
  const folded: TierMove[] = [];
  const sales = new Map<string, number>();
  for (const move of moves.filter(isKnown)) {
    const index = move.saleId === null ? undefined : sales.get(move.saleId);
    if (index === undefined) {
      if (move.saleId !== null) sales.set(move.saleId, folded.length);
      folded.push(move);
      continue;
    }
    const sale = itemAt(folded, index);
    folded[index] = {
      ...sale,
      spendMinor: sale.spendMinor + move.spendMinor,
      visits: sale.visits + move.visits,
      earnedPoints: sale.earnedPoints + move.earnedPoints,
    };
  }
  return folded;
}

/** Walks through a stretch of time in which no refund is learned, and notes every change. */
export function walkRights(
  walk: Walk,
  rights: readonly TierRight[],
  given: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly refund: TierMove | undefined;
    readonly moves: readonly TierMove[];
  },
): void {
  const { fromMs, toMs, refund, moves } = given;
  if (refund !== undefined)
    stepTo(walk, heldAt(rights, fromMs), { atMs: fromMs, why: 'refund', saleId: refund.saleId });
  const instants = rights.flatMap((right) => (right.toMs === null ? [right.fromMs] : [right.fromMs, right.toMs]));
  const inside = [...new Set(instants)].filter((atMs) => atMs > fromMs && atMs < toMs).sort((a, b) => a - b);
  for (const atMs of inside) {
    const level = heldAt(rights, atMs);
    const cause = level > walk.level ? moves.findLast((move) => move.atMs === atMs) : undefined;
    stepTo(walk, level, { atMs, why: level > walk.level ? 'reached' : 'period-ended', saleId: cause?.saleId ?? null });
  }
}

function isHeldAt(right: TierRight, atMs: number): boolean {
  return right.fromMs <= atMs && (right.toMs === null || atMs < right.toMs);
}

function heldAt(rights: readonly TierRight[], atMs: number): number {
  return rights.reduce((level, right) => (isHeldAt(right, atMs) ? Math.max(level, right.level) : level), 0);
}

function lastEnd(rights: readonly TierRight[]): number | null {
  if (rights.some((right) => right.toMs === null)) return null;
  return Math.max(...rights.map((right) => right.toMs ?? 0));
}

/** How far one has come on the ladder, with every change on the way. */
export interface Walk {
  readonly levels: readonly TierLevel[];
  readonly changes: TierChange[];
  level: number;
}

function startWalk(levels: readonly TierLevel[]): Walk {
  return { levels, changes: [], level: 0 };
}

function stepTo(walk: Walk, level: number, cause: Pick<TierChange, 'atMs' | 'why' | 'saleId'>): void {
  if (level === walk.level) return;
  walk.changes.push({
    ...cause,
    fromTierId: tierIdOf(walk.levels, walk.level),
    toTierId: tierIdOf(walk.levels, level),
  });
  walk.level = level;
}

function tierIdOf(levels: readonly TierLevel[], level: number): string {
  return itemAt(levels, level).tierId;
}

export function standingOf(tiers: Tiers, walk: Walk, progress: number, keepsUntilMs: number | null): TierStanding {
  const above = tiers.levels[walk.level + 1];
  return {
    tierId: tierIdOf(tiers.levels, walk.level),
    sinceMs: walk.changes.at(-1)?.atMs ?? null,
    keepsUntilMs,
    progress,
    next: above === undefined ? null : { tierId: above.tierId, missing: Math.max(0, above.threshold - progress) },
    changes: walk.changes,
  };
}
