import type { Position } from '#shop/points/lots.ts';
import type { TierMove, TierStanding } from '#shop/points/tiers.ts';
import type { Moment } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import type { ReadableDb } from '../db/database.ts';
import type { Member } from '../points/accounts-store.ts';
import {
  type EntryRow,
  type SaleMoveRow,
  selectEarnedOfDuplicates,
  selectEntries,
  selectProgrammeBalances,
  selectSaleMoves,
} from '../points/entries-store.ts';
import { type LoyaltyMark, selectMarks } from '../points/marks-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';
import { markedStanding } from './marked-standing.ts';
import { type EarnedElsewhere, movesOf } from './moves.ts';
import { once } from './once.ts';

/** What queries and commands both have of the world. */
export interface PointsScope {
  readonly db: ReadableDb;
  readonly shop: ShopIdentity;
  readonly moment: Moment;
}

/**
 * Where a customer stands in a programme now. Everything is read when it is first asked for, so that a sale under a plain
 * programme reads no history. Without a customer everything is empty: what somebody new would get.
 */
export interface Standing {
  readonly member: Member | null;
  readonly version: StoredVersion;
  readonly entries: () => readonly EntryRow[];
  readonly position: () => Position;
  /** What counts now: ended points do not, waiting ones do. */
  readonly balance: () => number;
  readonly spendablePoints: () => number;
  readonly moves: () => readonly TierMove[];
  /** Null where the programme has no tiers. */
  readonly tier: () => TierStanding | null;
  /** The tier as of an instant after more moves than are recorded, such as a sale that is being decided. */
  readonly tierAfter: (moves: readonly TierMove[], asOfMs: number) => TierStanding | null;
  /** The same from what has been read already; null where that is not enough. Reads nothing that was written since. */
  readonly tierAfterKnown: (moves: readonly TierMove[], asOfMs: number) => TierStanding | null;
  /** How many rows of history had to be read for the sums and the tier. */
  readonly rowsRead: () => number;
  /** The mark of what is recorded now. */
  readonly mark: () => LoyaltyMark;
}

/** What is decided in the same command and not booked yet: a refund before the sale of its ticket. */
export interface ToCome {
  /** The entries of the customer in a programme with those to come. */
  readonly entriesOf: (version: StoredVersion, booked: readonly EntryRow[]) => readonly EntryRow[];
  readonly sales: readonly SaleMoveRow[];
  /** What a merged record of the customer earned and gives back. */
  readonly earnedElsewhere: readonly EarnedElsewhere[];
}

/** Returns where a customer (null: nobody yet) stands in each of the programmes as of now, and after what is to come. */
export function standingsOf(
  scope: PointsScope,
  member: Member | null,
  versions: readonly StoredVersion[],
  toCome: ToCome | null = null,
): readonly Standing[] {
  const { db, shop, moment } = scope;
  const accountId = member?.accountId ?? null;
  const nowMs = moment.trustedAtMs;
  const allEntries = once(() => (accountId === null ? [] : selectEntries(db, accountId)));
  const marks = once(() => (accountId === null ? [] : selectMarks(db, accountId)));
  const balances = once(() => (accountId === null ? [] : selectProgrammeBalances(db, accountId)));
  const sales = once(() =>
    member === null ? [] : [...selectSaleMoves(db, member.customerId), ...(toCome?.sales ?? [])],
  );
  const earnedElsewhere = once(() =>
    member === null ? [] : [...selectEarnedOfDuplicates(db, member.customerId), ...(toCome?.earnedElsewhere ?? [])],
  );
  return versions.map((version): Standing => {
    const { programId, programme } = version;
    const { tiers } = programme;
    const entries = once(() => {
      const booked = allEntries().filter((entry) => entry.programId === programId);
      return toCome === null ? booked : toCome.entriesOf(version, booked);
    });
    const elsewhere = () => earnedElsewhere().filter((entry) => entry.programId === programId);
    const sum = () => balances().find((each) => each.programId === programId);
    const hasLotTerms = () => (sum()?.hasLotTerms ?? 0) === 1;
    const isPlain = () => toCome === null && !hasLotTerms();
    const moves = once((): readonly TierMove[] =>
      tiers === null ? [] : movesOf(tiers, { sales, entries, elsewhere }),
    );
    const kept = () => (toCome === null ? (marks().find((mark) => mark.programId === programId) ?? null) : null);
    const reads = { db, member, version, nowMs, zone: shop.timeZone, kept, hasLotTerms, entries, moves };
    const { position, sums, tierAfter, tierAfterKnown, rowsRead, mark } = markedStanding(reads);
    return {
      member,
      version,
      entries,
      position,
      balance: () => (isPlain() ? (sum()?.balance ?? 0) : sums().balance),
      spendablePoints: () => (isPlain() ? (sum()?.balance ?? 0) : sums().spendablePoints),
      moves,
      tier: once(() => tierAfter([], nowMs)),
      tierAfter,
      tierAfterKnown,
      rowsRead,
      mark,
    };
  });
}
