import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import type { TenderDraft } from '#shop/till/sale.ts';
import type { ValueOfSale } from '#shop/till/value-on-sale.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type Catalogue = Outputs['catalogue']['list'];
export type Product = Catalogue['products'][number];
export type Category = Catalogue['categories'][number];
export type TillPreview = Outputs['till']['preview'];
export type ProgrammePreview = TillPreview['programmes'][number];
export type SavedDraft = Outputs['till']['drafts'][number];
export type FoundCustomer = Outputs['customers']['search'][number];
export type SaleDetail = Outputs['till']['sale'];
export type SaleRow = Outputs['till']['sales']['sales'][number];
export type RefundPreview = Outputs['till']['previewRefund'];
export type Receipt = Outputs['till']['receipt'];
export type CheckedVoucher = Outputs['vouchers']['check'];
export type WalletVoucher = Outputs['vouchers']['wallet']['now'][number];
export type OpenShift = NonNullable<Outputs['till']['shift']>;
export type ClosedShift = Outputs['till']['closeShift'];

/** What the paid sheet tells. */
export interface PaidSale {
  readonly saleId: string;
  readonly receiptNumber: string;
  readonly totalMinor: number;
  readonly changeMinor: number;
  readonly pointsEarned: number;
  readonly pointsRedeemed: number;
  readonly newBalance: number | null;
  readonly customerName: string | null;
  /** The tier that the sale moved the customer to, by name. */
  readonly reachedTier: string | null;
  readonly tenders: readonly TenderDraft[];
  /** Vouchers, credit, passes, and what was sold or given. */
  readonly value: ValueOfSale;
  /** What returned goods paid of it, and what of their worth is handed back; null for a plain sale. */
  readonly exchange: { readonly exchangedMinor: number; readonly handedMinor: number } | null;
}
