import { mustHave } from '#shop/must.ts';
import { FRIEND_EVENT, purchaseMinimumOf, rulesForEvent } from '#shop/points/event-earning.ts';
import type { LedgerEntry } from '#shop/points/ledger-entry.ts';
import { offsetExpiry } from '#shop/points/offset-expiry.ts';
import { isFitReferral } from '#shop/points/referral.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { CommandScope, SystemScope } from '../command-scope.ts';
import type { ReadableDb } from '../db/database.ts';
import { type Member, selectHolder } from '../points/accounts-store.ts';
import { selectEntries } from '../points/entries-store.ts';
import { type AwardOfSale, selectAwardsOfSale } from '../points/event-awards-store.ts';
import { appendEntry } from '../points/ledger-store.ts';
import { selectLiveProgrammes, selectProgrammeVersion, type StoredVersion } from '../points/programmes-store.ts';
import {
  insertReferral,
  selectHasReferralPurchase,
  selectReferralPurchasesOf,
  selectReferrerOf,
  selectReferrerOfPerson,
  selectRemainingSpend,
  upsertReferralPurchase,
} from '../points/referrals-store.ts';
import { awardEvent, settleTierOf } from './award-event.ts';
import { followMerge } from './merge-points.ts';
import { standingsOf } from './standing.ts';

/**
 * Keeps who brought a customer that is being enrolled, and gives both what the programmes give at enrolment. The referrer
 * stands for themself: a record that was merged into another is not one.
 */
export function bringFriend(scope: SystemScope, friend: Member, referrer: Member): void {
  insertReferral(scope, { friendId: friend.customerId, referrerId: referrer.customerId });
  awardBoth(scope, { friend, referrer, versions: selectLiveProgrammes(scope.db, scope.shop.merchantId) });
}

/**
 * After a sale was booked: where it is the first purchase that a friend's referral waited for, both are given what the
 * programmes give (PT4). In each programme one purchase counts, until it is taken back.
 */
export function rewardReferral(
  scope: SystemScope,
  { customerId, saleId, spendMinor }: { customerId: string; saleId: string; spendMinor: number },
): void {
  const { db, shop } = scope;
  const referrerId = selectReferrerOf(db, customerId);
  if (referrerId === null) return;
  const waiting = selectLiveProgrammes(db, shop.merchantId).flatMap((version) => {
    const minimumMinor = leastOf(version);
    const counts = minimumMinor !== null && spendMinor >= minimumMinor;
    const { programId } = version;
    return counts && !selectHasReferralPurchase(db, customerId, programId) ? [{ version, minimumMinor }] : [];
  });
  if (waiting.length === 0) return;
  const [friend, referrer] = [customerId, referrerId].map((id) => selectHolder(db, shop.merchantId, id));
  if (friend == null) return;
  const stands = friend.mergedInto ?? friend.customerId;
  if (!isFitReferral(stands, referrerId, (id) => selectReferrerOfPerson(db, id))) return;
  for (const { version, minimumMinor } of waiting) {
    upsertReferralPurchase(scope, { friendId: customerId, programId: version.programId, saleId, minimumMinor });
  }
  const versions = waiting.map(({ version }) => version);
  awardBoth(scope, { friend, referrer: referrer ?? null, versions, purchase: { saleId, spendMinor } });
}

/** The least purchase that any of a programme's rules waits for; null where none does. */
function leastOf({ programme }: StoredVersion): number | null {
  const minimums = rulesForEvent(programme, 'referral').flatMap((rule) => purchaseMinimumOf(rule) ?? []);
  return minimums.length === 0 ? null : Math.min(...minimums);
}

function awardBoth(
  scope: SystemScope,
  given: {
    readonly friend: Member;
    readonly referrer: Member | null;
    readonly versions: readonly StoredVersion[];
    readonly purchase?: { readonly saleId: string; readonly spendMinor: number };
  },
): void {
  const { friend, referrer, versions, purchase } = given;
  const occasion = purchase === undefined ? friend.customerId : `${friend.customerId}:${purchase.saleId}`;
  const countedOn = localDateOf(scope.moment.atMs, scope.shop.timeZone);
  const what = { occasion, countedOn, ...(purchase === undefined ? {} : { purchase }) };
  if (referrer?.status === 'active') awardEvent(scope, referrer, { ...what, event: 'referral' }, versions);
  if (friend.status === 'active') {
    const { db, shop } = scope;
    const holder = mustHave(selectHolder(db, shop.merchantId, friend.customerId), 'the friend');
    awardEvent(scope, holder, { ...what, event: FRIEND_EVENT }, versions);
  }
}

/**
 * After a sale was refunded or cancelled: where too little of it is left for the referral that it counted for, both give
 * back what they had for it, and the friend's next purchase counts again. Nobody falls below zero by it unless the
 * programme lets balances be negative: there is no money to keep it from.
 */
export function takeReferralBack(scope: CommandScope, saleId: string): void {
  const purchases = selectReferralPurchasesOf(scope.db, saleId);
  if (purchases.length === 0) return;
  const leftMinor = selectRemainingSpend(scope.db, saleId);
  for (const purchase of purchases) {
    if (leftMinor >= purchase.minimumMinor) continue;
    for (const award of selectAwardsOfSale(scope.db, saleId, purchase.programId)) takeAwardBack(scope, award);
    upsertReferralPurchase(scope, { ...purchase, saleId: null });
  }
}

/** What a refund that leaves `leftMinor` of a sale in goods will take back for the referral that the sale counted for. */
export function awardsToTakeBack(
  { db }: { readonly db: ReadableDb },
  saleId: string,
  leftMinor: number,
): AwardOfSale[] {
  return selectReferralPurchasesOf(db, saleId)
    .filter(({ minimumMinor }) => leftMinor < minimumMinor)
    .flatMap(({ programId }) => selectAwardsOfSale(db, saleId, programId))
    .filter(({ standingPoints }) => standingPoints > 0);
}

function takeAwardBack(scope: CommandScope, award: AwardOfSale): void {
  const { db, shop, moment } = scope;
  const { entryId: reversesId, accountId, customerId, programId, versionId, standingPoints } = award;
  if (standingPoints === 0) return;
  const version = mustHave(selectProgrammeVersion(db, shop.merchantId, versionId), 'the version of an award');
  const member = { customerId, accountId };
  const entryId = scope.newId();
  const atMs = moment.trustedAtMs;
  const taken: LedgerEntry = {
    ...{ entryId, kind: 'reverse_earn', points: -standingPoints, atMs },
    ...{ expiresAtMs: null, reversesEntryId: reversesId },
  };
  const entries = selectEntries(db, accountId).filter((entry) => entry.programId === programId);
  const offsets = offsetExpiry(entries, taken);
  const both = { member, programId, programmeVersionId: versionId };
  appendEntry(scope, { ...both, entryId, kind: 'reverse_earn', points: -standingPoints, reversesId });
  for (const { points, reversesEntryId, lotId } of offsets) {
    appendEntry(scope, {
      ...{ member, programId, kind: 'reverse_expire', points, reversesId: reversesEntryId, lotId },
      expiresAtMs: atMs,
    });
  }
  const balance = floorBalance(scope, { customerId, version, takenPoints: standingPoints, accountId });
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId,
    data: { entryId, reversesEntryId: reversesId, programId, points: -standingPoints, kind: 'reverse_earn', balance },
  });
  settleTierOf(scope, customerId, accountId, liveOf(scope, version));
  followMerge(scope, customerId);
  scope.touch('points');
}

/** Tiers are those of now. */
function liveOf({ db, shop }: CommandScope, version: StoredVersion): StoredVersion {
  return selectLiveProgrammes(db, shop.merchantId).find(({ programId }) => programId === version.programId) ?? version;
}

/**
 * Forgives what is missing where balances may not be negative, under the version of the award; returns the balance. What a
 * record has that the points went to with their owner counts too.
 */
function floorBalance(
  scope: CommandScope,
  given: {
    readonly customerId: string;
    readonly accountId: string;
    readonly version: StoredVersion;
    readonly takenPoints: number;
  },
): number {
  const { customerId, accountId, version, takenPoints } = given;
  const { mergedInto } = mustHave(selectHolder(scope.db, scope.shop.merchantId, customerId), 'whose points they were');
  const balance = balanceOf(scope, customerId, version);
  const all = balance + (mergedInto === null ? 0 : balanceOf(scope, mergedInto, version));
  const missing = Math.min(takenPoints, Math.max(0, -all));
  if (version.programme.negativeBalance === 'ALLOW_NEGATIVE' || missing === 0) return balance;
  const member = { customerId, accountId };
  const { programId } = version;
  appendEntry(scope, { member, programId, kind: 'adjust', points: missing, reason: 'FLOORED' });
  return balance + missing;
}

function balanceOf(scope: CommandScope, customerId: string, version: StoredVersion): number {
  const holder = selectHolder(scope.db, scope.shop.merchantId, customerId);
  const [standing] = standingsOf(scope, holder, [version]);
  return standing?.balance() ?? 0;
}
