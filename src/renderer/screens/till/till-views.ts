import type { PayingKind, TenderDraft } from '#shop/till/sale.ts';
import type { CheckedVoucher, PaidSale } from './till-types.ts';

/** What the counter already knows of a customer, so that the card is there before the page of facts has arrived. */
export interface CustomerGlimpse {
  readonly customerId: string;
  readonly displayName: string;
  readonly balance: number;
}

/** A tender that waits for an answer from outside: the sale is pending and its prices are frozen. */
export interface WaitingTender {
  readonly tenderId: string;
  readonly kind: 'card' | 'other';
  readonly amountMinor: number;
}

export type OrderPanelView =
  | { readonly kind: 'order' }
  | {
      readonly kind: 'payment';
      readonly method: PayingKind;
      readonly tenders: readonly TenderDraft[];
      readonly waiting: WaitingTender | null;
      readonly failure: 'declined' | 'not-started' | null;
      /** The sale is pending in the database: leaving gives the payment up there too. */
      readonly hasBegun: boolean;
    }
  | { readonly kind: 'paid'; readonly paid: PaidSale };

export type Overlay =
  | { readonly kind: 'find-item'; readonly text: string }
  | { readonly kind: 'find-customer'; readonly text: string }
  | { readonly kind: 'discount'; readonly lineId: string | null }
  | { readonly kind: 'rewards' | 'why' }
  | { readonly kind: 'voucher'; readonly voucher: CheckedVoucher }
  | { readonly kind: 'line'; readonly lineId: string }
  | { readonly kind: 'product'; readonly productId: string }
  | {
      readonly kind: 'open-amount';
      readonly name?: string;
      readonly credit?: { readonly amountMinor: number };
      readonly sells?: 'credit' | 'gift-card';
    }
  | { readonly kind: 'open-shift'; readonly thenCharge: boolean }
  | { readonly kind: 'held' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'changed-elsewhere' }
  | { readonly kind: 'already-paid'; readonly receiptNumber: string; readonly atMs: number };
