import { must } from '../must.ts';

/** Why an entry stands in the ledger (LOYALTY.md 3). */
const ENTRY_KINDS = [
  'earn',
  'redeem',
  'reverse_earn',
  'reverse_redeem',
  'expire',
  'reverse_expire',
  'adjust',
  'transfer',
  'ripen',
  'merge',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The account on the other side of an entry. */
export type SystemAccount = 'issued' | 'redeemed' | 'expired' | 'adjusted' | 'disputed';

/** The system account that an entry of a kind books against. */
export function systemAccountOf(kind: EntryKind): SystemAccount {
  if (kind === 'earn' || kind === 'reverse_earn') return 'issued';
  if (kind === 'redeem' || kind === 'reverse_redeem') return 'redeemed';
  return kind === 'expire' || kind === 'reverse_expire' ? 'expired' : 'adjusted';
}

/** What the fold reads of an entry. points is signed; expiresAtMs null means never. */
export interface LedgerEntry {
  readonly entryId: string;
  readonly kind: EntryKind;
  readonly points: number;
  readonly atMs: number;
  readonly expiresAtMs: number | null;
  /** The entry that this one reverses. */
  readonly reversesEntryId: string | null;
}

/** Points earned together, with one expiry. The lot's id is the id of the entry that made it. */
export interface PointLot {
  readonly lotId: string;
  readonly earnedAtMs: number;
  readonly expiresAtMs: number | null;
  readonly points: number;
  readonly remaining: number;
}

/** Points that an entry took from a lot, or gave back to it (negative). ofEntryId names the use that is given back. */
interface LotMove {
  readonly entryId: string;
  readonly ofEntryId: string;
  readonly lotId: string;
  readonly points: number;
}

/**
 * An account as of an instant. balance = remaining of the lots that have not expired - owedPoints.
 * ledgerPoints is the plain sum of the entries; it differs by what has expired and nobody has written yet.
 */
export interface Position {
  readonly balance: number;
  readonly ledgerPoints: number;
  readonly owedPoints: number;
  readonly expiredUnwrittenPoints: number;
  /** Lots with something left, soonest expiry first. */
  readonly lots: readonly PointLot[];
  readonly moves: readonly LotMove[];
}

interface OpenLot {
  readonly lotId: string;
  readonly earnedAtMs: number;
  readonly expiresAtMs: number | null;
  readonly order: number;
  points: number;
  remaining: number;
}

interface Fold {
  readonly lots: Map<string, OpenLot>;
  readonly moves: LotMove[];
  /** What was taken beyond all lots, by the entry that took it: paid back first by what comes in. */
  readonly debts: { readonly entryId: string; points: number }[];
}

/**
 * Folds an account's entries, in canonical order, into its position as of an instant (LOYALTY.md 3).
 * Points are taken from lots soonest-expiring first (never-expiring last), ties by age; a reversal goes to the lot or
 * lots of the entry that it reverses, in reverse order of use; a lot that has ended counts 0 whether or not anybody has
 * written so (C-12). What is taken beyond all lots is owed and paid by what comes in next.
 */
export function foldLots(entries: readonly LedgerEntry[], asOfMs: number): Position {
  const fold: Fold = { lots: new Map(), moves: [], debts: [] };
  let ledgerPoints = 0;
  for (const entry of entries) {
    must(Number.isSafeInteger(entry.points), 'points are whole');
    ledgerPoints += entry.points;
    applyEntry(fold, entry);
  }
  const open = [...fold.lots.values()].filter((lot) => lot.remaining > 0).sort(bySoonestExpiry);
  const alive = open.filter((lot) => isAliveAt(lot, asOfMs));
  const owedPoints = total(fold.debts.map((debt) => debt.points));
  const alivePoints = total(alive.map((lot) => lot.remaining));
  const openPoints = total(open.map((lot) => lot.remaining));
  must(openPoints - owedPoints === ledgerPoints, 'lots less debts are the sum of the entries');
  return {
    balance: alivePoints - owedPoints,
    ledgerPoints,
    owedPoints,
    expiredUnwrittenPoints: openPoints - alivePoints,
    lots: alive.map(({ lotId, earnedAtMs, expiresAtMs, points, remaining }) => ({
      lotId,
      earnedAtMs,
      expiresAtMs,
      points,
      remaining,
    })),
    moves: fold.moves,
  };
}

/** Whether a lot can still be used at the instant: it ends at expiresAtMs, which is no longer in it. */
function isAliveAt(lot: { readonly expiresAtMs: number | null }, atMs: number): boolean {
  return lot.expiresAtMs === null || atMs < lot.expiresAtMs;
}

function applyEntry(fold: Fold, entry: LedgerEntry): void {
  if (entry.points >= 0) {
    if (entry.kind === 'reverse_redeem' || entry.kind === 'reverse_expire') giveBack(fold, entry);
    else addLot(fold, entry);
    return;
  }
  let left = -entry.points;
  if (entry.reversesEntryId !== null) left -= takeFrom(fold, entry, [fold.lots.get(entry.reversesEntryId)], left);
  if (entry.kind === 'expire')
    left -= takeFrom(
      fold,
      entry,
      openLots(fold, (lot) => !isAliveAt(lot, entry.atMs)),
      left,
    );
  left -= takeFrom(
    fold,
    entry,
    openLots(fold, (lot) => isAliveAt(lot, entry.atMs)),
    left,
  );
  if (left > 0) fold.debts.push({ entryId: entry.entryId, points: left });
}

function addLot(fold: Fold, entry: LedgerEntry): void {
  const remaining = payDebts(fold, entry.points);
  fold.lots.set(entry.entryId, { ...lotOf(fold, entry), points: entry.points, remaining });
}

function lotOf(fold: Fold, entry: LedgerEntry) {
  return { lotId: entry.entryId, earnedAtMs: entry.atMs, expiresAtMs: entry.expiresAtMs, order: fold.lots.size };
}

function payDebts(fold: Fold, points: number): number {
  let left = points;
  for (const debt of fold.debts) {
    const paid = Math.min(debt.points, left);
    debt.points -= paid;
    left -= paid;
  }
  return left;
}

function openLots(fold: Fold, isUsable: (lot: OpenLot) => boolean): OpenLot[] {
  return [...fold.lots.values()].filter((lot) => lot.remaining > 0 && isUsable(lot)).sort(bySoonestExpiry);
}

function takeFrom(fold: Fold, entry: LedgerEntry, lots: readonly (OpenLot | undefined)[], wanted: number): number {
  let taken = 0;
  for (const lot of lots) {
    const points = Math.min(lot?.remaining ?? 0, wanted - taken);
    if (lot === undefined || points <= 0) continue;
    lot.remaining -= points;
    taken += points;
    fold.moves.push({ entryId: entry.entryId, ofEntryId: entry.entryId, lotId: lot.lotId, points });
  }
  return taken;
}

/**
 * Points come back to the lots that the reversed entry took them from, last used first (C-56). What belongs to a lot that
 * has ended opens a lot of its own with the terms of the returning entry: the shop's grace (C-13).
 */
function giveBack(fold: Fold, entry: LedgerEntry): void {
  const ofEntryId = entry.reversesEntryId ?? entry.entryId;
  let left = payDebts(fold, entry.points);
  for (const [lotId, used] of usesOf(fold, ofEntryId)) {
    const back = Math.min(used, left);
    const lot = fold.lots.get(lotId);
    if (lot === undefined || back <= 0) continue;
    if (isAliveAt(lot, entry.atMs)) lot.remaining += back;
    else reopen(fold, entry, back);
    fold.moves.push({ entryId: entry.entryId, ofEntryId, lotId, points: -back });
    left -= back;
  }
  if (left > 0) reopen(fold, entry, left);
}

/** What an entry still holds of each lot, last used first. */
function usesOf(fold: Fold, entryId: string): [lotId: string, points: number][] {
  const byLot = new Map<string, number>();
  for (const move of fold.moves) {
    if (move.ofEntryId === entryId) byLot.set(move.lotId, (byLot.get(move.lotId) ?? 0) + move.points);
  }
  return [...byLot].reverse();
}

function reopen(fold: Fold, entry: LedgerEntry, points: number): void {
  const lot = fold.lots.get(entry.entryId) ?? { ...lotOf(fold, entry), points: 0, remaining: 0 };
  lot.points += points;
  lot.remaining += points;
  fold.lots.set(entry.entryId, lot);
}

function bySoonestExpiry(a: OpenLot, b: OpenLot): number {
  const aEnds = a.expiresAtMs ?? Number.POSITIVE_INFINITY;
  const bEnds = b.expiresAtMs ?? Number.POSITIVE_INFINITY;
  if (aEnds !== bEnds) return aEnds < bEnds ? -1 : 1;
  return a.earnedAtMs - b.earnedAtMs || a.order - b.order;
}

function total(points: readonly number[]): number {
  return points.reduce((sum, each) => sum + each, 0);
}
