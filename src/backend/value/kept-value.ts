import type { LineSells, PassUseDraft, VoucherDraft } from '#shop/till/value-on-sale.ts';
import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';

/** A voucher or promotion that takes something off a sale, as the sale keeps it. voucherId is null for a promotion. */
export interface KeptRedemption {
  readonly voucherId: string | null;
  readonly campaignId: string;
  readonly versionId: string;
  readonly offerId: string;
  readonly kind: Benefit['kind'];
  /** Of a promotion its name is its code. */
  readonly code: string;
  readonly name: string;
  readonly amountMinor: number;
  readonly uses: number;
}

/** Units of a pass that pay pieces of a line, as the sale keeps them. */
export interface KeptPassUse extends PassUseDraft {
  readonly amountMinor: number;
}

/** What a line sells: the account or pass that it fills, and with how much. */
export interface SoldValue {
  readonly lineId: string;
  readonly sells: LineSells;
  readonly subjectId: string;
  readonly amountMinor: number;
  readonly units: number;
}

/** What a sale uses and sells of value, with what was asked for. */
export interface KeptValue {
  readonly asked: { readonly vouchers: readonly VoucherDraft[]; readonly passUses: readonly PassUseDraft[] };
  readonly redemptions: readonly KeptRedemption[];
  readonly passes: readonly KeptPassUse[];
  readonly sold: readonly SoldValue[];
}

/** What was kept with a sale, or null where it uses and sells nothing. */
export function keptValueOf({ value }: { readonly value: string | null }): KeptValue | null {
  return value === null ? null : (JSON.parse(value) as KeptValue);
}
