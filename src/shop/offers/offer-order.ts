import { compareText } from './basket.ts';
import type { Offer, OfferEffect } from './offer.ts';

/** Where a kind stands among the offers of its level: a gift before a bargain; a price before a rate before an amount. */
const KIND_RANK: Readonly<Record<OfferEffect['kind'], number>> = {
  'free-units': 0,
  'buy-take': 1,
  'fixed-price': 2,
  'cheapest-percent': 3,
  percent: 3,
  amount: 4,
};

/**
 * Decides which of two offers is applied first (LOYALTY.md 1, steps 3 to 5): free units and then buy-and-take, then the item level, then the
 * order level; there a rate before an amount, then by the place of the group, then by code.
 */
export function byApplication(a: Offer, b: Offer): number {
  return (
    levelOf(a) - levelOf(b) ||
    KIND_RANK[a.effect.kind] - KIND_RANK[b.effect.kind] ||
    a.order - b.order ||
    compareText(a.code, b.code) ||
    compareText(a.offerId, b.offerId)
  );
}

/**
 * Decides which of two offers wins where the money is the same: the smaller nominal value, then the earlier end, then the
 * code (C-21, C-22). A nominal value is the bare number of a label, "10" of 10 % and of 10.00 alike.
 */
export function byPreference(minorPerMajor: number): (a: Offer, b: Offer) => number {
  return (a, b) =>
    nominalOf(a.effect, minorPerMajor) - nominalOf(b.effect, minorPerMajor) ||
    (a.endsAtMs ?? Number.MAX_SAFE_INTEGER) - (b.endsAtMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.code, b.code) ||
    compareText(a.offerId, b.offerId);
}

function levelOf({ scope, effect }: Offer): number {
  if (effect.kind === 'free-units' || effect.kind === 'buy-take') return 0;
  return scope === 'item' ? 1 : 2;
}

/** In hundredths of a per cent, of a major unit or of a piece, times the minor units of a major one: whole numbers. */
function nominalOf(effect: OfferEffect, minorPerMajor: number): number {
  switch (effect.kind) {
    case 'percent':
    case 'cheapest-percent':
      return effect.rateBasisPoints * minorPerMajor;
    case 'amount':
      return effect.amountMinor * 100;
    case 'fixed-price':
      return effect.unitPriceMinor * 100;
    case 'free-units':
      return effect.units * 100 * minorPerMajor;
    case 'buy-take':
      return effect.takeUnits * 100 * minorPerMajor;
  }
}
