import { mustHave } from '#shop/must.ts';
import { sumOf } from '#shop/money/money.ts';
import { entriesAfterRefund } from '#shop/points/entries-after-refund.ts';
import type { LedgerEntry } from '#shop/points/ledger-entry.ts';
import { foldLots } from '#shop/points/lots.ts';
import { transferAll } from '#shop/points/transfer-lots.ts';
import { type Holder, type Member, selectHolder } from '../points/accounts-store.ts';
import { type EntryRow, selectEntries } from '../points/entries-store.ts';
import type { BookedOfSale } from '../points/ledger-store.ts';
import { selectProgrammeVersion, type StoredVersion } from '../points/programmes-store.ts';
import { selectRemainingSpend } from '../points/referrals-store.ts';
import type { SalePointsToReverse } from './reverse-sale-points.ts';
import { awardsToTakeBack } from './settle-referral.ts';
import { type PointsScope, type Standing, standingsOf, type ToCome } from './standing.ts';

/** A refund that has been decided and is booked in the same command, before the sale of its ticket. */
export interface RefundToCome {
  readonly saleId: string;
  /** Whose sale it was; null for nobody. */
  readonly customerId: string | null;
  readonly points: Pick<SalePointsToReverse, 'returns' | 'reversals' | 'adjustments'>;
  /** What a ladder by spend loses, negative. */
  readonly spendMinor: number;
  /** Nothing of the sale remains: the visit goes with it. */
  readonly isComplete: boolean;
}

/**
 * Returns where a customer stands once a refund has been booked, so that a ticket is a refund and then a sale: what it gives
 * back can be spent in it, what it takes cannot (T9). All is read at once, before anything of the ticket is written.
 */
export function standingsAfterRefund(
  scope: PointsScope,
  member: Member | null,
  versions: readonly StoredVersion[],
  refund: RefundToCome,
): readonly Standing[] {
  const owner = ownerOf(scope, refund);
  if (member === null || owner === null || !isSamePerson(owner, member)) return standingsOf(scope, member, versions);
  const isOwn = owner.customerId === member.customerId;
  const atMs = scope.moment.trustedAtMs;
  const { saleId, spendMinor, isComplete, points } = refund;
  const toCome: ToCome = {
    entriesOf: (version, booked) =>
      isOwn
        ? withRefund(scope, booked, version, { ...refund, accountId: owner.accountId })
        : [...booked, ...arriving(scope, version, { ...refund, accountId: owner.accountId })],
    sales: [{ atMs, saleId, spendMinor, visits: isComplete ? -1 : 0 }],
    earnedElsewhere: isOwn
      ? []
      : points.reversals.map(({ entry, points: taken }) => ({
          programId: entry.programId,
          atMs,
          saleId,
          points: -taken,
        })),
  };
  const standings = standingsOf(scope, member, versions, toCome);
  for (const { balance, moves } of standings) {
    balance();
    moves();
  }
  return standings;
}

/** Whether the points of a refund reach the customer of the sale: they are its own, or of a record merged into theirs. */
export function reaches(scope: PointsScope, refund: Pick<RefundToCome, 'customerId'>, member: Member | null): boolean {
  const owner = ownerOf(scope, refund);
  return member !== null && owner !== null && isSamePerson(owner, member);
}

function ownerOf({ db, shop }: PointsScope, { customerId }: Pick<RefundToCome, 'customerId'>): Holder | null {
  return customerId === null ? null : selectHolder(db, shop.merchantId, customerId);
}

function isSamePerson(owner: Holder, member: Member): boolean {
  return owner.customerId === member.customerId || owner.mergedInto === member.customerId;
}

type RefundOfAccount = RefundToCome & { readonly accountId: string | null };

function withRefund(
  scope: PointsScope,
  booked: readonly EntryRow[],
  version: StoredVersion,
  refund: RefundOfAccount,
): readonly EntryRow[] {
  const { shop, moment } = scope;
  const { programId } = version;
  const { points, saleId } = refund;
  const isHere = ({ entry }: { readonly entry: BookedOfSale }): boolean => entry.programId === programId;
  const after = entriesAfterRefund(
    booked,
    {
      returns: points.returns.filter(isHere).map(({ entry, points: back }) => ({
        redeemEntryId: entry.entryId,
        points: back,
        graceDays: graceOf(scope, entry),
      })),
      reversals: points.reversals
        .filter(isHere)
        .map(({ entry, points: taken }) => ({ earnEntryId: entry.entryId, points: taken })),
      adjustPoints: sumOf(points.adjustments.filter((each) => each.programId === programId).map((each) => each.points)),
    },
    { atMs: moment.trustedAtMs, zone: shop.timeZone },
  );
  const settled = withoutReferral(scope, after, version, refund);
  return [...booked, ...settled.slice(booked.length).map((entry) => rowOf(entry, programId, saleId))];
}

/** What the sale had brought its buyer as somebody's friend goes with it, down to zero where balances end there (PT4). */
function withoutReferral(
  scope: PointsScope,
  entries: readonly LedgerEntry[],
  { programId, programme }: StoredVersion,
  { saleId, spendMinor, accountId }: RefundOfAccount,
): readonly LedgerEntry[] {
  const atMs = scope.moment.trustedAtMs;
  const awards = awardsToTakeBack(scope, saleId, selectRemainingSpend(scope.db, saleId) + spendMinor);
  let after = entries;
  for (const award of awards.filter((each) => each.accountId === accountId && each.programId === programId)) {
    const { entryId: earnEntryId, standingPoints } = award;
    const take = (adjustPoints: number): readonly LedgerEntry[] =>
      entriesAfterRefund(
        after,
        { returns: [], reversals: [{ earnEntryId, points: standingPoints }], adjustPoints },
        { atMs, zone: scope.shop.timeZone },
      );
    const missing = Math.min(standingPoints, Math.max(0, -foldLots(take(0), atMs).balance));
    after = take(programme.negativeBalance === 'ALLOW_NEGATIVE' ? 0 : missing);
  }
  return after;
}

function graceOf({ db, shop }: PointsScope, { versionId }: BookedOfSale): number {
  const version = selectProgrammeVersion(db, shop.merchantId, versionId ?? '');
  return mustHave(version, 'the version of a reward').programme.refundGraceDays;
}

/** What the record that was merged into the customer's has after the refund arrives in their account, lot by lot (C-48). */
function arriving(scope: PointsScope, version: StoredVersion, refund: RefundOfAccount): EntryRow[] {
  const { programId } = version;
  const atMs = scope.moment.trustedAtMs;
  const own = refund.accountId === null ? [] : selectEntries(scope.db, refund.accountId);
  const booked = own.filter((entry) => entry.programId === programId);
  const left = foldLots(withRefund(scope, booked, version, refund), atMs);
  return transferAll(left).map(({ points, expiresAtMs, ripensAtMs }, index) => {
    const terms = { points, expiresAtMs, ripensAtMs, reversesEntryId: null };
    return rowOf({ ...terms, kind: 'merge', entryId: `arriving:${index}`, atMs }, programId, null);
  });
}

function rowOf(entry: LedgerEntry, programId: string, saleId: string | null): EntryRow {
  return { ...entry, programId, saidAtMs: entry.atMs, saleId, parts: '[]' };
}
