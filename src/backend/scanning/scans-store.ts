import type { JsonRow, Moment } from '../command-scope.ts';
import type { ShopIdentity } from '../context.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const INSERT_SCAN = sql`
  INSERT INTO qr_scan_logs (
    id, merchant_id, shop_id, terminal_id, staff_id, customer_id, voucher_id, product_id, transaction_id, scan_type, scan_source,
    code_kind, scan_result, code_hash, risk, risk_reason, device_info, location, user_agent, metadata, business_date,
    created_at_ms)
  VALUES (
    :id, :merchantId, :shopId, :terminalId, :staffId, :customerId, :voucherId, :productId, :transactionId, :scanType, :scanSource,
    :codeKind, :scanResult, :codeHash, :risk, :riskReason, :deviceInfo, :location, :userAgent, :metadata, :businessDate,
    :createdAtMs)`;

const SUPPRESS_REPEAT = sql`
  UPDATE qr_scan_logs
  SET suppressed_count = suppressed_count + 1
  WHERE id = :scanId`;

const SELECT_READS_SINCE = sql`
  SELECT MAX(created_at_ms) AS atMs
  FROM qr_scan_logs
  WHERE merchant_id = :merchantId
    AND created_at_ms > :sinceMs
    AND terminal_id = :terminalId
    AND code_kind IN ('code', 'signed-token')
    AND code_hash <> :codeHash
  GROUP BY code_hash
  LIMIT 50`;

const IS_CODE_OF_MERCHANT = sql`
  SELECT 1 AS found
  FROM merchants
  WHERE id = :merchantId
    AND merchant_code = :code`;

const COUNT_FAILED = sql`
  SELECT COUNT(DISTINCT code_hash) AS codes
  FROM qr_scan_logs
  WHERE merchant_id = :merchantId
    AND created_at_ms > :sinceMs
    AND terminal_id = :terminalId
    AND scan_result IN ('not-known', 'check-character', 'card-replaced')
    AND code_kind IN ('code', 'signed-token', 'unreadable')`;

const SELECT_READS_OF = sql`
  SELECT created_at_ms AS atMs
  FROM qr_scan_logs
  WHERE customer_id = :customerId
    AND created_at_ms > :sinceMs
    AND shop_id = :shopId
    AND voucher_id IS NULL
  LIMIT 50`;

const SELECT_RECENT = sql`
  SELECT l.id AS scanId, l.created_at_ms AS atMs, l.scan_source AS source, l.code_kind AS kind,
    l.scan_result AS result, json_extract(l.metadata, '$.shownText') AS shownText, s.name AS staffName,
    l.customer_id AS customerId, p.full_name AS customerName, i.name AS productName, l.suppressed_count AS suppressed,
    l.risk
  FROM qr_scan_logs l
  LEFT JOIN staff_members s ON s.id = l.staff_id
  LEFT JOIN customers c ON c.id = l.customer_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN products i ON i.id = l.product_id
  WHERE l.merchant_id = :merchantId
  ORDER BY l.created_at_ms DESC
  LIMIT :limit`;

const SELECT_SHOP_PLACE = sql`
  SELECT latitude_e6 AS latitudeE6, longitude_e6 AS longitudeE6
  FROM shops
  WHERE id = :shopId`;

const SELECT_CUSTOMER_BY_CODE = sql`
  SELECT c.id AS customerId, c.status, COALESCE(p.full_name, '') AS displayName, COALESCE(a.current_points, 0) AS balance
  FROM customers k
  JOIN customers c ON c.id = COALESCE(k.duplicate_of, k.id)
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN customer_loyalty_accounts a ON a.customer_id = c.id AND a.merchant_id = c.merchant_id
  WHERE k.merchant_id = :merchantId
    AND k.customer_code = :code
    AND c.status <> 'erased'`;

const SELECT_SALE_BY_RECEIPT = sql`
  SELECT id AS saleId, receipt_number AS receiptNumber
  FROM transactions
  WHERE merchant_id = :merchantId
    AND receipt_number = :receiptNumber`;

const SELECT_SALE_BY_REFUND = sql`
  SELECT transaction_id AS saleId, receipt_number AS receiptNumber
  FROM refunds
  WHERE merchant_id = :merchantId
    AND receipt_number = :receiptNumber`;

/** Appends one scan to the log and returns its row for the op. */
export function insertScan(given: ScanContext, scan: NewScan): JsonRow {
  const { db, shop, moment } = given;
  const row = {
    ...scan,
    merchantId: shop.merchantId,
    shopId: shop.shopId,
    terminalId: shop.terminalId,
    staffId: given.staffId,
    location: placeOf(db, shop.shopId),
    businessDate: moment.businessDate,
    createdAtMs: moment.atMs,
  };
  db.runOne(INSERT_SCAN, row);
  return row;
}

/** Counts a repeat on the scan that it repeats: one statement. */
export function countRepeat(db: WritableDb, scanId: string): void {
  db.run(SUPPRESS_REPEAT, { scanId });
}

/** When this terminal read other customer and voucher codes since an instant: the last time of each code. */
export function selectReadsSince(
  db: ReadableDb,
  given: {
    readonly merchantId: string;
    readonly terminalId: string;
    readonly sinceMs: number;
    readonly codeHash: string;
  },
): number[] {
  return db.all<{ atMs: number }>(SELECT_READS_SINCE, given).map((row) => row.atMs);
}

/** How many different customer or voucher codes were not known, misread or replaced at this terminal since an instant. */
export function countFailedCodes(
  db: ReadableDb,
  given: { readonly merchantId: string; readonly terminalId: string; readonly sinceMs: number },
): number {
  return db.get<{ codes: number }>(COUNT_FAILED, given)?.codes ?? 0;
}

/** When a customer's code was read in a shop since an instant, 50 times at most. */
export function selectReadsOfCustomer(
  db: ReadableDb,
  given: { readonly customerId: string; readonly shopId: string; readonly sinceMs: number },
): number[] {
  return db.all<{ atMs: number }>(SELECT_READS_OF, given).map((row) => row.atMs);
}

export function selectRecentScans(db: ReadableDb, merchantId: string, limit: number): RecentScan[] {
  return db.all<RecentScan>(SELECT_RECENT, { merchantId, limit });
}

export function selectCustomerByCode(db: ReadableDb, merchantId: string, code: string): ScannedCustomer | null {
  return db.get<ScannedCustomer>(SELECT_CUSTOMER_BY_CODE, { merchantId, code }) ?? null;
}

/** The sale of a receipt; a refund's receipt leads to the sale that it refunds. */
export function selectSaleByReceipt(db: ReadableDb, merchantId: string, receiptNumber: string): ScannedSale | null {
  const key = { merchantId, receiptNumber };
  return db.get<ScannedSale>(SELECT_SALE_BY_RECEIPT, key) ?? db.get<ScannedSale>(SELECT_SALE_BY_REFUND, key) ?? null;
}

export interface NewScan {
  readonly id: string;
  /** Whose code it was; of a voucher, the customer of the sale in which it was read. */
  readonly customerId: string | null;
  readonly voucherId: string | null;
  readonly productId: string | null;
  readonly transactionId: string | null;
  readonly scanType: 'CUSTOMER' | 'BUSINESS';
  readonly scanSource: string;
  readonly codeKind: string;
  readonly scanResult: string;
  /** Hash of what was read, keyed by the device: the code itself is not kept. */
  readonly codeHash: string;
  readonly risk: string;
  readonly riskReason: string | null;
  readonly deviceInfo: string;
  readonly userAgent: string;
  readonly metadata: string;
}

export interface ScannedCustomer {
  readonly customerId: string;
  readonly status: 'active' | 'blocked' | 'erased';
  readonly displayName: string;
  readonly balance: number;
}

export interface ScannedSale {
  readonly saleId: string;
  readonly receiptNumber: string;
}

export interface RecentScan {
  readonly scanId: string;
  readonly atMs: number;
  readonly source: string;
  readonly kind: string;
  readonly result: string;
  readonly shownText: string | null;
  readonly staffName: string | null;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly productName: string | null;
  readonly suppressed: number;
  readonly risk: 'LOW' | 'MEDIUM' | 'HIGH';
}

/** Where, when and by whom a scan is logged; nobody, when nobody is signed in. */
export interface ScanContext {
  readonly db: WritableDb;
  readonly shop: ShopIdentity;
  readonly moment: Moment;
  readonly staffId: string | null;
}

/** The shop's coordinates from its settings (S0-12), or null. */
function placeOf(db: ReadableDb, shopId: string): string | null {
  const place = db.get<{ latitudeE6: number | null; longitudeE6: number | null }>(SELECT_SHOP_PLACE, { shopId });
  if (place === undefined || place.latitudeE6 === null || place.longitudeE6 === null) return null;
  return JSON.stringify({ latitudeE6: place.latitudeE6, longitudeE6: place.longitudeE6 });
}

/** Whether a code is the merchant's own, which hangs on the wall for those who enrol by themselves. */
export function isCodeOfMerchant(db: ReadableDb, merchantId: string, code: string): boolean {
  return db.get(IS_CODE_OF_MERCHANT, { merchantId, code }) !== undefined;
}
