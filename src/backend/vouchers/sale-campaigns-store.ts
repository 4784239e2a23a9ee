import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_AT_SALE = sql`
  SELECT id AS campaignId, at_sale AS atSale
  FROM campaigns
  WHERE merchant_id = :merchantId
    AND status = 'live'
    AND at_sale IS NOT NULL
  ORDER BY id
  LIMIT 200`;

/** A live campaign that does something at every sale by itself: takes something off, or gives a voucher afterwards. */
export interface CampaignAtSale {
  readonly campaignId: string;
  readonly atSale: 'promotion' | 'issue';
}

/** Those campaigns, found by an index of them alone: a shop without any reads nothing. */
export function selectCampaignsAtSale(db: ReadableDb, merchantId: string): CampaignAtSale[] {
  return db.all<CampaignAtSale>(SELECT_AT_SALE, { merchantId });
}
