import type { Campaign } from '#shop/vouchers/campaign.ts';
import type { RestrictionNames } from '#shop/vouchers/voucher-facts.ts';
import { selectCategory } from '../catalogue/categories-store.ts';
import { selectProduct } from '../catalogue/products-store.ts';
import type { ShopIdentity } from '../context.ts';
import { selectSegment } from '../customers/segments-store.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { selectStaffMember } from '../staff/staff-store.ts';

/** As many as a sentence at the till can name. */
const MOST_ITEMS = 4;

const SELECT_SHOP_NAME = sql`SELECT name FROM shops WHERE merchant_id = :merchantId AND id = :shopId`;

/** What a campaign is restricted to, by name: what a refusal tells. Names that are not known any more are left out. */
export function restrictionNamesOf(
  { db, shop }: { readonly db: ReadableDb; readonly shop: ShopIdentity },
  { audience, filter }: Campaign,
): RestrictionNames {
  const { merchantId } = shop;
  const { shopIds, staffIds, segmentIds, tierIds } = audience;
  const tiers =
    tierIds.length === 0
      ? []
      : selectLiveProgrammes(db, merchantId).flatMap(({ programme }) => programme.tiers?.levels ?? []);
  return {
    shops: shopIds.flatMap((shopId) => db.get<{ name: string }>(SELECT_SHOP_NAME, { merchantId, shopId })?.name ?? []),
    staff: staffIds.flatMap((staffId) => selectStaffMember(db, merchantId, staffId)?.name ?? []),
    segments: segmentIds.flatMap((segmentId) => selectSegment(db, merchantId, segmentId)?.name ?? []),
    tiers: tiers.filter(({ tierId }) => tierIds.includes(tierId)).map(({ name }) => name),
    items: [
      ...filter.productIds.flatMap((productId) => selectProduct(db, merchantId, productId)?.name ?? []),
      ...filter.categoryIds.flatMap((categoryId) => selectCategory(db, merchantId, categoryId)?.name ?? []),
      ...filter.tags,
    ].slice(0, MOST_ITEMS),
  };
}
