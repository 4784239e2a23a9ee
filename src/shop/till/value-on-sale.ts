import type { CreditAllowances } from '../allowance/allowance.ts';
import type { RefusalFacts, RefusalReason } from '../refusal.ts';

/** What a line sells: credit of the sale's customer, a gift card (a new one, or the one with this code), a pass of a plan. */
export type LineSells =
  | { readonly kind: 'credit' }
  | { readonly kind: 'gift-card'; readonly code: string | null }
  | { readonly kind: 'package'; readonly planId: string };

/** A voucher that the sale asks for. choice: the only line that it may cover; null for every eligible one. */
export interface VoucherDraft {
  readonly voucherId: string;
  readonly choice: string | null;
}

/** Units of a customer's pass that pay whole pieces of a line. */
export interface PassUseDraft {
  readonly passId: string;
  readonly lineId: string;
  readonly units: number;
}

/** Why something that was asked for cannot be had now. */
export interface ShownRefusal {
  readonly reason: RefusalReason;
  readonly facts: RefusalFacts;
}

/** A voucher that was asked for: what it takes off, or why it stays with its customer. */
export interface VoucherPreview {
  readonly voucherId: string;
  readonly code: string;
  readonly name: string;
  readonly amountMinor: number;
  /** Facts with otherVouchers: how many others of the customer's can be used now. */
  readonly refusal: ShownRefusal | null;
}

/** An automatic promotion that takes something off. */
export interface PromotionPreview {
  readonly campaignId: string;
  readonly name: string;
  readonly amountMinor: number;
}

/** A voucher in the customer's wallet that was not asked for and would take this much off. */
export interface FittingVoucher {
  readonly voucherId: string;
  readonly code: string;
  readonly name: string;
  readonly amountMinor: number;
}

/** A pass that could pay pieces of a line. units: what this sale uses of it on this line; 0 where nobody asked. */
export interface PassPreview {
  readonly passId: string;
  readonly name: string;
  readonly lineId: string;
  /** Before this sale, without what other sales have set aside. */
  readonly unitsLeft: number;
  readonly units: number;
  /** The most that can be asked for on this line, these units among them. */
  readonly unitsPossible: number;
  readonly amountMinor: number;
  readonly refusal: ShownRefusal | null;
}

/** The credit of the sale's customer: what this sale could pay with. */
export interface CreditPreview {
  readonly accountId: string;
  readonly kind: 'credit' | 'gift-card';
  readonly availableMinor: number;
  /** When the first of it ends, UTC ms; null never. */
  readonly endsAtMs: number | null;
  /** When what was left ended, where nothing is left for that reason (C-40); null otherwise. */
  readonly emptySinceMs: number | null;
  readonly isFrozen: boolean;
  /** What this till may give out of it on its own today, without what this sale has set aside. */
  readonly allowances: CreditAllowances;
}

/** What a preview shows of vouchers, promotions, passes and credit. */
export interface ValuePreview {
  readonly vouchers: readonly VoucherPreview[];
  readonly promotions: readonly PromotionPreview[];
  readonly fitting: readonly FittingVoucher[];
  readonly passes: readonly PassPreview[];
  /** What passes pay of the sale together. */
  readonly passMinor: number;
  readonly credit: readonly CreditPreview[];
}

/** Nothing of the kind on a sale. */
export const NO_VALUE: ValuePreview = {
  vouchers: [],
  promotions: [],
  fitting: [],
  passes: [],
  passMinor: 0,
  credit: [],
};

/** What a completed sale did with value: the answer of its completion and its receipt tell the same. */
export interface ValueOfSale {
  readonly vouchers: readonly Omit<VoucherPreview, 'refusal'>[];
  readonly promotions: readonly PromotionPreview[];
  /** What was paid of each account, and what was left on it afterwards. */
  readonly credit: readonly {
    readonly accountId: string;
    readonly kind: 'credit' | 'gift-card';
    readonly spentMinor: number;
    readonly leftMinor: number;
  }[];
  readonly passes: readonly {
    readonly passId: string;
    readonly name: string;
    readonly used: number;
    readonly left: number;
    readonly endsAtMs: number | null;
  }[];
  /** What its lines sold. code: of a gift card. amountMinor: what was put on; units: of a pass. */
  readonly sold: readonly {
    readonly lineId: string;
    readonly kind: LineSells['kind'];
    readonly name: string;
    readonly subjectId: string;
    readonly code: string | null;
    readonly amountMinor: number;
    readonly units: number;
    readonly leftMinor: number;
    readonly endsAtMs: number | null;
  }[];
  /** Vouchers that the sale gave. uses: null without limit. */
  readonly issued: readonly {
    readonly voucherId: string;
    readonly code: string;
    readonly name: string;
    readonly uses: number | null;
    readonly endsAtMs: number | null;
  }[];
}

/** Of a sale without any. */
export const NO_VALUE_OF_SALE: ValueOfSale = {
  vouchers: [],
  promotions: [],
  credit: [],
  passes: [],
  sold: [],
  issued: [],
};
