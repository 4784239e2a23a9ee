import type { CashRounding } from '#shop/money/cash-rounding.ts';
import type { BookedTenderKind, SaleStatus, TaxMode } from '#shop/till/sale.ts';
import type { LineSells } from '#shop/till/value-on-sale.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import type { SaleKind, TenderStatus } from './sale-rows-store.ts';

const SELECT_SALE = sql`
  SELECT t.id AS saleId, t.receipt_number AS receiptNumber, t.external_receipt_number AS externalReceiptNumber,
    t.status, t.kind, t.shift_id AS shiftId, t.customer_id AS customerId, t.staff_id AS staffId, t.currency,
    t.tax_mode AS taxMode, t.subtotal_minor AS subtotalMinor, t.discount_minor AS discountMinor,
    t.tax_minor AS taxMinor, t.total_minor AS totalMinor, t.cash_rounding_minor AS cashRoundingMinor,
    t.cash_rounding_step_minor AS cashRoundingStepMinor, t.cash_rounding_mode AS cashRoundingMode,
    t.amount_minor AS amountMinor, t.refunded_minor AS refundedMinor, t.item_count AS itemCount,
    t.business_date AS businessDate, t.programme_version_id AS programmeVersionId, t.tax_by_rate AS taxByRate, t.trace,
    t.loyalty, t.exchange, t.value, t.stored_value_minor AS storedValueMinor,
    t.sold_value_minor AS soldValueMinor,
    COALESCE(n.text, '') AS note, t.created_at_ms AS createdAtMs, t.completed_at_ms AS completedAtMs, t.ended_at_ms AS endedAtMs,
    t.trusted_at_ms AS trustedAtMs
  FROM transactions t
  LEFT JOIN remarks n ON n.subject_id = t.id
  WHERE t.id = :saleId
    AND t.merchant_id = :merchantId`;

const SELECT_STATUS = sql`
  SELECT status, receipt_number AS receiptNumber, completed_at_ms AS completedAtMs
  FROM transactions
  WHERE id = :saleId
    AND merchant_id = :merchantId`;

const SELECT_ID_BY_RECEIPT = sql`
  SELECT id AS saleId
  FROM transactions
  WHERE merchant_id = :merchantId
    AND receipt_number = :receiptNumber`;

const SELECT_ITEMS = sql`
  SELECT i.id AS lineId, i.position, i.product_id AS productId, i.category_id AS categoryId,
    COALESCE(o.name, i.name) AS name,
    i.quantity_thousandths AS quantityThousandths, i.unit_price_minor AS unitPriceMinor, i.gross_minor AS grossMinor,
    i.line_discount_minor AS lineDiscountMinor, i.sale_discount_minor AS saleDiscountShareMinor,
    i.offer_discount_minor AS offerShareMinor, i.points_discount_minor AS pointsShareMinor,
    i.order_discount_minor AS orderDiscountShareMinor, i.free_thousandths AS freeThousandths,
    i.is_stored_value AS isStoredValue,
    i.net_minor AS netMinor, i.tax_rate_id AS taxRateId, i.tax_rate_basis_points AS taxRateBasisPoints,
    i.tax_minor AS taxMinor, i.payable_minor AS payableMinor, i.sold_kind AS soldKind, i.sold_subject_id AS soldSubjectId,
    i.tags,
    COALESCE(n.text, '') AS note,
    COALESCE((
      SELECT SUM(r.quantity_thousandths)
      FROM refund_items r
      WHERE r.transaction_item_id = i.id), 0) AS refundedThousandths
  FROM transaction_items i
  LEFT JOIN open_line_names o ON o.transaction_item_id = i.id
  LEFT JOIN remarks n ON n.subject_id = i.id
  WHERE i.transaction_id = :saleId
  ORDER BY i.position`;

const SELECT_TENDERS = sql`
  SELECT id AS tenderId, kind, amount_minor AS amountMinor, received_minor AS receivedMinor,
    change_minor AS changeMinor, reference, status, account_id AS accountId, pass_id AS passId,
    transaction_item_id AS lineId, uses
  FROM transaction_tenders
  WHERE transaction_id = :saleId
  ORDER BY at_ms, id`;

const SELECT_BY_EXTERNAL_RECEIPT = sql`
  SELECT t.id AS saleId, t.created_at_ms AS atMs, t.staff_id AS staffId
  FROM transactions t
  WHERE t.merchant_id = :merchantId
    AND t.external_receipt_number = :externalReceiptNumber
    AND t.status = 'completed'
    AND t.refunded_minor < t.amount_minor
  ORDER BY t.created_at_ms DESC
  LIMIT 1`;

/** A sale as it was frozen, with what has been refunded of it. */
export interface StoredSale {
  readonly saleId: string;
  readonly receiptNumber: string | null;
  readonly externalReceiptNumber: string | null;
  readonly status: SaleStatus;
  readonly kind: SaleKind;
  readonly shiftId: string | null;
  readonly customerId: string | null;
  readonly staffId: string;
  readonly currency: string;
  readonly taxMode: TaxMode;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** Null on sales from before sales kept their rule. */
  readonly cashRoundingStepMinor: number | null;
  readonly cashRoundingMode: CashRounding['mode'] | null;
  readonly amountMinor: number;
  readonly refundedMinor: number;
  readonly itemCount: number;
  readonly businessDate: string;
  readonly programmeVersionId: string | null;
  readonly taxByRate: string;
  readonly trace: string;
  readonly loyalty: string | null;
  readonly exchange: string | null;
  readonly value: string | null;
  /** What credit, gift cards and passes paid of it. */
  readonly storedValueMinor: number;
  /** What of amountMinor sold credit, gift cards and passes. */
  readonly soldValueMinor: number;
  readonly note: string;
  readonly createdAtMs: number;
  readonly completedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly trustedAtMs: number;
}

/** A line as it was frozen, with the quantity that refunds have taken of it. */
export interface StoredItem {
  readonly lineId: string;
  readonly position: number;
  readonly productId: string | null;
  readonly categoryId: string | null;
  readonly name: string;
  readonly quantityThousandths: number;
  readonly refundedThousandths: number;
  readonly unitPriceMinor: number;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  readonly saleDiscountShareMinor: number;
  readonly offerShareMinor: number;
  readonly pointsShareMinor: number;
  readonly orderDiscountShareMinor: number;
  readonly freeThousandths: number;
  readonly isStoredValue: 0 | 1;
  readonly netMinor: number;
  readonly taxRateId: string;
  readonly taxRateBasisPoints: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly soldKind: LineSells['kind'] | null;
  /** The account or pass that the line filled. */
  readonly soldSubjectId: string | null;
  /** A list of words as JSON; null: none. */
  readonly tags: string | null;
  readonly note: string;
}

export interface StoredTender {
  readonly tenderId: string;
  readonly kind: BookedTenderKind | 'external';
  readonly amountMinor: number;
  readonly receivedMinor: number | null;
  readonly changeMinor: number;
  readonly reference: string | null;
  readonly status: TenderStatus;
  /** The account that paid; or the pass, with the line and the units that it paid. */
  readonly accountId: string | null;
  readonly passId: string | null;
  readonly lineId: string | null;
  readonly uses: number;
}

/** A sale of this merchant, or null. */
export function selectSale(db: ReadableDb, merchantId: string, saleId: string): StoredSale | null {
  return db.get<StoredSale>(SELECT_SALE, { merchantId, saleId }) ?? null;
}

export interface SaleState {
  readonly status: SaleStatus;
  readonly receiptNumber: string | null;
  readonly completedAtMs: number | null;
}

/** Where a sale stands; null when nothing was ever written of it. */
export function selectSaleState(db: ReadableDb, merchantId: string, saleId: string): SaleState | null {
  return db.get<SaleState>(SELECT_STATUS, { merchantId, saleId }) ?? null;
}

export function selectSaleIdByReceipt(db: ReadableDb, merchantId: string, receiptNumber: string): string | null {
  return db.get<{ saleId: string }>(SELECT_ID_BY_RECEIPT, { merchantId, receiptNumber })?.saleId ?? null;
}

/** The lines of a sale in their order: at most as many as a sale can hold. */
export function selectItems(db: ReadableDb, saleId: string): StoredItem[] {
  return db.all<StoredItem>(SELECT_ITEMS, { saleId });
}

export function selectTenders(db: ReadableDb, saleId: string): StoredTender[] {
  return db.all<StoredTender>(SELECT_TENDERS, { saleId });
}

/** The last award that still stands for a receipt of another till system, or null. */
export function selectSaleByExternalReceipt(
  db: ReadableDb,
  merchantId: string,
  externalReceiptNumber: string,
): { saleId: string; atMs: number; staffId: string } | null {
  return (
    db.get<{ saleId: string; atMs: number; staffId: string }>(SELECT_BY_EXTERNAL_RECEIPT, {
      merchantId,
      externalReceiptNumber,
    }) ?? null
  );
}
