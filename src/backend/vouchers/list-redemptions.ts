import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import type { ReadScope } from '../context.ts';
import { sql } from '../db/database.ts';

const MOST_SHOWN = 50;

const SELECT_REDEMPTIONS = sql`
  SELECT r.id AS redemptionId, r.voucher_id AS voucherId, v.code, r.customer_id AS customerId,
    n.full_name AS customerName, r.transaction_id AS saleId, s.receipt_number AS receiptNumber,
    r.redemption_type AS kind, r.uses, r.discount_amount_minor AS amountMinor, r.used_at_ms AS usedAtMs,
    m.name AS staffName, r.granted_kind AS grantedKind,
    (SELECT COALESCE(SUM(b.uses), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id) AS usesBack,
    (SELECT COALESCE(SUM(b.amount_minor), 0) FROM voucher_rollbacks b WHERE b.redemption_id = r.id) AS backMinor
  FROM voucher_redemptions r
    LEFT JOIN vouchers v ON v.id = r.voucher_id
    LEFT JOIN customers c ON c.id = r.customer_id
    LEFT JOIN customer_pii n ON n.customer_number = c.customer_number
    LEFT JOIN transactions s ON s.id = r.transaction_id
    JOIN staff_members m ON m.id = r.staff_id
  WHERE r.merchant_id = :merchantId
    AND r.id IN (
      SELECT id FROM (
        SELECT id FROM voucher_redemptions
        WHERE :voucherId IS NULL
          AND campaign_id = :campaignId
        ORDER BY used_at_ms DESC
        LIMIT :limit)
      UNION ALL
      SELECT id FROM (
        SELECT id FROM voucher_redemptions
        WHERE voucher_id = :voucherId
        ORDER BY used_at_ms DESC
        LIMIT :limit))
  ORDER BY r.used_at_ms DESC`;

export const redemptionsSchema = z.strictObject({
  campaignId: idSchema,
  /** Only those of one voucher. */
  voucherId: idSchema.nullable().default(null),
  limit: z.int().min(1).max(MOST_SHOWN).default(10),
});

/** One redemption of a campaign, with what was given back of it since. code null: an automatic promotion. */
export interface ListedRedemption {
  readonly redemptionId: string;
  readonly voucherId: string | null;
  readonly code: string | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly saleId: string | null;
  readonly receiptNumber: string | null;
  readonly kind: string;
  readonly uses: number;
  readonly amountMinor: number;
  readonly usedAtMs: number;
  readonly staffName: string;
  /** What was given outside a sale, which can be taken back by hand; what took money off a sale goes with its refund. */
  readonly grantedKind: 'credit' | 'pass' | null;
  readonly usesBack: number;
  readonly backMinor: number;
}

/** The last redemptions of a campaign, or of one voucher of it, the newest first. */
export function listRedemptions(
  { db, shop }: ReadScope,
  { campaignId, voucherId, limit }: z.output<typeof redemptionsSchema>,
): ListedRedemption[] {
  return db.all<ListedRedemption>(SELECT_REDEMPTIONS, { campaignId, voucherId, merchantId: shop.merchantId, limit });
}
