import type { CashRounding } from '../money/cash-rounding.ts';
import type { TracedStep } from '../money/trace.ts';
import type { ItemFilter } from '../offers/item-filter.ts';
import type { AppliedOffer, LineShare, SkippedOffer } from '../offers/offer.ts';
import type { PointsPreview } from '../points/points-preview.ts';

import type { RefusalFacts, RefusalReason } from '../refusal.ts';
import type { StoredValueKind } from './stored-value.ts';
import type { LineSells, PassUseDraft, ValuePreview, VoucherDraft } from './value-on-sale.ts';

export type { TaxMode } from '../money/tax.ts';
export type { TracedStep } from '../money/trace.ts';
export type { PointsPreview } from '../points/points-preview.ts';

/** A discount given by hand: a rate in basis points (1000 = 10 %) or an amount in minor units. */
export type ManualDiscount =
  | { readonly kind: 'percent'; readonly rateBasisPoints: number }
  | { readonly kind: 'amount'; readonly amountMinor: number };

/** One line as rung up. `quantityThousandths`: 1000 = one piece or one unit of weight. */
export interface SaleLineDraft {
  readonly lineId: string;
  readonly productId: string | null;
  readonly name: string;
  readonly unitPriceMinor: number;
  readonly quantityThousandths: number;
  readonly taxRateId: string;
  readonly categoryId: string | null;
  readonly discount: ManualDiscount | null;
  readonly note: string;
  /** The catalogue says so, never a till: sells credit, a gift card or the like (C-38). */
  readonly isStoredValue?: boolean;
  /** The tags of its product, as the catalogue has them. */
  readonly tags?: readonly string[];
  /** What of it; of a product the catalogue says so. */
  readonly sells?: LineSells | undefined;
}

/** How the customer of a sale was found. */
type CustomerIdentifiedBy = 'scan' | 'search' | 'enrol';

/** A reward that the customer takes with this sale: points for a rate, a line or a product where the reward has a choice. */
export interface RedemptionDraft {
  readonly programId: string;
  readonly rewardId: string;
  readonly points: number | null;
  readonly choice: string | null;
}

/** Goods of one completed sale that come back for the sale being rung up: one ticket, only the difference is paid (T9). */
export interface ExchangeDraft {
  readonly saleId: string;
  readonly lines: readonly { readonly lineId: string; readonly quantityThousandths: number }[];
  readonly reason: string;
}

/** A sale before it is paid: what the till holds, saves and prices. Lines stand in the order of scanning. */
export interface SaleDraft {
  readonly saleId: string;
  readonly customerId: string | null;
  readonly customerIdentifiedBy: CustomerIdentifiedBy | null;
  readonly customerIdentifiedAtMs: number | null;
  readonly lines: readonly SaleLineDraft[];
  readonly discount: ManualDiscount | null;
  readonly redemptions: readonly RedemptionDraft[];
  /** Left out of a plain sale. */
  readonly exchange?: ExchangeDraft | undefined;
  /** Vouchers and units of passes that were asked for; left out where there are none. */
  readonly vouchers?: readonly VoucherDraft[] | undefined;
  readonly passUses?: readonly PassUseDraft[] | undefined;
  readonly label: string;
  readonly note: string;
}

/**
 * A line with its shares of everything taken off, frozen for ever: refunds, earning and reports read them.
 * netMinor = grossMinor - lineDiscountMinor - saleDiscountShareMinor - offerShareMinor - pointsShareMinor: what is due for
 * it before exclusive tax.
 * payableMinor = netMinor where prices include tax, netMinor + taxMinor where they do not.
 */
export interface PricedLine {
  readonly lineId: string;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  /** Its share of the discount given by hand on the whole sale. */
  readonly saleDiscountShareMinor: number;
  /** Its share of all offers. */
  readonly offerShareMinor: number;
  /** Its share of the points used as money. */
  readonly pointsShareMinor: number;
  /** What of the above was taken off the order as a whole, by hand or by an offer; points are not in it. */
  readonly orderDiscountShareMinor: number;
  /** Units that an offer made free. */
  readonly freeThousandths: number;
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly taxRateId: string;
  readonly payableMinor: number;
}

/** Tax of one rate on a sale. baseMinor is the amount without the tax, in both tax modes. */
export interface TaxOfRate {
  readonly taxRateId: string;
  readonly name: string;
  readonly rateBasisPoints: number;
  readonly baseMinor: number;
  readonly taxMinor: number;
}

/** Points that pay a part of a sale: amountMinor is what is asked for, and never more than is left is taken. */
export interface PointsOff {
  readonly programId: string;
  readonly rewardId: string;
  readonly points: number;
  readonly amountMinor: number;
  /** The items that points may pay; every item without it. */
  readonly filter?: ItemFilter;
}

/** What points took off; amountMinor is the sum of the shares and may be less than was asked for. */
export interface AppliedPointsOff {
  readonly programId: string;
  readonly rewardId: string;
  readonly points: number;
  readonly amountMinor: number;
  readonly shares: readonly LineShare[];
}

/**
 * A sale with every number that follows from its draft and the policy.
 * totalMinor = subtotalMinor - discountMinor (+ taxMinor where prices exclude tax) = sum of payableMinor of the lines.
 * subtotalMinor is the sum of the gross; discountMinor is all that was taken off, manualDiscountMinor the part by hand;
 * itemCount counts pieces (a weighed line counts as one).
 */
export interface PricedSale {
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly manualDiscountMinor: number;
  /** In the order in which they were applied. */
  readonly offers: readonly AppliedOffer[];
  readonly skippedOffers: readonly SkippedOffer[];
  readonly pointsOff: AppliedPointsOff | null;
  readonly taxByRate: readonly TaxOfRate[];
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly itemCount: number;
  readonly trace: readonly TracedStep[];
}

/** Whether tax is rounded once per rate over the document, or on each line. */
export type TaxRounding = 'document' | 'line';

/** How money is paid or handed back. */
export type TenderKind = 'cash' | 'card' | 'other';

/** How a sale is paid: also with credit of the customer, or with a gift card. */
export type PayingKind = TenderKind | Exclude<StoredValueKind, 'package'>;

/** How a sale or refund was settled: also by units of passes, and by the goods of the same ticket that came back (T9). */
export type BookedTenderKind = TenderKind | StoredValueKind | 'exchange';

/** A tender as entered: amountMinor is what it pays of the sale, receivedMinor the cash handed over. */
export interface TenderDraft {
  readonly tenderId: string;
  readonly kind: PayingKind;
  readonly amountMinor: number;
  readonly receivedMinor?: number | undefined;
  readonly reference?: string | undefined;
  /** Of credit and gift cards: the account that pays. */
  readonly accountId?: string | undefined;
}

/**
 * What comes back in the same ticket, and what it does: returnedMinor in all, of which exchangedMinor pays the sale and
 * handedMinor, as it can be paid, is handed back. Points as in a refund.
 */
export interface ExchangePreview {
  readonly ofSaleId: string;
  readonly receiptNumber: string;
  readonly returnedMinor: number;
  readonly exchangedMinor: number;
  readonly handedMinor: number;
  readonly pointsReversed: number;
  readonly pointsReturned: number;
  readonly deductedMinor: number;
  readonly trace: readonly TracedStep[];
  /** Why the goods cannot come back; then nothing of it counts, and the ticket cannot be settled. */
  readonly refusal: { readonly reason: RefusalReason; readonly facts: RefusalFacts } | null;
}

/** What the till shows before Charge. Computed by the functions that commit the sale. */
export interface SalePreview extends ValuePreview {
  readonly priced: PricedSale;
  /** Rewards that are taken, by their place in the draft, with their price in points and what they take off. */
  readonly takenRewards: readonly { readonly place: number; readonly points: number; readonly amountMinor: number }[];
  /** Rewards that were asked for and cannot be had; the sale cannot be completed with them. */
  readonly refusedRewards: readonly {
    readonly place: number;
    readonly reason: RefusalReason;
    readonly facts: RefusalFacts;
  }[];
  /** What comes back in the same ticket; null for a plain sale. */
  readonly exchange: ExchangePreview | null;
  /** What is to be paid, before cash rounding: totalMinor less what comes back and what passes pay. */
  readonly dueMinor: number;
  /** What would be due if all of it were paid in cash, after cash rounding. */
  readonly cashDueMinor: number;
  /** cashDueMinor - dueMinor. */
  readonly cashRoundingMinor: number;
  /** The rule by which a part paid in cash is rounded: the shop's, or that of the sale whose payment has begun. */
  readonly cashRounding: CashRounding;
  /** Exact first, then the next natural notes. */
  readonly naturalNotesMinor: readonly number[];
  readonly points: PointsPreview | null;
  /** Points this sale would earn with a customer. */
  readonly pointsIfCustomer: number;
  readonly discountLimitExceeded: boolean;
}

/** Where a sale stands. Refunds are documents of their own and do not change it. */
export type SaleStatus = 'pending' | 'completed' | 'failed' | 'cancelled';
