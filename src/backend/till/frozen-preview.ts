import type { RewardedSale } from '#shop/till/price-with-rewards.ts';
import type { RedemptionDraft, SaleDraft, SalePreview } from '#shop/till/sale.ts';
import type { ReadScope } from '../context.ts';
import { hasSameRewards, isAsFrozen, loyaltyOf, pricedAsFrozen } from './sale-lines.ts';
import { selectItems, selectSale } from './sales-store.ts';
import type { KeptReward } from './taken-rewards.ts';

/** A sale whose payment has begun: as it was priced then, with the rewards that are paid for already. */
export interface FrozenPreview {
  readonly rewarded: RewardedSale;
  readonly takenRewards: SalePreview['takenRewards'];
  readonly reserved: readonly KeptReward[];
}

/** Returns the sale as its payment froze it; null where no payment has begun or the draft asks for another sale. */
export function frozenPreviewOf({ db, shop }: ReadScope, draft: SaleDraft): FrozenPreview | null {
  const sale = selectSale(db, shop.merchantId, draft.saleId);
  if (sale?.status !== 'pending') return null;
  const items = selectItems(db, draft.saleId);
  if (!isAsFrozen(draft, items) || !hasSameRewards(draft, sale)) return null;
  const reserved = loyaltyOf(sale)?.taken ?? [];
  return {
    rewarded: { priced: pricedAsFrozen(sale, items), taken: [], refused: [] },
    takenRewards: placed(reserved, draft.redemptions),
    reserved,
  };
}

/** The rewards with their places in the draft, which were all taken; the same one twice stands in both of its places. */
function placed(
  reserved: readonly KeptReward[],
  redemptions: readonly RedemptionDraft[],
): { place: number; points: number; amountMinor: number }[] {
  const taken = new Set<number>();
  return reserved.map(({ programId, rewardId, points, amountMinor }) => {
    const place = redemptions.findIndex(
      (each, index) => !taken.has(index) && each.programId === programId && each.rewardId === rewardId,
    );
    taken.add(place);
    return { place, points, amountMinor };
  });
}
