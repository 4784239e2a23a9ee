import { type ConditionFact, factsOf, MOST_NAMED } from '#shop/offers/conditions.ts';
import type { ItemFilter } from '#shop/offers/item-filter.ts';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import type { RestrictionNames } from '#shop/vouchers/voucher-facts.ts';
import { selectCategory } from '../catalogue/categories-store.ts';
import { selectProduct } from '../catalogue/products-store.ts';
import type { ShopIdentity } from '../context.ts';
import { selectSegment } from '../customers/segments-store.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { selectStaffMember } from '../staff/staff-store.ts';

const SELECT_SHOP_NAME = sql`SELECT name FROM shops WHERE merchant_id = :merchantId AND id = :shopId`;

/** What a campaign is restricted to, by name: what a refusal tells. Names that are not known any more are left out. */
export function restrictionNamesOf(
  { db, shop }: NamesScope,
  { audience, filter, conditions }: Campaign,
): RestrictionNames {
  const { merchantId } = shop;
  const { shopIds, staffIds, segmentIds, tierIds } = audience;
  const facts = conditions === null ? [] : factsOf(conditions);
  const asksTier = tierIds.length > 0 || facts.some(({ kind }) => kind === 'tier');
  const tiers = asksTier
    ? selectLiveProgrammes(db, merchantId).flatMap(({ programme }) => programme.tiers?.levels ?? [])
    : [];
  const tierNames = Object.fromEntries(tiers.map(({ tierId, name }) => [tierId, name]));
  return {
    shops: shopIds.flatMap((shopId) => db.get<{ name: string }>(SELECT_SHOP_NAME, { merchantId, shopId })?.name ?? []),
    staff: staffIds.flatMap((staffId) => selectStaffMember(db, merchantId, staffId)?.name ?? []),
    segments: segmentIds.flatMap((segmentId) => selectSegment(db, merchantId, segmentId)?.name ?? []),
    tiers: tiers.filter(({ tierId }) => tierIds.includes(tierId)).map(({ name }) => name),
    items: [
      ...filter.productIds.flatMap((productId) => selectProduct(db, merchantId, productId)?.name ?? []),
      ...filter.categoryIds.flatMap((categoryId) => selectCategory(db, merchantId, categoryId)?.name ?? []),
      ...filter.tags,
    ].slice(0, MOST_NAMED),
    conditions: Object.fromEntries(facts.flatMap((fact) => namesOfFact({ db, shop }, fact, tierNames))),
  };
}

type NamesScope = { readonly db: ReadableDb; readonly shop: ShopIdentity };
type NameById = readonly [id: string, name: string];

function namesOfFact(
  { db, shop: { merchantId } }: NamesScope,
  fact: ConditionFact,
  tierNames: Readonly<Record<string, string>>,
): NameById[] {
  if ('filter' in fact) return namesOfItems(db, merchantId, fact.filter);
  if (fact.kind === 'tier') return byId(fact.tierId, tierNames[fact.tierId]);
  return fact.kind === 'segment' ? byId(fact.segmentId, selectSegment(db, merchantId, fact.segmentId)?.name) : [];
}

function namesOfItems(db: ReadableDb, merchantId: string, filter: ItemFilter): NameById[] {
  const { productIds, categoryIds, excludeProductIds, excludeCategoryIds } = filter;
  const named = (ids: readonly string[]): readonly string[] => ids.slice(0, MOST_NAMED);
  return [
    ...[...named(productIds), ...named(excludeProductIds)].flatMap((id) =>
      byId(id, selectProduct(db, merchantId, id)?.name),
    ),
    ...[...named(categoryIds), ...named(excludeCategoryIds)].flatMap((id) =>
      byId(id, selectCategory(db, merchantId, id)?.name),
    ),
  ];
}

function byId(id: string, name: string | undefined): NameById[] {
  return name === undefined ? [] : [[id, name]];
}
