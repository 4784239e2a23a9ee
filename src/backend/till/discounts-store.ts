import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OF_SALE = sql`
  SELECT d.offer_id AS offerId, d.transaction_item_id AS lineId, d.source, d.source_id AS sourceId,
    d.amount_minor AS amountMinor
  FROM transaction_discounts d
  WHERE d.transaction_id = :saleId`;

/** What an offer, a reward or points took off a line; of a reward offerId is its entry in the ledger. */
export interface StoredDiscount {
  readonly offerId: string;
  readonly lineId: string;
  readonly source: 'reward' | 'voucher' | 'promotion' | 'points';
  readonly sourceId: string;
  readonly amountMinor: number;
}

export function selectDiscounts(db: ReadableDb, saleId: string): StoredDiscount[] {
  return db.all<StoredDiscount>(SELECT_OF_SALE, { saleId });
}
