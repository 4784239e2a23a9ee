import { must } from '../must.ts';
import type { Position } from './lots.ts';

/** Points that leave one account and arrive in another with the terms of their lot (PT23, C-48). */
export interface LotTransfer {
  /** The lot that they leave; null for a debt that goes along (negative points). */
  readonly fromLotId: string | null;
  readonly points: number;
  readonly expiresAtMs: number | null;
  readonly ripensAtMs: number | null;
}

/**
 * Returns the lots that `points` of a position take along, in the order of use; only what can be spent. Each becomes an
 * entry of -points with its lotId on this account and one of +points with its terms on the other.
 */
export function transferLots(position: Position, points: number): readonly LotTransfer[] {
  must(points > 0 && points <= position.spendablePoints, 'a transfer moves what can be spent');
  let left = points;
  const transfers: LotTransfer[] = [];
  for (const lot of position.lots) {
    const moved = position.pendingLots.includes(lot) ? 0 : Math.min(lot.remaining, left);
    if (moved === 0) continue;
    transfers.push(transferOf(lot, moved));
    left -= moved;
  }
  return transfers;
}

/** Everything of a position, also what waits and what is owed: what a merge moves (C-48). */
export function transferAll(position: Position): readonly LotTransfer[] {
  const lots = position.lots.map((lot) => transferOf(lot, lot.remaining));
  if (position.owedPoints === 0) return lots;
  return [...lots, { fromLotId: null, points: -position.owedPoints, expiresAtMs: null, ripensAtMs: null }];
}

function transferOf(lot: Position['lots'][number], points: number): LotTransfer {
  return { fromLotId: lot.lotId, points, expiresAtMs: lot.expiresAtMs, ripensAtMs: lot.ripensAtMs };
}
