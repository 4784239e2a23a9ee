import { type Pass, passTermsSchema } from '#shop/passes/pass.ts';
import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { entryStampOf } from '../entry-stamp.ts';

const SELECT_OF_CUSTOMER = sql`
  SELECT id AS passId, customer_id AS customerId, plan_id AS planId, name, kind, terms, units_total AS unitsTotal,
    messages_used AS unitsUsed, starts_at_ms AS startsAtMs, ends_at_ms AS endsAtMs, revoked_at_ms AS revokedAtMs
  FROM customer_packages
  WHERE customer_id = :customerId
    AND +merchant_id = :merchantId
  ORDER BY ends_at_ms IS NULL, ends_at_ms, starts_at_ms, id`;

const SELECT_ORIGINS = sql`
  SELECT p.id AS passId, c.name
  FROM customer_packages p
  JOIN vouchers v ON v.id = p.voucher_id
  JOIN campaigns c ON c.id = v.campaign_id
  WHERE p.customer_id = :customerId
    AND +p.merchant_id = :merchantId`;

const SELECT_PASS = sql`
  SELECT id AS passId, customer_id AS customerId, plan_id AS planId, name, kind, terms, units_total AS unitsTotal,
    messages_used AS unitsUsed, starts_at_ms AS startsAtMs, ends_at_ms AS endsAtMs, revoked_at_ms AS revokedAtMs
  FROM customer_packages
  WHERE id = :passId
    AND merchant_id = :merchantId`;

const INSERT_PASS = sql`
  INSERT INTO customer_packages (
    id, merchant_id, customer_id, plan_id, name, kind, terms, starts_at_ms, ends_at_ms, voucher_id, transaction_id,
    created_at_ms)
  VALUES (
    :id, :merchantId, :customerId, :planId, :name, :kind, :terms, :startsAtMs, :endsAtMs, :voucherId, :transactionId,
    :createdAtMs)`;

const REVOKE = sql`
  UPDATE customer_packages
  SET revoked_at_ms = :revokedAtMs
  WHERE id = :id
    AND merchant_id = :merchantId
    AND revoked_at_ms IS NULL`;

const INSERT_UNITS = sql`
  INSERT INTO package_uses (
    id, merchant_id, package_id, kind, units, reverses_id, transaction_id, transaction_item_id, amount_minor, refund_id,
    redemption_id, reason, staff_id, approved_by_staff_id, business_date, at_ms, trusted_at_ms, group_id)
  VALUES (
    :id, :merchantId, :packageId, :kind, :units, :reversesId, :transactionId, :transactionItemId, :amountMinor, :refundId, :redemptionId,
    :reason, :staffId, :approvedByStaffId, :businessDate, :atMs, :trustedAtMs, :groupId)`;

type PassRow = Omit<Pass, 'terms'> & { readonly terms: string };

/** Every pass of a customer, the soonest to end first. */
export function selectPassesOf(db: ReadableDb, merchantId: string, customerId: string): Pass[] {
  return db.all<PassRow>(SELECT_OF_CUSTOMER, { merchantId, customerId }).map(passOf);
}

/** The names of the campaigns whose vouchers made passes of a customer, by the pass. */
export function selectPassOrigins(db: ReadableDb, merchantId: string, customerId: string): ReadonlyMap<string, string> {
  const rows = db.all<{ passId: string; name: string }>(SELECT_ORIGINS, { merchantId, customerId });
  return new Map(rows.map(({ passId, name }) => [passId, name]));
}

export function selectPass(db: ReadableDb, merchantId: string, passId: string): Pass | null {
  const row = db.get<PassRow>(SELECT_PASS, { merchantId, passId });
  return row === undefined ? null : passOf(row);
}

/**
 * Makes a pass without units, and puts it into the op; its terms and dates stay for ever. `from`: the voucher or the sale
 * that it came from, and its id where somebody named it before. Returns its id.
 */
export function insertPass(
  scope: SystemScope,
  pass: Omit<Pass, 'passId' | 'unitsTotal' | 'unitsUsed' | 'revokedAtMs'>,
  from: { readonly voucherId?: string; readonly saleId?: string; readonly passId?: string } = {},
): string {
  const row = {
    ...pass,
    voucherId: from.voucherId ?? null,
    transactionId: from.saleId ?? null,
    id: from.passId ?? scope.newId(),
    merchantId: scope.shop.merchantId,
    terms: JSON.stringify(pass.terms),
    createdAtMs: scope.moment.atMs,
  };
  scope.db.runOne(INSERT_PASS, row);
  scope.fact('customer_packages', row);
  return row.id;
}

/** Marks a pass as taken back, once. */
export function revokePassRow(scope: SystemScope, passId: string): void {
  const row = { id: passId, merchantId: scope.shop.merchantId, revokedAtMs: scope.moment.trustedAtMs };
  scope.db.runOne(REVOKE, row);
  scope.fact('customer_packages', row);
}

/** Appends units that come or go, and puts them into the op; the pass follows by trigger. Returns the entry's id. */
export function appendPassUnits(
  scope: SystemScope,
  entry: {
    readonly passId: string;
    readonly kind: 'grant' | 'use' | 'return' | 'adjust' | 'take-back';
    /** Signed: a use and what is taken back are below zero. */
    readonly units: number;
    readonly reason?: string;
    /** The entry that a 'return' or 'take-back' takes back. */
    readonly reversesId?: string;
    readonly saleId?: string;
    readonly lineId?: string;
    /** What the units paid of the line, minor units. */
    readonly amountMinor?: number;
    readonly refundId?: string | null;
    /** The redemption of the voucher that gave them. */
    readonly redemptionId?: string | null;
  },
): string {
  const row = {
    id: scope.newId(),
    merchantId: scope.shop.merchantId,
    packageId: entry.passId,
    kind: entry.kind,
    units: entry.units,
    reversesId: entry.reversesId ?? null,
    transactionId: entry.saleId ?? null,
    transactionItemId: entry.lineId ?? null,
    amountMinor: entry.amountMinor ?? 0,
    refundId: entry.refundId ?? null,
    redemptionId: entry.redemptionId ?? null,
    reason: entry.reason ?? '',
    ...entryStampOf(scope),
  };
  scope.db.runOne(INSERT_UNITS, row);
  scope.fact('package_uses', row);
  return row.id;
}

function passOf(row: PassRow): Pass {
  return { ...row, terms: passTermsSchema.parse(JSON.parse(row.terms)) };
}
