import { sumOf } from '../money/money.ts';
import { must } from '../must.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { draw, type FoldedLot, fill, isAliveAt, isRipeAt, type LotShelf, slide } from './lot-shelf.ts';

export { type EntryKind, type LedgerEntry, systemAccountOf } from './ledger-entry.ts';

/** Points earned together, with one expiry. The lot's id is the id of the entry that made it. */
export interface PointLot {
  readonly lotId: string;
  readonly earnedAtMs: number;
  readonly expiresAtMs: number | null;
  /** Until then the points are shown and cannot be spent; null where they always could. */
  readonly ripensAtMs: number | null;
  readonly points: number;
  readonly remaining: number;
}

/** Points that an entry took from a lot, or gave back to it (negative). ofEntryId names the use that is given back. */
export interface LotMove {
  readonly entryId: string;
  readonly ofEntryId: string;
  readonly lotId: string;
  readonly points: number;
}

/**
 * An account as of an instant. balance = remaining of the lots that have not ended - owedPoints = spendablePoints +
 * pendingPoints. ledgerPoints is the plain sum of the entries; it differs by what has ended and nobody has written yet.
 */
export interface Position {
  readonly asOfMs: number;
  readonly balance: number;
  readonly ledgerPoints: number;
  readonly owedPoints: number;
  /** Of lots that have not ripened. */
  readonly pendingPoints: number;
  /** What a redemption may use; below zero while more is owed. */
  readonly spendablePoints: number;
  readonly expiredUnwrittenPoints: number;
  /** Lots that run, with something left, in the order of use. */
  readonly lots: readonly PointLot[];
  /** Those of them that cannot be spent yet. */
  readonly pendingLots: readonly PointLot[];
  /** Lots that have ended with something left: what the expiry job writes off. */
  readonly endedLots: readonly PointLot[];
  readonly moves: readonly LotMove[];
}

interface Fold {
  readonly lots: Map<string, FoldedLot>;
  readonly shelf: LotShelf;
  readonly moves: LotMove[];
  /** What each entry still holds of each lot, in order of use. */
  readonly uses: Map<string, Map<string, number>>;
  /** What was taken beyond all lots: paid back first by what comes in. */
  owed: number;
  /** How many lots were ever made: ties of age are broken by it. */
  made: number;
  ledgerPoints: number;
}

/**
 * Folds the entries of an account in one programme, in canonical order, into its position as of an instant (LOYALTY.md 3).
 * Points are taken from lots soonest-expiring first (never-expiring last), ties by age; a reversal goes to the lot or
 * lots of the entry that it reverses, in reverse order of use; a lot that has ended counts 0 whether or not anybody has
 * written so (C-12). What is taken beyond all lots is owed and paid by what comes in next.
 */
export function foldLots(entries: readonly LedgerEntry[], asOfMs: number): Position {
  const fold = newFold();
  applyEntries(fold, entries);
  return positionOf(fold, asOfMs);
}

function newFold(): Fold {
  return { lots: new Map(), shelf: [], moves: [], uses: new Map(), owed: 0, made: 0, ledgerPoints: 0 };
}

function applyEntries(fold: Fold, entries: readonly LedgerEntry[]): void {
  for (const entry of entries) {
    must(Number.isSafeInteger(entry.points), 'points are whole');
    fold.ledgerPoints += entry.points;
    if (entry.slidesToMs != null) slide(fold.shelf, fold.lots.values(), entry.atMs, entry.slidesToMs);
    applyEntry(fold, entry);
  }
}

/**
 * What folding on needs of the entries so far: the lots with something left, in the order of use, and what is owed. What
 * was used of which lot is not in it, so points that come back to their lots need the whole fold.
 */
export interface LotMark {
  readonly ledgerPoints: number;
  readonly owedPoints: number;
  readonly made: number;
  readonly lots: readonly MarkedLot[];
}

/** A lot: id, earned, end, ripe, place among all lots, points, what is left. Instants are UTC ms. */
type MarkedLot = readonly [string, number, number | null, number | null, number, number, number];

/** The sums of a position. */
export type LotSums = Omit<Position, 'lots' | 'pendingLots' | 'endedLots' | 'moves'>;

/**
 * Goes on from a mark (null: from nothing) through the entries after it. Equal to folding all of them; null where one of
 * them brings points back to their lots.
 */
export function foldOn(
  mark: LotMark | null,
  entries: readonly LedgerEntry[],
  asOfMs: number,
): { readonly sums: LotSums; readonly mark: LotMark } | null {
  if (mark !== null && entries.some(({ kind }) => kind === 'reverse_redeem' || kind === 'reverse_expire')) return null;
  const fold = newFold();
  if (mark !== null) restore(fold, mark);
  applyEntries(fold, entries);
  const { lots: _lots, pendingLots: _pending, endedLots: _ended, moves: _moves, ...sums } = positionOf(fold, asOfMs);
  return { sums, mark: markOf(fold) };
}

function restore(fold: Fold, { ledgerPoints, owedPoints, made, lots }: LotMark): void {
  for (const [lotId, earnedAtMs, expiresAtMs, ripensAtMs, order, points, remaining] of lots) {
    const lot: FoldedLot = { lotId, earnedAtMs, expiresAtMs, ripensAtMs, order, points, remaining };
    fold.lots.set(lotId, lot);
    fold.shelf.push(lot);
  }
  Object.assign(fold, { ledgerPoints, made, owed: owedPoints });
}

function markOf({ shelf, owed, made, ledgerPoints }: Fold): LotMark {
  const lots = shelf.map(
    ({ lotId, earnedAtMs, expiresAtMs, ripensAtMs, order, points, remaining }): MarkedLot => [
      lotId,
      earnedAtMs,
      expiresAtMs,
      ripensAtMs,
      order,
      points,
      remaining,
    ],
  );
  return { ledgerPoints, owedPoints: owed, made, lots };
}

function positionOf(fold: Fold, asOfMs: number): Position {
  const shelved = fold.shelf.map((lot) => pointLotOf(lot));
  const lots = shelved.filter((lot) => isAliveAt(lot, asOfMs));
  const endedLots = shelved.filter((lot) => !isAliveAt(lot, asOfMs));
  const pendingLots = lots.filter((lot) => !isRipeAt(lot, asOfMs));
  const balance = remainingOf(lots) - fold.owed;
  const pendingPoints = remainingOf(pendingLots);
  const expiredUnwrittenPoints = remainingOf(endedLots);
  must(balance + expiredUnwrittenPoints === fold.ledgerPoints, 'lots less debts are the sum of the entries');
  return {
    asOfMs,
    balance,
    ledgerPoints: fold.ledgerPoints,
    owedPoints: fold.owed,
    pendingPoints,
    spendablePoints: balance - pendingPoints,
    expiredUnwrittenPoints,
    lots,
    pendingLots,
    endedLots,
    moves: fold.moves,
  };
}

function pointLotOf({ lotId, earnedAtMs, expiresAtMs, ripensAtMs, points, remaining }: FoldedLot): PointLot {
  return { lotId, earnedAtMs, expiresAtMs, ripensAtMs, points, remaining };
}

/** What is left in lots. */
export function remainingOf(lots: readonly Pick<PointLot, 'remaining'>[]): number {
  return sumOf(lots.map((lot) => lot.remaining));
}

function applyEntry(fold: Fold, entry: LedgerEntry): void {
  if (entry.kind === 'ripen') ripen(fold, entry);
  else if (entry.points < 0) take(fold, entry);
  else if (entry.kind === 'reverse_redeem' || entry.kind === 'reverse_expire') giveBack(fold, entry);
  else openLot(fold, entry, payDebts(fold, entry.points));
}

/** Ends the waiting of a lot at the entry's instant; moves no points. */
function ripen(fold: Fold, entry: LedgerEntry): void {
  must(entry.points === 0, 'ripening moves no points');
  const lot = fold.lots.get(entry.lotId ?? '');
  if (lot !== undefined && lot.ripensAtMs !== null) lot.ripensAtMs = Math.min(lot.ripensAtMs, entry.atMs);
}

/**
 * Takes from the named lot or the lot of the reversed entry first, an expiry then from what has ended; then in the order
 * of use from what can be spent, then from what still waits. What is not there is owed.
 */
function take(fold: Fold, entry: LedgerEntry): void {
  const isAlive = (lot: FoldedLot): boolean => isAliveAt(lot, entry.atMs);
  let left = -entry.points;
  const named = fold.lots.get(entry.lotId ?? entry.reversesEntryId ?? '');
  if (named !== undefined) left -= takeFrom(fold, entry, [named], left);
  if (entry.kind === 'expire') left -= takeWhere(fold, entry, (lot) => !isAlive(lot), left);
  left -= takeWhere(fold, entry, (lot) => isAlive(lot) && isRipeAt(lot, entry.atMs), left);
  left -= takeWhere(fold, entry, isAlive, left);
  fold.owed += left;
}

function takeWhere(fold: Fold, entry: LedgerEntry, isUsable: (lot: FoldedLot) => boolean, wanted: number): number {
  const lots: FoldedLot[] = [];
  let found = 0;
  for (const lot of fold.shelf) {
    if (found >= wanted) break;
    if (!isUsable(lot)) continue;
    lots.push(lot);
    found += lot.remaining;
  }
  return takeFrom(fold, entry, lots, wanted);
}

function takeFrom(fold: Fold, entry: LedgerEntry, lots: readonly FoldedLot[], wanted: number): number {
  let taken = 0;
  for (const lot of lots) {
    const points = Math.min(lot.remaining, wanted - taken);
    if (points === 0) continue;
    draw(fold.shelf, lot, points);
    taken += points;
    noteMove(fold, { entryId: entry.entryId, ofEntryId: entry.entryId, lotId: lot.lotId, points });
  }
  return taken;
}

function noteMove(fold: Fold, move: LotMove): void {
  fold.moves.push(move);
  const uses = fold.uses.get(move.ofEntryId) ?? new Map<string, number>();
  uses.set(move.lotId, (uses.get(move.lotId) ?? 0) + move.points);
  fold.uses.set(move.ofEntryId, uses);
}

function openLot(fold: Fold, entry: LedgerEntry, remaining: number): FoldedLot {
  const lot: FoldedLot = {
    lotId: entry.entryId,
    earnedAtMs: entry.atMs,
    expiresAtMs: entry.expiresAtMs,
    ripensAtMs: entry.ripensAtMs ?? null,
    order: fold.made,
    points: entry.points,
    remaining: 0,
  };
  fold.made += 1;
  fold.lots.set(lot.lotId, lot);
  fill(fold.shelf, lot, remaining);
  return lot;
}

function payDebts(fold: Fold, points: number): number {
  const paid = Math.min(fold.owed, points);
  fold.owed -= paid;
  return points - paid;
}

/**
 * Points come back to the named lot, or to the lots that the reversed entry took them from, last used first (C-56). What
 * belongs to a lot that has ended opens a lot of its own with the terms of the returning entry: the shop's grace (C-13).
 */
function giveBack(fold: Fold, entry: LedgerEntry): void {
  const ofEntryId = entry.reversesEntryId ?? entry.entryId;
  let left = payDebts(fold, entry.points);
  let homeless = 0;
  for (const [lotId, most] of homesOf(fold, entry, ofEntryId, left)) {
    const lot = fold.lots.get(lotId);
    const points = Math.min(most, left);
    if (lot === undefined || points <= 0) continue;
    if (isAliveAt(lot, entry.atMs)) fill(fold.shelf, lot, points);
    else homeless += points;
    noteMove(fold, { entryId: entry.entryId, ofEntryId, lotId, points: -points });
    left -= points;
  }
  if (homeless + left > 0) openLot(fold, { ...entry, points: homeless + left }, homeless + left);
}

/** The lots that points go back to, and how many each takes. */
function homesOf(fold: Fold, entry: LedgerEntry, ofEntryId: string, points: number): readonly [string, number][] {
  if (entry.lotId != null) return [[entry.lotId, points]];
  return [...(fold.uses.get(ofEntryId) ?? [])].reverse();
}
