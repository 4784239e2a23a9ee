import type { Tiers } from '#shop/points/programme-tiers.ts';
import type { TierMove } from '#shop/points/tiers.ts';
import type { EntryRow, SaleMoveRow } from '../points/entries-store.ts';

/** What a merged record earned or gave back. */
export type EarnedElsewhere = Pick<EntryRow, 'programId' | 'atMs' | 'saleId' | 'points'>;

/** What moved the customer on this ladder: only what it measures is read. One sale at one instant is one move. */
export function movesOf(
  tiers: Tiers,
  given: {
    readonly sales: () => readonly SaleMoveRow[];
    readonly entries: () => readonly EntryRow[];
    readonly elsewhere: () => readonly EarnedElsewhere[];
  },
): TierMove[] {
  const moves = new Map<string, TierMove>();
  const add = (move: TierMove): void => {
    const key = `${move.atMs} ${move.saleId}`;
    const known = moves.get(key);
    moves.set(key, merged(known, move));
  };
  const isByPeriod = tiers.mode === 'EARNED_IN_PERIOD';
  if (isByPeriod && tiers.measure !== 'points') {
    for (const sale of given.sales()) add({ ...sale, earnedPoints: 0, balancePoints: 0 });
  } else {
    for (const { atMs, saleId, kind, points } of given.entries()) {
      const earnedPoints = kind === 'earn' || kind === 'reverse_earn' ? points : 0;
      // What a sale's rewards cost is no part of what it earned, and may have been booked before it.
      if (isByPeriod && earnedPoints === 0) continue;
      add({ atMs, saleId, spendMinor: 0, visits: 0, earnedPoints, balancePoints: points });
    }
    // What a merge moved stands in the balance already; that it was earned is known where it was.
    for (const { atMs, saleId, points } of given.elsewhere()) {
      add({ atMs, saleId, spendMinor: 0, visits: 0, earnedPoints: points, balancePoints: 0 });
    }
  }
  return [...moves.values()].sort((a, b) => a.atMs - b.atMs);
}

function merged(known: TierMove | undefined, move: TierMove): TierMove {
  if (known === undefined) return move;
  return {
    ...known,
    spendMinor: known.spendMinor + move.spendMinor,
    visits: known.visits + move.visits,
    earnedPoints: known.earnedPoints + move.earnedPoints,
    balancePoints: known.balancePoints + move.balancePoints,
  };
}
