import { type Refusal, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadableDb } from '../db/database.ts';
import { type RedemptionToBook, reserveRedemptions } from '../ledger/book-sale-points.ts';
import { reverseSalePoints } from '../ledger/reverse-sale-points.ts';
import { type Standing, standingsOf } from '../ledger/standing.ts';
import type { Member } from '../points/accounts-store.ts';
import { selectBookedOfSale, selectRedeemIdsOfSale } from '../points/ledger-store.ts';
import type { StoredSale } from './sales-store.ts';
import type { KeptReward } from './taken-rewards.ts';

/**
 * The rewards of a sale that are not paid for: nothing was begun, a declined tender gave their points back, or they wait for
 * points that come with the goods of an exchange.
 */
export function openRewardsOf(
  { db }: { readonly db: ReadableDb },
  saleId: string,
  kept: readonly KeptReward[],
): readonly KeptReward[] {
  if (kept.length === 0) return kept;
  const paid = new Set(selectBookedOfSale(db, saleId).map(({ offerId }) => offerId));
  return kept.filter(({ entryId }) => !paid.has(entryId));
}

/** The first of these rewards that the customer's points no longer reach, with the refusal 'points-short'; null for none. */
export function firstShort(
  open: readonly KeptReward[],
  standings: readonly Standing[],
): { readonly reward: KeptReward; readonly refusal: Refusal } | null {
  const left = new Map<string, number>();
  for (const reward of open) {
    const standing = standings.find(({ version }) => version.programId === reward.programId);
    const have = left.get(reward.programId) ?? standing?.spendablePoints() ?? 0;
    if (have < reward.points) return { reward, refusal: refuse('points-short', { needed: reward.points, have }) };
    left.set(reward.programId, have - reward.points);
  }
  return null;
}

/** The entries that pay for these rewards: a reward whose first entry was given back is paid for by one of its own. */
export function toBook(scope: CommandScope, saleId: string, open: readonly KeptReward[]): RedemptionToBook[] {
  const used = new Set(open.length === 0 ? [] : selectRedeemIdsOfSale(scope.db, saleId));
  return open.map((reward) =>
    used.has(reward.entryId) ? { ...reward, entryId: scope.newId(), offerId: reward.entryId } : reward,
  );
}

/**
 * Pays for the open rewards of a sale whose payment begins, so that nobody else can use those points meanwhile; in an
 * exchange as many as can be paid before its goods bring points back: the others are when it is settled. Refuses
 * 'points-short' where they cannot be had at all, also not with what the goods bring.
 */
export function reserveRewards(
  scope: CommandScope,
  given: {
    readonly saleId: string;
    readonly member: Member | null;
    readonly open: readonly KeptReward[];
    /** After what comes back in the same ticket. */
    readonly standings: readonly Standing[];
  },
): Refusal | null {
  const { saleId, member, open, standings } = given;
  if (member === null || open.length === 0) return null;
  const short = firstShort(open, standings);
  if (short !== null) return short.refusal;
  const now = standingsOf(
    scope,
    member,
    standings.map(({ version }) => version),
  );
  const later = firstShort(open, now)?.reward;
  const payable = later === undefined ? open : open.slice(0, open.indexOf(later));
  const redemptions = toBook(scope, saleId, payable);
  const { trustedAtMs } = scope.moment;
  reserveRedemptions(scope, { member, saleId, redemptions, trustedAtMs }, now);
  return null;
}

/** Gives the points of a pending sale's rewards back to their lots at once: its tender was declined (C-35). */
export function giveRewardsBack(scope: CommandScope, { saleId, customerId }: StoredSale): void {
  if (customerId === null) return;
  const returns = selectBookedOfSale(scope.db, saleId)
    .filter(({ kind }) => kind === 'redeem')
    .map((entry) => ({ entry, points: -(entry.points - entry.reversedPoints) }));
  if (returns.length === 0) return;
  reverseSalePoints(scope, {
    ...{ customerId, saleId, refundId: null, returns, reversals: [], adjustments: [] },
    reason: 'declined',
  });
  scope.touch('customers');
}
