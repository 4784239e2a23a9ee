import { decidePassUses, type DecidedPassUse } from '#shop/till/passes-on-sale.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import { priceWithRewards, type RewardedSale } from '#shop/till/price-with-rewards.ts';
import type { PricedSale, SaleDraft } from '#shop/till/sale.ts';
import { sumOf } from '#shop/money/money.ts';
import type { Refusal } from '#shop/refusal.ts';
import type { Standing } from '../ledger/standing.ts';
import type { KeptPassUse, KeptValue } from '../value/kept-value.ts';
import type { Leaving } from '../value/leaving.ts';
import { outcomeOf, readSaleVouchers, type SaleVoucherOutcome, type SaleVouchers } from '../value/sale-vouchers.ts';
import { readAskedPasses } from '../value/take-pass.ts';
import type { FactsScope } from '../value/voucher-facts.ts';
import { rewardsGivenOf } from './taken-rewards.ts';

/** A sale priced with everything that was asked for and what applies by itself. */
export interface ValuedSale {
  readonly rewarded: RewardedSale;
  readonly vouchers: SaleVouchers;
  readonly outcome: SaleVoucherOutcome;
  readonly passUses: readonly DecidedPassUse[];
}

/**
 * Prices a sale with vouchers, promotions and rewards together, and says which units of passes pay it: preview and commit
 * call the same (LOYALTY.md 1). What cannot be had is in the answer with its reason; refuses the sale as priceWithRewards.
 */
export function priceWithValue(
  scope: FactsScope,
  draft: SaleDraft,
  policy: PricingPolicy,
  standings: readonly Standing[],
  leaving: Leaving,
): ValuedSale | Refusal {
  const vouchers = readSaleVouchers(scope, draft, { leaving });
  const given = { ...rewardsGivenOf(standings, draft.redemptions), offers: vouchers.onSale.offers };
  const rewarded = priceWithRewards(draft, policy, given);
  if ('reason' in rewarded) return rewarded;
  const { priced } = rewarded;
  const passUses = passUsesOf(scope, draft, priced, leaving);
  return { rewarded, vouchers, outcome: outcomeOf(vouchers, priced), passUses };
}

function passUsesOf(scope: FactsScope, draft: SaleDraft, priced: PricedSale, leaving: Leaving): DecidedPassUse[] {
  const asked = draft.passUses ?? [];
  if (asked.length === 0) return [];
  const passes = readAskedPasses(scope, draft.saleId, asked, leaving);
  const occasion = { atMs: scope.moment.trustedAtMs, customerId: draft.customerId };
  return decidePassUses(asked, passes, { lines: draft.lines, priced }, occasion);
}

/** The units that pay, as the sale keeps them. */
export function keptPassUses(passUses: readonly DecidedPassUse[]): KeptPassUse[] {
  return passUses
    .filter(({ refusal }) => refusal === null)
    .map(({ passId, lineId, units, amountMinor }) => ({ passId, lineId, units, amountMinor }));
}

/** What passes pay of a sale, minor units. */
export function passMinorOf(uses: readonly { readonly amountMinor: number }[]): number {
  return sumOf(uses.map(({ amountMinor }) => amountMinor));
}

/** What a sale keeps of value, or null where it uses and sells nothing. */
export function keptOf(
  { vouchers = [], passUses = [] }: Pick<SaleDraft, 'vouchers' | 'passUses'>,
  { redemptions, passes, sold }: Omit<KeptValue, 'asked'>,
): KeptValue | null {
  const isEmpty = vouchers.length + passUses.length + redemptions.length + passes.length + sold.length === 0;
  return isEmpty ? null : { asked: { vouchers, passUses }, redemptions, passes, sold };
}
