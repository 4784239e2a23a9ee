import type { RewardsGiven, TakenReward } from '#shop/till/price-with-rewards.ts';
import type { PricedSale, RedemptionDraft } from '#shop/till/sale.ts';
import { mustHave } from '#shop/must.ts';
import type { Standing } from '../ledger/standing.ts';
import type { SaleDiscountRow } from './sale-rows-store.ts';

/** A reward that a sale takes, as it is kept with the sale: entryId is its entry in the ledger. */
export interface KeptReward {
  readonly entryId: string;
  readonly programId: string;
  readonly versionId: string;
  readonly rewardId: string;
  readonly name: string;
  readonly points: number;
  readonly amountMinor: number;
}

/** What a sale keeps of the rewards that were asked for and taken. */
export interface SaleLoyalty {
  readonly redemptions: readonly RedemptionDraft[];
  readonly taken: readonly KeptReward[];
}

/** What pricing reads of the programmes whose rewards are asked for; of the others nothing is read. */
export function rewardsGivenOf(
  standings: readonly Standing[],
  redemptions: readonly { readonly programId: string }[],
): RewardsGiven {
  const asked = new Set(redemptions.map(({ programId }) => programId));
  const programmes = standings
    .filter(({ version }) => asked.has(version.programId))
    .map(({ version, spendablePoints, tier }) => ({
      programId: version.programId,
      rewards: version.programme.rewards,
      spendablePoints: spendablePoints(),
      tierId: tier()?.tierId ?? null,
    }));
  return { offers: [], programmes };
}

/** Gives each reward that is taken the id of its entry, and its name for ever. */
export function keptRewardsOf(
  taken: readonly TakenReward[],
  standings: readonly Standing[],
  newId: () => string,
): KeptReward[] {
  return taken.map(({ redemption, amountMinor }) => {
    const { programId, rewardId, points } = redemption;
    const standing = standings.find(({ version }) => version.programId === programId);
    const { version } = mustHave(standing, 'the programme of a reward');
    const name = version.programme.rewards.find((reward) => reward.rewardId === rewardId)?.name ?? '';
    return { entryId: newId(), programId, versionId: version.versionId, rewardId, name, points, amountMinor };
  });
}

/** What each offer and the points took off each line: a reward is named by its entry, so that a refund finds it. */
export function discountRowsOf(
  sale: { readonly merchantId: string; readonly saleId: string; readonly priced: PricedSale },
  taken: readonly TakenReward[],
  kept: readonly KeptReward[],
): SaleDiscountRow[] {
  const { merchantId, saleId, priced } = sale;
  const entries = new Map(taken.map(({ redemption }, index) => [redemption.offer?.offerId, kept[index]?.entryId]));
  const ofPoints = kept[taken.findIndex(({ redemption }) => redemption.pointsOff !== null)];
  const offers = priced.offers.map(({ offerId, source, sourceId, shares }) => ({
    offerId: entries.get(offerId) ?? offerId,
    source,
    sourceId,
    shares,
  }));
  const points =
    priced.pointsOff === null || ofPoints === undefined
      ? []
      : [
          {
            offerId: ofPoints.entryId,
            source: 'points' as const,
            sourceId: ofPoints.rewardId,
            shares: priced.pointsOff.shares,
          },
        ];
  return [...offers, ...points].flatMap(({ offerId, source, sourceId, shares }) =>
    shares
      .filter(({ amountMinor }) => amountMinor > 0)
      .map(({ lineId, amountMinor }) => ({
        transactionId: saleId,
        transactionItemId: lineId,
        offerId,
        merchantId,
        source,
        sourceId,
        amountMinor,
      })),
  );
}
