import { mustHave } from '#shop/must.ts';
import type { LedgerEntry } from '#shop/points/ledger-entry.ts';
import { offsetExpiry } from '#shop/points/offset-expiry.ts';
import { returnSpent } from '#shop/points/return-spent.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectHolder } from '../points/accounts-store.ts';
import { selectEntries } from '../points/entries-store.ts';
import { appendEntry, type BookedOfSale } from '../points/ledger-store.ts';
import { selectLiveProgrammes, selectProgrammeVersion } from '../points/programmes-store.ts';
import { followMerge } from './merge-points.ts';
import { takeReferralBack } from './settle-referral.ts';
import { settleTier } from './settle-tier.ts';
import { standingsOf } from './standing.ts';

/** What of an entry of a sale goes the other way: positive points. */
export interface PointsToReverse {
  readonly entry: BookedOfSale;
  readonly points: number;
}

/** What a refund does about a balance below zero, by programme (C-10). */
export interface PointsToAdjust {
  readonly programId: string;
  readonly points: number;
  readonly reason: 'FLOORED' | 'DEDUCTED';
}

export interface SalePointsToReverse {
  readonly customerId: string;
  readonly saleId: string;
  readonly refundId: string | null;
  /** Rewards whose points go back to their lots. */
  readonly returns: readonly PointsToReverse[];
  /** Earnings that are taken back. */
  readonly reversals: readonly PointsToReverse[];
  readonly adjustments: readonly PointsToAdjust[];
  readonly reason?: string;
  /** False where the sale of the same ticket settles the tiers of both. */
  readonly settlesTiers?: boolean;
}

/**
 * Books a sale's points back and tells the customer's history: what rewards cost goes back to its lots, what was earned is
 * taken back, what the shop forgives or keeps in money is adjusted; then the tiers that follow. The sale's own rows have
 * been written. Returns the balance of the main programme.
 */
export function reverseSalePoints(scope: CommandScope, given: SalePointsToReverse): number {
  const { db, shop } = scope;
  for (const each of given.returns) returnReward(scope, given, each);
  for (const each of given.reversals) takeBack(scope, given, each);
  for (const each of given.adjustments) adjust(scope, given, each);
  takeReferralBack(scope, given.saleId);
  const settles = given.settlesTiers ?? true;
  const balance = settleAfter(scope, given.customerId, shop.merchantId, db, settles);
  followMerge(scope, given.customerId, settles);
  return balance;
}

/** Settles the tiers of a customer whose sales or points have just changed; returns the balance of the main programme. */
function settleAfter(
  scope: CommandScope,
  customerId: string,
  merchantId: string,
  db: CommandScope['db'],
  settles: boolean,
): number {
  const member = memberOf(scope, customerId);
  const standings = standingsOf(scope, member, selectLiveProgrammes(db, merchantId));
  for (const { version, moves } of standings) {
    if (!settles || version.programme.tiers === null || member.accountId === null) continue;
    settleTier(scope, { member, accountId: member.accountId, version, moves: moves() });
  }
  return standings[0]?.balance() ?? member.balance;
}

function memberOf({ db, shop }: CommandScope, customerId: string) {
  return mustHave(selectHolder(db, shop.merchantId, customerId), 'the customer of a sale');
}

function returnReward(scope: CommandScope, given: SalePointsToReverse, { entry, points }: PointsToReverse): void {
  const { shop, moment } = scope;
  const version = mustHave(
    selectProgrammeVersion(scope.db, shop.merchantId, entry.versionId ?? ''),
    'the version of a reward',
  );
  const entryId = scope.newId();
  const back = returnSpent({
    entries: entriesOf(scope, entry),
    redeemEntryId: entry.entryId,
    points,
    entryId,
    atMs: moment.trustedAtMs,
    graceDays: version.programme.refundGraceDays,
    zone: shop.timeZone,
  });
  if (back === null) return;
  book(scope, given, { entry, entryId, kind: 'reverse_redeem', points, expiresAtMs: back.entry.expiresAtMs });
}

function takeBack(scope: CommandScope, given: SalePointsToReverse, { entry, points }: PointsToReverse): void {
  if (points === 0) return;
  const entryId = scope.newId();
  const atMs = scope.moment.trustedAtMs;
  const taken: LedgerEntry = {
    entryId,
    kind: 'reverse_earn',
    points: -points,
    atMs,
    expiresAtMs: null,
    reversesEntryId: entry.entryId,
  };
  const offsets = offsetExpiry(entriesOf(scope, entry), taken);
  book(scope, given, { entry, entryId, kind: 'reverse_earn', points: -points, expiresAtMs: null });
  for (const offset of offsets) {
    appendEntry(scope, {
      member: memberOf(scope, given.customerId),
      programId: entry.programId,
      kind: 'reverse_expire',
      points: offset.points,
      reversesId: offset.reversesEntryId,
      lotId: offset.lotId,
      expiresAtMs: atMs,
      saleId: given.saleId,
      refundId: given.refundId,
    });
  }
}

function book(
  scope: CommandScope,
  given: SalePointsToReverse,
  what: {
    readonly entry: BookedOfSale;
    readonly entryId: string;
    readonly kind: 'reverse_earn' | 'reverse_redeem';
    readonly points: number;
    readonly expiresAtMs: number | null;
  },
): void {
  const { saleId, refundId, customerId, reason = '' } = given;
  const { entry, entryId, kind, points, expiresAtMs } = what;
  appendEntry(scope, {
    entryId,
    member: memberOf(scope, customerId),
    programId: entry.programId,
    kind,
    points,
    saleId,
    refundId,
    reversesId: entry.entryId,
    programmeVersionId: entry.versionId,
    expiresAtMs,
    reason,
  });
  tell(scope, given, { entryId, programId: entry.programId, points, kind });
}

function adjust(scope: CommandScope, given: SalePointsToReverse, { programId, points, reason }: PointsToAdjust): void {
  const { saleId, refundId, customerId } = given;
  const member = memberOf(scope, customerId);
  const entryId = appendEntry(scope, { member, programId, kind: 'adjust', points, saleId, refundId, reason });
  tell(scope, given, { entryId, programId, points, kind: 'adjust' });
}

function tell(
  scope: CommandScope,
  { customerId, saleId, refundId }: SalePointsToReverse,
  data: { readonly entryId: string; readonly programId: string; readonly points: number; readonly kind: string },
): void {
  const { balance } = memberOf(scope, customerId);
  scope.event({
    type: data.kind === 'reverse_redeem' ? 'customer.redeemed.loyalty_points' : 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId,
    data: { ...data, saleId, refundId, balance },
  });
  scope.touch('points');
}

function entriesOf({ db }: CommandScope, { accountId, programId }: BookedOfSale) {
  return selectEntries(db, accountId).filter((entry) => entry.programId === programId);
}
