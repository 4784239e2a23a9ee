import { foldLots, type Position } from '#shop/points/lots.ts';
import type { Tiers } from '#shop/points/programme-tiers.ts';
import { foldTier, type TierMove, type TierStanding } from '#shop/points/tiers.ts';
import type { Moment } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import type { ReadableDb } from '../db/database.ts';
import type { Member } from '../points/accounts-store.ts';
import {
  type EntryRow,
  selectEarnedOfDuplicates,
  selectEntries,
  selectProgrammeBalances,
  selectSaleMoves,
} from '../points/entries-store.ts';
import type { StoredVersion } from '../points/programmes-store.ts';

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
}

/** Returns where a customer (null: nobody yet) stands in each of the programmes as of now. */
export function standingsOf(
  scope: PointsScope,
  member: Member | null,
  versions: readonly StoredVersion[],
): readonly Standing[] {
  const { db, shop, moment } = scope;
  const accountId = member?.accountId ?? null;
  const nowMs = moment.trustedAtMs;
  const allEntries = once(() => (accountId === null ? [] : selectEntries(db, accountId)));
  const balances = once(() => (accountId === null ? [] : selectProgrammeBalances(db, accountId)));
  const sales = once(() => (member === null ? [] : selectSaleMoves(db, member.customerId)));
  const earnedElsewhere = once(() => (member === null ? [] : selectEarnedOfDuplicates(db, member.customerId)));
  return versions.map((version): Standing => {
    const { programId, programme } = version;
    const { tiers } = programme;
    const entries = once(() => allEntries().filter((entry) => entry.programId === programId));
    const elsewhere = () => earnedElsewhere().filter((entry) => entry.programId === programId);
    const position = once(() => foldLots(entries(), nowMs));
    const sum = () => balances().find((each) => each.programId === programId);
    const isPlain = () => (sum()?.hasLotTerms ?? 0) === 0;
    const moves = once(() => (tiers === null ? [] : movesOf(tiers, sales, entries, elsewhere)));
    return {
      member,
      version,
      entries,
      position,
      balance: () => (isPlain() ? (sum()?.balance ?? 0) : position().balance),
      spendablePoints: () => (isPlain() ? (sum()?.balance ?? 0) : position().spendablePoints),
      moves,
      tier: once(() => (tiers === null ? null : foldTier(tiers, moves(), nowMs, shop.timeZone))),
    };
  });
}

/** What moved the customer on this ladder: only what it measures is read. One sale at one instant is one move. */
function movesOf(
  tiers: Tiers,
  sales: () => readonly { atMs: number; saleId: string; spendMinor: number; visits: number }[],
  entries: () => readonly EntryRow[],
  elsewhere: () => readonly Pick<EntryRow, 'atMs' | 'saleId' | 'points'>[],
): TierMove[] {
  const moves = new Map<string, TierMove>();
  const add = (move: TierMove): void => {
    const key = `${move.atMs} ${move.saleId}`;
    const known = moves.get(key);
    moves.set(key, merged(known, move));
  };
  if (tiers.mode === 'EARNED_IN_PERIOD' && tiers.measure !== 'points') {
    for (const sale of sales()) add({ ...sale, earnedPoints: 0, balancePoints: 0 });
  } else {
    for (const { atMs, saleId, kind, points } of entries()) {
      const earnedPoints = kind === 'earn' || kind === 'reverse_earn' ? points : 0;
      add({ atMs, saleId, spendMinor: 0, visits: 0, earnedPoints, balancePoints: points });
    }
    // What a merge moved stands in the balance already; that it was earned is known where it was.
    for (const { atMs, saleId, points } of elsewhere()) {
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

/** Runs a read when its result is first wanted, and only then. */
function once<T>(read: () => T): () => T {
  let held: { readonly value: T } | null = null;
  return () => {
    held ??= { value: read() };
    return held.value;
  };
}
