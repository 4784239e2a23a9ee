import type { CashRounding } from '#shop/money/cash-rounding.ts';
import type { SoldItem } from '#shop/till/earning-sale.ts';
import type { RewardedSale } from '#shop/till/price-with-rewards.ts';
import type { RedemptionDraft, SaleDraft, SalePreview, TaxMode } from '#shop/till/sale.ts';
import type { ReadScope } from '../context.ts';
import type { Standing } from '../ledger/standing.ts';
import { type KeptValue, keptValueOf } from '../value/kept-value.ts';
import { firstShort, openRewardsOf } from './reserve-rewards.ts';
import { cashRoundingOf, isStillAsked, loyaltyOf, pricedAsFrozen, soldItemsOf } from './sale-lines.ts';
import { selectItems, selectSale } from './sales-store.ts';
import type { KeptReward } from './taken-rewards.ts';

/** A sale whose payment has begun: as it was priced then, with its rewards. */
export interface FrozenPreview {
  readonly rewarded: RewardedSale;
  readonly takenRewards: SalePreview['takenRewards'];
  readonly taxMode: TaxMode;
  readonly cashRounding: CashRounding;
  /** The lines as earning reads them. */
  readonly soldItems: readonly SoldItem[];
  /** Rewards that are paid for, and those that the next tender pays for. */
  readonly reserved: readonly KeptReward[];
  readonly open: readonly KeptReward[];
  /** What it uses and sells of value; null where it is nothing. */
  readonly value: KeptValue | null;
}

/** Returns the sale as its payment froze it; null where no payment has begun or the draft asks for another sale. */
export function frozenPreviewOf(
  scope: ReadScope,
  draft: SaleDraft,
  standings: readonly Standing[],
): FrozenPreview | null {
  const { db, env, shop } = scope;
  const sale = selectSale(db, shop.merchantId, draft.saleId);
  if (sale?.status !== 'pending') return null;
  const items = selectItems(db, draft.saleId);
  if (!isStillAsked(draft, sale, items)) return null;
  const kept = loyaltyOf(sale)?.taken ?? [];
  const open = openRewardsOf(scope, draft.saleId, kept);
  const places = placesOf(kept, draft.redemptions);
  const short = firstShort(open, standings);
  const refused = short === null ? [] : [{ place: places[kept.indexOf(short.reward)] ?? 0, refusal: short.refusal }];
  return {
    rewarded: { priced: pricedAsFrozen(sale, items), taken: [], refused },
    takenRewards: kept.map(({ points, amountMinor }, index) => ({ place: places[index] ?? 0, points, amountMinor })),
    taxMode: sale.taxMode,
    cashRounding: cashRoundingOf(sale) ?? env.settings().cashRounding,
    soldItems: soldItemsOf(items),
    reserved: kept.filter((reward) => !open.includes(reward)),
    open,
    value: keptValueOf(sale),
  };
}

/** The places of the rewards in the draft, which were all taken; the same one twice stands in both of its places. */
function placesOf(kept: readonly KeptReward[], redemptions: readonly RedemptionDraft[]): number[] {
  const taken = new Set<number>();
  return kept.map(({ programId, rewardId }) => {
    const place = redemptions.findIndex(
      (each, index) => !taken.has(index) && each.programId === programId && each.rewardId === rewardId,
    );
    taken.add(place);
    return place;
  });
}
