import { sumOf } from '#shop/money/money.ts';
import type { BasketLine } from '#shop/offers/basket.ts';
import { type ChosenOffers, type ChoosingGiven, chooseOffers } from '#shop/offers/choose-offers.ts';
import { DEFAULT_OFFER_LIMITS, type Offer } from '#shop/offers/offer.ts';

/** A line of one piece without tax, as offers see it; product and line have the same id. */
export function pieceOf(lineId: string, grossMinor: number, change: Partial<BasketLine> = {}): BasketLine {
  return {
    lineId,
    productId: lineId,
    categoryId: null,
    tags: [],
    quantityThousandths: 1000,
    grossMinor,
    lineDiscountMinor: 0,
    taxRateId: 'none',
    rateBasisPoints: 0,
    mark: 0,
    ...change,
  };
}

/** The line with so many pieces of one price. */
export function piecesOf(lineId: string, unitMinor: number, units: number, change: Partial<BasketLine> = {}) {
  return pieceOf(lineId, unitMinor * units, { quantityThousandths: units * 1000, ...change });
}

/** What choosing gives where the customer pays what is left on the lines. */
export function choose(
  lines: readonly BasketLine[],
  offers: readonly Offer[],
  change: Partial<ChoosingGiven> = {},
): ChosenOffers {
  return chooseOffers({
    lines,
    offers,
    limits: DEFAULT_OFFER_LIMITS,
    taxMode: 'inclusive',
    minorPerMajor: 100,
    payableOf: sumOf,
    isRounded: false,
    ...change,
  });
}
