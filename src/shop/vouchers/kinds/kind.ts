import type { ItemFilter } from '../../offers/item-filter.ts';
import type { Offer, OfferEffect } from '../../offers/offer.ts';

/** How many uses of a voucher a sale can take, and what it took. */
export interface UsesOfSale {
  /** Units that the offer made free, by the pricing of the sale. */
  readonly freeUnits: number;
}

/** A kind that takes money off a sale. A new kind is one more file here and one more line in all-kinds.ts. */
export interface OfferKind<Benefit> {
  /** What it does with so many uses at once. */
  readonly effectOf: (benefit: Benefit, uses: number) => OfferEffect;
  readonly scopeOf: (benefit: Benefit) => Offer['scope'];
  /** How many uses are consumed by what it took off; at least one. */
  readonly usesOf: (benefit: Benefit, sale: UsesOfSale) => number;
  /** The bare number of what it gives: basis points, minor units or pieces. */
  readonly value: (benefit: Benefit) => number;
}

/** What a kind gives that takes nothing off a sale: credit, or units that are kept for later. */
export type Grant =
  | { readonly to: 'credit'; readonly amountMinor: number; readonly days: number | null }
  | {
      readonly to: 'pass';
      readonly kind: 'units' | 'package';
      readonly planId: string | null;
      readonly name: string;
      readonly units: number;
      readonly days: number | null;
      readonly filter: ItemFilter;
    };

/** A kind that is redeemed at once, outside a sale. */
export interface GrantKind<Benefit> {
  readonly grantOf: (benefit: Benefit) => Grant;
  readonly value: (benefit: Benefit) => number;
}

/** One use, whatever was taken off. */
export function oneUse(): number {
  return 1;
}
