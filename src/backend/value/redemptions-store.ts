import { localDateOf } from '#shop/time/business-day.ts';
import type { Benefit } from '#shop/vouchers/kinds/all-kinds.ts';
import { mayBecome, statusAfterUse, type VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import { mustHave } from '#shop/must.ts';
import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { tellLimits } from './campaign-alerts.ts';

const INSERT_REDEMPTION = sql`
  INSERT INTO voucher_redemptions (
    id, merchant_id, campaign_id, campaign_version_id, voucher_id, customer_id, transaction_id, redemption_type, uses,
    discount_amount_minor, status_before, granted_kind, granted_id, notes, shop_id, terminal_id, staff_id, civil_date,
    business_date, used_at_ms, trusted_at_ms, group_id)
  VALUES (
    :id, :merchantId, :campaignId, :campaignVersionId, :voucherId, :customerId, :transactionId, :redemptionType, :uses,
    :discountAmountMinor, :statusBefore, :grantedKind, :grantedId, :notes, :shopId, :terminalId, :staffId, :civilDate, :businessDate, :usedAtMs,
    :trustedAtMs, :groupId)`;

const SELECT_COUNTS = sql`
  SELECT id AS voucherId, status, usage_count AS usageCount, usage_limit AS usageLimit
  FROM vouchers
  WHERE id = :voucherId`;

/** Only where the redemption was counted onto what was read before it (F2). */
const SET_STATUS = sql`
  UPDATE vouchers
  SET status = :status
  WHERE id = :id
    AND usage_count = :usageCount`;

/** The claim of one who cannot use the voucher any more: used up, or as often as its campaign lets them. */
const USE_UP_CLAIM = sql`
  UPDATE customer_vouchers
  SET status = 'REDEEMED'
  WHERE customer_id = :customerId
    AND voucher_id = :voucherId
    AND status = 'CLAIMED'
  RETURNING id`;

/** A redemption as the caller knows it; who, where and when come from the scope. */
export interface NewRedemption {
  /** Null: a new id. What it gave names it, so the caller may have one before. */
  readonly redemptionId?: string;
  readonly campaignId: string;
  readonly versionId: string;
  /** Null for an automatic promotion. */
  readonly voucherId: string | null;
  readonly customerId: string | null;
  readonly saleId: string | null;
  readonly kind: Benefit['kind'];
  readonly uses: number;
  /** What it took off, or gave. */
  readonly amountMinor: number;
  /** What it gave outside a sale. */
  readonly granted?: { readonly kind: 'credit' | 'pass'; readonly id: string };
  /** Whether its customer cannot use it again: then the claim is used up. */
  readonly endsClaim: boolean;
  readonly notes?: string;
}

/**
 * Writes a redemption with what follows from it: the voucher's count (by trigger), its status with the last use, and the
 * claim of a customer who cannot use it again. Everything goes into the op. Returns its id.
 */
export function writeRedemption(scope: CommandScope, redemption: NewRedemption): string {
  const { db, shop, moment } = scope;
  const { redemptionId, versionId, saleId, kind, amountMinor, granted, endsClaim, notes, ...given } = redemption;
  const before = given.voucherId === null ? null : selectCounts(db, given.voucherId);
  const row = {
    ...given,
    campaignVersionId: versionId,
    transactionId: saleId,
    redemptionType: kind,
    discountAmountMinor: amountMinor,
    id: redemptionId ?? scope.newId(),
    merchantId: shop.merchantId,
    statusBefore: before?.status ?? null,
    grantedKind: granted?.kind ?? null,
    grantedId: granted?.id ?? null,
    notes: notes ?? '',
    shopId: shop.shopId,
    terminalId: shop.terminalId,
    staffId: scope.session.staffId,
    civilDate: localDateOf(moment.trustedAtMs, shop.timeZone),
    businessDate: moment.businessDate,
    usedAtMs: moment.atMs,
    trustedAtMs: moment.trustedAtMs,
    groupId: scope.groupId,
  };
  db.runOne(INSERT_REDEMPTION, row);
  scope.fact('voucher_redemptions', row);
  if (before !== null) followUse(scope, before, redemption);
  tellLimits(scope, row.campaignId, versionId);
  return row.id;
}

/** The trigger has counted the uses: what the voucher is now follows from what it was. */
function followUse(
  scope: CommandScope,
  { voucherId, status, usageCount, usageLimit }: Counts,
  { uses, customerId, endsClaim }: NewRedemption,
): void {
  const { db } = scope;
  const counted = usageCount + uses;
  const next = statusAfterUse(status, counted, usageLimit);
  // What was revoked or has ended while its sale was being paid is used by that sale, and stays as it is.
  if (mayBecome(status, next)) {
    db.runOne(SET_STATUS, { id: voucherId, status: next, usageCount: counted });
    scope.fact('vouchers', { id: voucherId, status: next });
  }
  if (customerId === null || !(endsClaim || next === 'redeemed')) return;
  const claim = db.get<{ id: string }>(USE_UP_CLAIM, { customerId, voucherId });
  if (claim !== undefined) scope.fact('customer_vouchers', { id: claim.id, status: 'REDEEMED' });
}

interface Counts {
  readonly voucherId: string;
  readonly status: VoucherStatus;
  readonly usageCount: number;
  readonly usageLimit: number | null;
}

function selectCounts(db: ReadableDb, voucherId: string): Counts {
  return mustHave(db.get<Counts>(SELECT_COUNTS, { voucherId }) ?? null, 'the voucher that is redeemed');
}
