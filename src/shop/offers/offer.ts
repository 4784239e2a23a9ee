import type { ItemFilter } from './item-filter.ts';
import type { SettledCondition } from './judge-conditions.ts';

/**
 * What an offer does. Rates are basis points, amounts minor units, units whole pieces.
 * percent, amount: off the eligible lines together · free-units: the cheapest eligible units · buy-take: for each
 * `buyUnits` paid, up to `takeUnits` of the cheapest are free · fixed-price: an eligible unit costs no more than this ·
 * cheapest-percent: off the cheapest eligible unit.
 */
export type OfferEffect =
  | { readonly kind: 'percent'; readonly rateBasisPoints: number; readonly capMinor: number | null }
  | { readonly kind: 'amount'; readonly amountMinor: number }
  | { readonly kind: 'free-units'; readonly units: number }
  | { readonly kind: 'buy-take'; readonly buyUnits: number; readonly takeUnits: number }
  | { readonly kind: 'fixed-price'; readonly unitPriceMinor: number }
  | { readonly kind: 'cheapest-percent'; readonly rateBasisPoints: number };

/** What must be on the sale: the eligible items or all of it, after manual line discounts and without free units (C-19). */
export interface OfferMinimum {
  readonly amountMinor: number;
  readonly of: 'eligible' | 'sale';
  readonly withTax: boolean;
}

/** Who gives an offer. */
export type OfferSource = 'reward' | 'voucher' | 'promotion';

/**
 * Something that takes money off a sale, as pricing sees it; whoever gives it has already decided that the customer may
 * have it. Offers of one group compete, offers of different groups stack. `order` is the place of its group.
 */
export interface Offer {
  /** Unique among the offers of a sale. */
  readonly offerId: string;
  readonly source: OfferSource;
  readonly sourceId: string;
  readonly code: string;
  readonly group: string;
  readonly scope: 'item' | 'order';
  readonly effect: OfferEffect;
  readonly filter: ItemFilter;
  /** Only this line is eligible: the item that the customer chose. */
  readonly onlyLineId?: string | null;
  readonly minimum: OfferMinimum | null;
  /** What else must be on the sale before any offer; left out: nothing. */
  readonly conditions?: SettledCondition;
  readonly order: number;
  /** It stands alone or not at all. */
  readonly isExclusive: boolean;
  /** Whether a rate counts on what earlier offers left or on the amount before any offer. */
  readonly basis: 'remaining' | 'initial';
  readonly endsAtMs: number | null;
  /** What its giver can still spend on it. */
  readonly budgetMinor: number | null;
}

/** How many offers a sale takes, and how many of one group (C-24). */
export interface OfferLimits {
  readonly maxOffers: number;
  readonly maxPerGroup: number;
}

/** What a shop starts with. */
export const DEFAULT_OFFER_LIMITS: OfferLimits = { maxOffers: 5, maxPerGroup: 1 };

/** More offers than this are not looked at: the rest is skipped as 'too-many'. */
export const MAX_OFFERED = 30;

/** What of an amount taken off fell on a line. */
export interface LineShare {
  readonly lineId: string;
  readonly amountMinor: number;
}

/** An offer that took money off; amountMinor is the sum of the shares, which name only lines that got one. */
export interface AppliedOffer {
  readonly offerId: string;
  readonly source: OfferSource;
  readonly sourceId: string;
  readonly code: string;
  readonly scope: Offer['scope'];
  readonly amountMinor: number;
  readonly shares: readonly LineShare[];
  /** Of an offer of whole units, how many it made free. */
  readonly freeUnits?: number;
}

/**
 * Why an offer was left out. minimum-not-met: facts neededMinor and haveMinor, or neededUnits and haveUnits ·
 * conditions-not-met: missing, the conditions that do not hold, as JSON ·
 * group-taken: byOfferId · too-many: limit · exclusive: byOfferId · smaller: with it the customer would save less ·
 * nothing-left: others took everything.
 */
export type SkipReason =
  | 'minimum-not-met'
  | 'conditions-not-met'
  | 'no-eligible-item'
  | 'group-taken'
  | 'too-many'
  | 'exclusive'
  | 'smaller'
  | 'nothing-left';

/** An offer that was left out, with its reason and the numbers behind it. */
export interface SkippedOffer {
  readonly offerId: string;
  readonly reason: SkipReason;
  readonly facts: Readonly<Record<string, string | number>>;
}
