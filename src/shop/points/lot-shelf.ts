import { must } from '../must.ts';

/** A lot while entries are folded. order breaks ties of age. */
export interface FoldedLot {
  readonly lotId: string;
  readonly earnedAtMs: number;
  readonly order: number;
  expiresAtMs: number | null;
  ripensAtMs: number | null;
  points: number;
  remaining: number;
}

/** Lots with something left, soonest expiry first, never-expiring last, ties by age: the order of use (C-12). */
export type LotShelf = FoldedLot[];

/** Whether a lot can still be used at the instant: it ends at expiresAtMs, which is no longer in it. */
export function isAliveAt(lot: { readonly expiresAtMs: number | null }, atMs: number): boolean {
  return lot.expiresAtMs === null || atMs < lot.expiresAtMs;
}

/** Whether a lot's points can be spent at the instant as far as waiting goes. */
export function isRipeAt(lot: { readonly ripensAtMs: number | null }, atMs: number): boolean {
  return atMs >= (lot.ripensAtMs ?? Number.NEGATIVE_INFINITY);
}

/** Puts points into a lot and the lot in its place when it was empty. */
export function fill(shelf: LotShelf, lot: FoldedLot, points: number): void {
  must(points >= 0, 'a lot is filled with points');
  if (points === 0) return;
  const wasEmpty = lot.remaining === 0;
  lot.remaining += points;
  if (wasEmpty) shelf.splice(placeOf(shelf, lot), 0, lot);
}

/** Takes points out of a lot, and the lot off the shelf when nothing is left. */
export function draw(shelf: LotShelf, lot: FoldedLot, points: number): void {
  must(points > 0 && points <= lot.remaining, 'no more is drawn than a lot holds');
  if (points === lot.remaining) shelf.splice(placeOf(shelf, lot), 1);
  lot.remaining -= points;
}

/** Moves the end of every lot that still runs to an instant, never to an earlier one; also of lots that are used up. */
export function slide(shelf: LotShelf, lots: Iterable<FoldedLot>, atMs: number, toMs: number): void {
  for (const lot of lots) {
    if (lot.expiresAtMs !== null && isAliveAt(lot, atMs)) lot.expiresAtMs = Math.max(lot.expiresAtMs, toMs);
  }
  shelf.sort(bySoonestExpiry);
}

/** The index of a lot, or the one where it belongs. */
function placeOf(shelf: LotShelf, lot: FoldedLot): number {
  let low = 0;
  let high = shelf.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bySoonestExpiry(shelf[middle] as FoldedLot, lot) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function bySoonestExpiry(a: FoldedLot, b: FoldedLot): number {
  if (a.expiresAtMs !== b.expiresAtMs) return endOf(a) < endOf(b) ? -1 : 1;
  return a.earnedAtMs - b.earnedAtMs || a.order - b.order;
}

function endOf(lot: FoldedLot): number {
  return lot.expiresAtMs ?? Number.POSITIVE_INFINITY;
}
