import type { VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_REDEMPTION = sql`
  SELECT r.id AS redemptionId, r.campaign_id AS campaignId, r.voucher_id AS voucherId, r.customer_id AS customerId,
    r.transaction_id AS saleId, r.uses, r.discount_amount_minor AS amountMinor, r.status_before AS statusBefore,
    r.granted_kind AS grantedKind, r.granted_id AS grantedId, v.status,
    COALESCE((
      SELECT SUM(b.uses)
      FROM voucher_rollbacks b
      WHERE b.redemption_id = r.id), 0) AS rolledBackUses
  FROM voucher_redemptions r
  LEFT JOIN vouchers v ON v.id = r.voucher_id
  WHERE r.id = :redemptionId
    AND r.merchant_id = :merchantId`;

const SELECT_CREDIT_ENTRY = sql`
  SELECT id AS entryId, account_id AS accountId, amount_minor AS amountMinor
  FROM store_credit_transactions
  WHERE id = :entryId`;

const SELECT_UNITS_ENTRY = sql`
  SELECT id AS entryId, package_id AS passId, units
  FROM package_uses
  WHERE redemption_id = :redemptionId
    AND kind = 'grant'`;

const SELECT_HOLDER = sql`
  SELECT customer_id AS customerId, voucher_id AS voucherId
  FROM customer_vouchers
  WHERE id = :customerVoucherId
    AND merchant_id = :merchantId`;

/** A redemption with what it gave, and how its voucher stands now. */
export interface GrantedRedemption {
  readonly redemptionId: string;
  readonly campaignId: string;
  readonly voucherId: string | null;
  readonly customerId: string | null;
  readonly saleId: string | null;
  readonly uses: number;
  readonly amountMinor: number;
  readonly statusBefore: VoucherStatus | null;
  readonly grantedKind: 'credit' | 'pass' | null;
  readonly grantedId: string | null;
  readonly status: VoucherStatus | null;
  readonly rolledBackUses: number;
}

export function selectGrantedRedemption(
  db: ReadableDb,
  merchantId: string,
  redemptionId: string,
): GrantedRedemption | null {
  return db.get<GrantedRedemption>(SELECT_REDEMPTION, { merchantId, redemptionId }) ?? null;
}

/** The entry of credit that a redemption gave. */
export function selectGrantedCredit(
  db: ReadableDb,
  entryId: string,
): { readonly entryId: string; readonly accountId: string; readonly amountMinor: number } | null {
  return db.get<{ entryId: string; accountId: string; amountMinor: number }>(SELECT_CREDIT_ENTRY, { entryId }) ?? null;
}

/** The units that a redemption gave. */
export function selectGrantedUnits(
  db: ReadableDb,
  redemptionId: string,
): { readonly entryId: string; readonly passId: string; readonly units: number } | null {
  return db.get<{ entryId: string; passId: string; units: number }>(SELECT_UNITS_ENTRY, { redemptionId }) ?? null;
}

/** Whose claim it is, on which voucher. */
export function selectClaimHolder(
  db: ReadableDb,
  merchantId: string,
  customerVoucherId: string,
): { readonly customerId: string; readonly voucherId: string } | null {
  return db.get<{ customerId: string; voucherId: string }>(SELECT_HOLDER, { merchantId, customerVoucherId }) ?? null;
}
