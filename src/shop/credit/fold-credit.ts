import { sumOf } from '../money/money.ts';
import { must, mustHave } from '../must.ts';
import type { CreditEntry } from './credit-entry.ts';

/** Credit that came in together and ends together. The lot's id is that of the entry that made it. */
export interface CreditLot {
  readonly lotId: string;
  readonly atMs: number;
  readonly expiresAtMs: number | null;
  readonly remainingMinor: number;
}

/**
 * An account as of an instant. ledgerMinor is the plain sum of the entries; balanceMinor leaves out what has ended,
 * whether or not anybody has written so.
 */
export interface CreditPosition {
  readonly asOfMs: number;
  readonly ledgerMinor: number;
  readonly balanceMinor: number;
  /** With something left, in the order of use: soonest end first, never-ending last, ties by age. */
  readonly lots: readonly CreditLot[];
  readonly endedLots: readonly CreditLot[];
  /** When what was left ended, of an account on which nothing is left for that reason, written off or not; else null. */
  readonly emptySinceMs: number | null;
}

interface Lot {
  readonly lotId: string;
  readonly order: number;
  readonly atMs: number;
  readonly expiresAtMs: number | null;
  remainingMinor: number;
}

interface Fold {
  readonly lots: Map<string, Lot>;
  /** What each entry took of each lot and still holds, in the order of use. */
  readonly taken: Map<string, Map<string, number>>;
  /** The end of what was written off last, as long as nothing else moved since. */
  writtenOffEndMs: number | null;
}

/**
 * Folds an account's entries in the order of the ledger into its position as of an instant. Spending takes from lots that
 * have not ended, soonest end first; what comes back goes to the lots that it came from, last used first, and what
 * belongs to a lot that has ended opens one with the terms of the returning entry. An account is never below zero
 * (asserted): who would overdraw is refused before anything is written.
 */
export function foldCredit(entries: readonly CreditEntry[], asOfMs: number): CreditPosition {
  const fold: Fold = { lots: new Map(), taken: new Map(), writtenOffEndMs: null };
  for (const entry of entries) apply(fold, entry);
  const shelf = [...fold.lots.values()].filter(({ remainingMinor }) => remainingMinor > 0).sort(byUse);
  const lots = shelf.filter((lot) => isAliveAt(lot, asOfMs)).map(lotOf);
  const endedLots = shelf.filter((lot) => !isAliveAt(lot, asOfMs)).map(lotOf);
  const balanceMinor = remainingOf(lots);
  const ledgerMinor = sumOf(entries.map(({ amountMinor }) => amountMinor));
  must(balanceMinor + remainingOf(endedLots) === ledgerMinor, 'lots are the sum of the entries');
  const lastEndMs = endedLots.at(-1)?.expiresAtMs ?? fold.writtenOffEndMs;
  return { asOfMs, ledgerMinor, balanceMinor, lots, endedLots, emptySinceMs: balanceMinor === 0 ? lastEndMs : null };
}

function apply(fold: Fold, entry: CreditEntry): void {
  must(Number.isSafeInteger(entry.amountMinor) && entry.amountMinor !== 0, 'an entry moves whole minor units');
  if (entry.kind !== 'expire') fold.writtenOffEndMs = null;
  if (entry.amountMinor < 0) take(fold, entry);
  else if (entry.reversesEntryId !== null) giveBack(fold, entry);
  else open(fold, entry, entry.amountMinor);
}

function open(fold: Fold, { entryId, atMs, expiresAtMs }: CreditEntry, amountMinor: number): void {
  must(!fold.lots.has(entryId), 'an entry opens one lot');
  fold.lots.set(entryId, { lotId: entryId, order: fold.lots.size, atMs, expiresAtMs, remainingMinor: amountMinor });
}

/** Takes from the named lot first, or the lot of what is reversed, then from what runs; an expiry from what has ended. */
function take(fold: Fold, entry: CreditEntry): void {
  const named = fold.lots.get(entry.lotId ?? entry.reversesEntryId ?? '');
  const inOrder = [...fold.lots.values()].sort(byUse);
  const usable = inOrder.filter((lot) => isAliveAt(lot, entry.atMs) === (entry.kind !== 'expire'));
  const moves = new Map<string, number>();
  let leftMinor = -entry.amountMinor;
  for (const lot of named === undefined ? usable : [named, ...usable]) {
    const tookMinor = Math.min(lot.remainingMinor, leftMinor);
    if (tookMinor === 0) continue;
    lot.remainingMinor -= tookMinor;
    leftMinor -= tookMinor;
    moves.set(lot.lotId, (moves.get(lot.lotId) ?? 0) + tookMinor);
    if (entry.kind === 'expire') fold.writtenOffEndMs = Math.max(fold.writtenOffEndMs ?? 0, lot.expiresAtMs ?? 0);
  }
  must(leftMinor === 0, 'an account of credit is never below zero');
  fold.taken.set(entry.entryId, moves);
}

function giveBack(fold: Fold, entry: CreditEntry): void {
  const moves = mustHave(fold.taken.get(entry.reversesEntryId ?? ''), 'the entry that comes back');
  let leftMinor = entry.amountMinor;
  let homelessMinor = 0;
  for (const [lotId, tookMinor] of [...moves].reverse()) {
    const backMinor = Math.min(tookMinor, leftMinor);
    if (backMinor === 0) continue;
    const lot = mustHave(fold.lots.get(lotId), 'the lot that it came from');
    if (isAliveAt(lot, entry.atMs)) lot.remainingMinor += backMinor;
    else homelessMinor += backMinor;
    moves.set(lotId, tookMinor - backMinor);
    leftMinor -= backMinor;
  }
  must(leftMinor === 0, 'no more comes back than was taken');
  if (homelessMinor > 0) open(fold, entry, homelessMinor);
}

/** Whether a lot can be used at an instant: it ends at expiresAtMs, which is no longer in it. */
function isAliveAt({ expiresAtMs }: Pick<CreditLot, 'expiresAtMs'>, atMs: number): boolean {
  return expiresAtMs === null || atMs < expiresAtMs;
}

function byUse(a: Lot, b: Lot): number {
  if (a.expiresAtMs !== b.expiresAtMs) return endOf(a) < endOf(b) ? -1 : 1;
  return a.atMs - b.atMs || a.order - b.order;
}

function endOf({ expiresAtMs }: Lot): number {
  return expiresAtMs ?? Number.POSITIVE_INFINITY;
}

function lotOf({ lotId, atMs, expiresAtMs, remainingMinor }: Lot): CreditLot {
  return { lotId, atMs, expiresAtMs, remainingMinor };
}

function remainingOf(lots: readonly CreditLot[]): number {
  return sumOf(lots.map(({ remainingMinor }) => remainingMinor));
}
