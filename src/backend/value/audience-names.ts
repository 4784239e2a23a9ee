import type { Campaign } from '#shop/vouchers/campaign.ts';
import type { AudienceNames } from '#shop/vouchers/voucher-facts.ts';
import type { ShopIdentity } from '../context.ts';
import { selectSegment } from '../customers/segments-store.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { selectStaffMember } from '../staff/staff-store.ts';

const SELECT_SHOP_NAME = sql`SELECT name FROM shops WHERE merchant_id = :merchantId AND id = :shopId`;

/** For whom and where a campaign is, by name: what a refusal tells. Names that are not known any more are left out. */
export function audienceNamesOf(
  { db, shop }: { readonly db: ReadableDb; readonly shop: ShopIdentity },
  { audience }: Campaign,
): AudienceNames {
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
  };
}
