import type { TracedStep } from '../money/trace.ts';
import type { PointsPreview } from '../points/points-preview.ts';

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
}

/** How the customer of a sale was found. */
type CustomerIdentifiedBy = 'scan' | 'search' | 'enrol';

/** A sale before it is paid: what the till holds, saves and prices. Lines stand in the order of scanning. */
export interface SaleDraft {
  readonly saleId: string;
  readonly customerId: string | null;
  readonly customerIdentifiedBy: CustomerIdentifiedBy | null;
  readonly customerIdentifiedAtMs: number | null;
  readonly lines: readonly SaleLineDraft[];
  readonly discount: ManualDiscount | null;
  readonly label: string;
  readonly note: string;
}

/**
 * A line with its shares of everything taken off, frozen for ever: refunds, earning and reports read them.
 * netMinor = grossMinor - lineDiscountMinor - saleDiscountShareMinor: what is due for it before exclusive tax.
 * payableMinor = netMinor where prices include tax, netMinor + taxMinor where they do not.
 */
export interface PricedLine {
  readonly lineId: string;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  readonly saleDiscountShareMinor: number;
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

/**
 * A sale with every number that follows from its draft and the policy.
 * totalMinor = subtotalMinor - discountMinor (+ taxMinor where prices exclude tax) = sum of payableMinor of the lines.
 * subtotalMinor is the sum of the gross; itemCount counts pieces (a weighed line counts as one).
 */
export interface PricedSale {
  readonly currency: string;
  readonly lines: readonly PricedLine[];
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxByRate: readonly TaxOfRate[];
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly itemCount: number;
  readonly trace: readonly TracedStep[];
}

/** Whether prices on the shelf include tax. */
export type TaxMode = 'inclusive' | 'exclusive';

/** Whether tax is rounded once per rate over the document, or on each line. */
export type TaxRounding = 'document' | 'line';

/** How a sale is paid. */
export type TenderKind = 'cash' | 'card' | 'other';

/** A tender as entered: amountMinor is what it pays of the sale, receivedMinor the cash handed over. */
export interface TenderDraft {
  readonly tenderId: string;
  readonly kind: TenderKind;
  readonly amountMinor: number;
  readonly receivedMinor?: number | undefined;
  readonly reference?: string | undefined;
}

/** What the till shows before Charge. Computed by the functions that commit the sale. */
export interface SalePreview {
  readonly priced: PricedSale;
  /** What would be due if all of it were paid in cash, after cash rounding. */
  readonly cashDueMinor: number;
  /** cashDueMinor - totalMinor. */
  readonly cashRoundingMinor: number;
  /** Exact first, then the next natural notes. */
  readonly naturalNotesMinor: readonly number[];
  readonly points: PointsPreview | null;
  /** Points this sale would earn with a customer. */
  readonly pointsIfCustomer: number;
  readonly discountLimitExceeded: boolean;
}

/** Where a sale stands. Refunds are documents of their own and do not change it. */
export type SaleStatus = 'pending' | 'completed' | 'failed' | 'cancelled';
