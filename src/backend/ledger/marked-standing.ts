import { foldLots, foldOn, type LotSums, type Position } from '#shop/points/lots.ts';
import { markTier, resumeTier } from '#shop/points/tier-marks.ts';
import { foldTier, type TierMove, type TierStanding } from '#shop/points/tiers.ts';
import type { ReadableDb } from '../db/database.ts';
import type { Member } from '../points/accounts-store.ts';
import { type EntryRow, selectEntriesAfter, selectSaleMovesAfter } from '../points/entries-store.ts';
import { type LoyaltyMark, selectDuplicateIds, selectHeads } from '../points/marks-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { movesOf } from './moves.ts';
import { type Once, once } from './once.ts';

/** What a standing is computed from; everything is read when it is first asked for. */
export interface StandingReads {
  readonly db: ReadableDb;
  readonly member: Member | null;
  readonly version: StoredVersion;
  readonly nowMs: number;
  readonly zone: string;
  /** What was kept of the programme; null where nothing was, or where it cannot be gone on from. */
  readonly kept: () => LoyaltyMark | null;
  /** Whether any points end or have to wait: where none do, the plain sum is enough. */
  readonly hasLotTerms: () => boolean;
  /** The whole history. */
  readonly entries: () => readonly EntryRow[];
  readonly moves: Once<readonly TierMove[]>;
}

/** Sums and tier, from a mark and what came after it where there is one, else from the whole history: the same numbers. */
export interface MarkedStanding {
  readonly position: () => Position;
  readonly sums: () => LotSums;
  readonly tierAfter: (moves: readonly TierMove[], asOfMs: number) => TierStanding | null;
  readonly tierAfterKnown: (moves: readonly TierMove[], asOfMs: number) => TierStanding | null;
  readonly rowsRead: () => number;
  readonly mark: () => LoyaltyMark;
}

export function markedStanding(reads: StandingReads): MarkedStanding {
  const { db, member, version, nowMs, zone, kept, entries, moves } = reads;
  const { tiers } = version.programme;
  const rows = { read: 0 };
  const counted = <Row>(read: readonly Row[]): readonly Row[] => {
    rows.read = Math.max(rows.read, read.length);
    return read;
  };
  const position = once(() => foldLots(counted(entries()), nowMs));
  const entriesAfter = once(() => entriesSince(reads, kept()));
  const lotsOn = once(() => {
    const lots = kept()?.lots ?? null;
    return lots === null ? null : foldOn(lots, counted(entriesAfter()), nowMs);
  });
  const duplicates = once(() => (member === null ? [] : selectDuplicateIds(db, member.customerId)));
  const movesAfter = once(() => {
    const since = movesSince(reads, kept(), { duplicates, entriesAfter });
    return since === null ? null : counted(since);
  });
  const resumed = (more: readonly TierMove[], asOfMs: number): TierStanding | null => {
    const since = movesAfter();
    const mark = kept()?.tier ?? null;
    if (tiers === null || since === null || mark === null) return null;
    return resumeTier(tiers, mark, [...since, ...more], { asOfMs, zone });
  };
  const tierAfter = (more: readonly TierMove[], asOfMs: number): TierStanding | null => {
    if (tiers === null) return null;
    return resumed(more, asOfMs) ?? foldTier(tiers, [...counted(moves()), ...more], asOfMs, zone);
  };
  const tierAfterKnown = (more: readonly TierMove[], asOfMs: number): TierStanding | null => {
    if (tiers === null || !movesAfter.isRead()) return null;
    return resumed(more, asOfMs) ?? (moves.isRead() ? foldTier(tiers, [...moves(), ...more], asOfMs, zone) : null);
  };
  const tierMark = () => {
    const since = movesAfter();
    const mark = kept()?.tier ?? null;
    const given = { asOfMs: nowMs, zone };
    if (tiers === null) return null;
    const next = since === null || mark === null ? null : markTier(tiers, mark, since, given);
    return next ?? markTier(tiers, null, moves(), given);
  };
  return {
    position,
    sums: () => lotsOn()?.sums ?? position(),
    tierAfter,
    tierAfterKnown,
    rowsRead: () => rows.read,
    mark: () => ({
      programId: version.programId,
      versionId: version.versionId,
      ...selectHeads(db),
      duplicates: duplicates(),
      lots: reads.hasLotTerms() ? ((lotsOn() ?? foldOn(null, entries(), nowMs))?.mark ?? null) : null,
      tier: tierMark(),
    }),
  };
}

function entriesSince({ db, member, version }: StandingReads, kept: LoyaltyMark | null): readonly EntryRow[] {
  const accountId = member?.accountId ?? null;
  if (kept === null || accountId === null) return [];
  return selectEntriesAfter(db, { accountId, programId: version.programId, afterSeq: kept.entrySeq });
}

/** What moved the customer on the ladder since the mark; null where the mark is of another ladder, or of other records. */
function movesSince(
  { db, member, version }: StandingReads,
  kept: LoyaltyMark | null,
  given: { readonly duplicates: () => readonly string[]; readonly entriesAfter: () => readonly EntryRow[] },
): readonly TierMove[] | null {
  const { tiers } = version.programme;
  if (tiers === null || member === null || kept === null || kept.tier === null) return null;
  const isSame =
    kept.versionId === version.versionId && JSON.stringify(kept.duplicates) === JSON.stringify(given.duplicates());
  if (!isSame) return null;
  const nothing = () => [];
  if (tiers.mode === 'EARNED_IN_PERIOD' && tiers.measure !== 'points') {
    const sales = selectSaleMovesAfter(db, { customerId: member.customerId, afterSeq: kept.saleSeq });
    return sales === null ? null : movesOf(tiers, { sales: () => sales, entries: nothing, elsewhere: nothing });
  }
  // What a merged record gives back is booked on its own account.
  if (tiers.mode === 'EARNED_IN_PERIOD' && given.duplicates().length > 0) return null;
  return movesOf(tiers, { sales: nothing, entries: given.entriesAfter, elsewhere: nothing });
}
