import { z } from 'zod';
import type { Offer, OfferEffect } from '../../offers/offer.ts';
import { amountKind, amountSchema } from './amount.ts';
import { buyTakeKind, buyTakeSchema } from './buy-take.ts';
import { creditKind, creditSchema } from './credit.ts';
import { fixedPriceKind, fixedPriceSchema } from './fixed-price.ts';
import type { Grant, GrantKind, OfferKind, UsesOfSale } from './kind.ts';
import { packageKind, packageSchema } from './package.ts';
import { percentKind, percentSchema } from './percent.ts';
import { productKind, productSchema } from './product.ts';
import { unitsKind, unitsSchema } from './units.ts';

const offerBenefitSchema = z.discriminatedUnion('kind', [
  percentSchema,
  amountSchema,
  productSchema,
  buyTakeSchema,
  fixedPriceSchema,
]);
const grantBenefitSchema = z.discriminatedUnion('kind', [creditSchema, unitsSchema, packageSchema]);

/** What a voucher gives. */
export const benefitSchema = z.discriminatedUnion('kind', [offerBenefitSchema, grantBenefitSchema]);
export type Benefit = z.output<typeof benefitSchema>;
type OfferBenefit = z.output<typeof offerBenefitSchema>;
type GrantBenefit = z.output<typeof grantBenefitSchema>;

const OFFER_KINDS: {
  readonly [K in OfferBenefit['kind']]: OfferKind<Extract<OfferBenefit, { kind: K }>>;
} = {
  percent: percentKind,
  amount: amountKind,
  product: productKind,
  'buy-take': buyTakeKind,
  'fixed-price': fixedPriceKind,
};

const GRANT_KINDS: {
  readonly [K in GrantBenefit['kind']]: GrantKind<Extract<GrantBenefit, { kind: K }>>;
} = { credit: creditKind, units: unitsKind, package: packageKind };

function offerKindOf(benefit: OfferBenefit): OfferKind<OfferBenefit> {
  return OFFER_KINDS[benefit.kind] as OfferKind<OfferBenefit>;
}

function grantKindOf(benefit: GrantBenefit): GrantKind<GrantBenefit> {
  return GRANT_KINDS[benefit.kind] as GrantKind<GrantBenefit>;
}

/** Whether it gives credit or units at once, and takes nothing off a sale. */
export function isGrant(benefit: Benefit): benefit is GrantBenefit {
  return isGrantKind(benefit.kind);
}

export function isGrantKind(kind: Benefit['kind']): kind is GrantBenefit['kind'] {
  return kind in GRANT_KINDS;
}

/** What it does to a sale with so many uses, and on which level; null for what is given outside a sale. */
export function effectOf(
  benefit: Benefit,
  uses: number,
): { readonly effect: OfferEffect; readonly scope: Offer['scope'] } | null {
  if (isGrant(benefit)) return null;
  const kind = offerKindOf(benefit);
  return { effect: kind.effectOf(benefit, uses), scope: kind.scopeOf(benefit) };
}

/** How many uses a sale consumed by what it took off. */
export function usesTaken(benefit: Benefit, sale: UsesOfSale): number {
  return isGrant(benefit) ? 1 : offerKindOf(benefit).usesOf(benefit, sale);
}

/** What it gives outside a sale; null for what only takes something off one. */
export function grantOf(benefit: Benefit): Grant | null {
  return isGrant(benefit) ? grantKindOf(benefit).grantOf(benefit) : null;
}

/** The bare number of what it gives (S3-43): basis points, minor units or pieces. */
export function voucherValueOf(benefit: Benefit): number {
  return isGrant(benefit) ? grantKindOf(benefit).value(benefit) : offerKindOf(benefit).value(benefit);
}
