import type { SplitAmount } from '#shop/till/goods-sold.ts';
import type { BookedTenderKind, TenderKind, TracedStep } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';
import { insertRemark } from '../remarks-store.ts';

const SUM_OF_SALE = sql`
  SELECT COALESCE(SUM(r.amount_minor), 0) AS amountMinor, COALESCE(SUM(r.sold_value_minor), 0) AS soldValueMinor,
    COALESCE((
      SELECT SUM(x.amount_minor)
      FROM refunds q
      JOIN refund_tenders x ON x.refund_id = q.id
      WHERE q.transaction_id = :saleId AND x.kind = 'cash'), 0)
      + COALESCE(SUM(r.deducted_minor) FILTER (WHERE COALESCE(r.deducted_kind, (
        SELECT y.kind
        FROM refund_tenders y
        WHERE y.refund_id = r.id
        LIMIT 1), 'cash') = 'cash'), 0) AS cashMinor
  FROM refunds r
  WHERE r.transaction_id = :saleId`;

const SELECT_OF_SALE = sql`
  SELECT id AS refundId, receipt_number AS receiptNumber, created_at_ms AS atMs, amount_minor AS amountMinor,
    points_reversed AS pointsReversed, points_returned AS pointsReturned, deducted_minor AS deductedMinor
  FROM refunds
  WHERE transaction_id = :saleId
  ORDER BY created_at_ms, id`;

const SELECT_REFUND = sql`
  SELECT r.id AS refundId, r.transaction_id AS saleId, r.receipt_number AS receiptNumber, r.amount_minor AS amountMinor,
    r.tax_minor AS taxMinor, r.cash_rounding_minor AS cashRoundingMinor, r.points_reversed AS pointsReversed,
    r.points_returned AS pointsReturned, r.deducted_minor AS deductedMinor, COALESCE(n.text, '') AS reason, r.trace,
    r.created_at_ms AS atMs, r.trusted_at_ms AS trustedAtMs, r.staff_id AS staffId, r.business_date AS businessDate
  FROM refunds r
  LEFT JOIN remarks n ON n.subject_id = r.id
  WHERE r.id = :refundId
    AND r.merchant_id = :merchantId`;

const SELECT_ID_BY_RECEIPT = sql`
  SELECT transaction_id AS saleId
  FROM refunds
  WHERE merchant_id = :merchantId
    AND receipt_number = :receiptNumber`;

const SELECT_ITEMS = sql`
  SELECT r.transaction_item_id AS lineId, COALESCE(o.name, i.name) AS name, r.quantity_thousandths AS quantityThousandths,
    i.unit_price_minor AS unitPriceMinor, i.tax_rate_id AS taxRateId, i.tax_rate_basis_points AS taxRateBasisPoints,
    r.amount_minor AS amountMinor, r.tax_minor AS taxMinor
  FROM refund_items r
  JOIN transaction_items i ON i.id = r.transaction_item_id
  LEFT JOIN open_line_names o ON o.transaction_item_id = i.id
  WHERE r.refund_id = :refundId
  ORDER BY i.position`;

const SELECT_TENDERS = sql`
  SELECT kind, amount_minor AS amountMinor
  FROM refund_tenders
  WHERE refund_id = :refundId`;

/** Money that a refund put onto a gift card, which was chosen: not what went back to the card that had paid. */
const SELECT_CARDS = sql`
  SELECT a.id AS accountId, a.code, t.amount_minor AS amountMinor
  FROM refund_tenders t
  JOIN credit_accounts a ON a.id = t.account_id
  WHERE t.refund_id = :refundId
    AND t.kind = 'gift-card'
    AND t.of_tender_id IS NULL`;

const INSERT_REFUND = sql`
  INSERT INTO refunds (
    id, merchant_id, shop_id, terminal_id, shift_id, transaction_id, customer_id, staff_id, approved_by_staff_id,
    receipt_number, amount_minor, sold_value_minor, tax_minor, cash_rounding_minor, points_reversed, points_returned,
    deducted_minor, deducted_kind, trace, exchange_transaction_id, business_date, local_hour,
    created_at_ms, trusted_at_ms)
  VALUES (
    :id, :merchantId, :shopId, :terminalId, :shiftId, :transactionId, :customerId, :staffId, :approvedByStaffId,
    :receiptNumber, :amountMinor, :soldValueMinor, :taxMinor, :cashRoundingMinor, :pointsReversed, :pointsReturned,
    :deductedMinor, :deductedKind, :trace, :exchangeTransactionId, :businessDate, :localHour,
    :createdAtMs, :trustedAtMs)`;

const INSERT_ITEM = sql`
  INSERT INTO refund_items (refund_id, transaction_item_id, merchant_id, quantity_thousandths, amount_minor, tax_minor)
  VALUES (:refundId, :transactionItemId, :merchantId, :quantityThousandths, :amountMinor, :taxMinor)`;

const INSERT_TENDER = sql`
  INSERT INTO refund_tenders (id, merchant_id, refund_id, kind, amount_minor, of_tender_id, account_id, pass_id)
  VALUES (:id, :merchantId, :refundId, :kind, :amountMinor, :ofTenderId, :accountId, :passId)`;

/**
 * What earlier refunds of a sale settled, the part of it that took sold stored value back, and the part in cash, what was
 * kept of cash included.
 */
export function selectEarlierRefunds(db: ReadableDb, saleId: string): SplitAmount & { readonly cashMinor: number } {
  const row = db.get<SplitAmount & { cashMinor: number }>(SUM_OF_SALE, { saleId });
  return row ?? { amountMinor: 0, soldValueMinor: 0, cashMinor: 0 };
}

export interface RefundOfSale {
  readonly refundId: string;
  readonly receiptNumber: string;
  readonly atMs: number;
  readonly amountMinor: number;
  readonly pointsReversed: number;
  /** Points used as money off that came back as points. */
  readonly pointsReturned: number;
  /** Kept of amountMinor for points that the customer no longer had. */
  readonly deductedMinor: number;
}

export function selectRefundsOfSale(db: ReadableDb, saleId: string): RefundOfSale[] {
  return db.all<RefundOfSale>(SELECT_OF_SALE, { saleId });
}

export interface StoredRefund extends RefundOfSale {
  readonly saleId: string;
  readonly taxMinor: number;
  readonly cashRoundingMinor: number;
  readonly reason: string;
  /** JSON of the steps that its lines do not tell. */
  readonly trace: string;
  readonly trustedAtMs: number;
  readonly staffId: string;
  readonly businessDate: string;
}

export function selectRefund(db: ReadableDb, merchantId: string, refundId: string): StoredRefund | null {
  return db.get<StoredRefund>(SELECT_REFUND, { merchantId, refundId }) ?? null;
}

/** The sale that a refund's receipt number belongs to. */
export function selectSaleIdByRefundReceipt(db: ReadableDb, merchantId: string, receiptNumber: string): string | null {
  return db.get<{ saleId: string }>(SELECT_ID_BY_RECEIPT, { merchantId, receiptNumber })?.saleId ?? null;
}

export interface StoredRefundItem {
  readonly lineId: string;
  readonly name: string;
  readonly quantityThousandths: number;
  readonly unitPriceMinor: number;
  readonly taxRateId: string;
  readonly taxRateBasisPoints: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
}

export function selectRefundItems(db: ReadableDb, refundId: string): StoredRefundItem[] {
  return db.all<StoredRefundItem>(SELECT_ITEMS, { refundId });
}

export function selectRefundTenders(
  db: ReadableDb,
  refundId: string,
): { kind: BookedTenderKind; amountMinor: number }[] {
  return db.all<{ kind: BookedTenderKind; amountMinor: number }>(SELECT_TENDERS, { refundId });
}

/** The gift card that a refund was put on, with its code, for who is handed it. */
export function selectCardsOfRefund(
  db: ReadableDb,
  refundId: string,
): { accountId: string; code: string; amountMinor: number }[] {
  return db.all<{ accountId: string; code: string; amountMinor: number }>(SELECT_CARDS, { refundId });
}

export interface RefundToWrite {
  readonly refundId: string;
  readonly saleId: string;
  readonly customerId: string | null;
  readonly shiftId: string | null;
  readonly receiptNumber: string;
  readonly amountMinor: number;
  /** What of it takes back credit, gift cards and passes that the sale sold. */
  readonly soldValueMinor: number;
  readonly taxMinor: number;
  readonly cashRoundingMinor: number;
  readonly pointsReversed: number;
  readonly pointsReturned: number;
  readonly deductedMinor: number;
  /** How what was kept would have been handed back; null where nothing was. */
  readonly deductedKind: TenderKind | null;
  readonly trace: readonly TracedStep[];
  /** The sale of the same ticket, where the goods were exchanged. */
  readonly exchangeSaleId?: string | null;
  /** Who let the goods come back when the payment of their exchange began. */
  readonly approvedByStaffId?: string | null;
  readonly reason: string;
  readonly lines: readonly { lineId: string; quantityThousandths: number; amountMinor: number; taxMinor: number }[];
  readonly tenders: readonly {
    kind: BookedTenderKind;
    amountMinor: number;
    /** Of stored value: the tender that it gives back to, and where it goes. */
    ofTenderId?: string;
    accountId?: string | null;
    passId?: string | null;
  }[];
}

/** Writes a refund with its lines and tenders and puts them into the op; totals and the day follow by trigger. */
export function insertRefund(scope: CommandScope, refund: RefundToWrite): void {
  const { shop, moment, db } = scope;
  const row = {
    id: refund.refundId,
    merchantId: shop.merchantId,
    shopId: shop.shopId,
    terminalId: shop.terminalId,
    shiftId: refund.shiftId,
    transactionId: refund.saleId,
    customerId: refund.customerId,
    staffId: scope.session.staffId,
    approvedByStaffId: refund.approvedByStaffId ?? scope.approvedByStaffId,
    receiptNumber: refund.receiptNumber,
    amountMinor: refund.amountMinor,
    soldValueMinor: refund.soldValueMinor,
    taxMinor: refund.taxMinor,
    cashRoundingMinor: refund.cashRoundingMinor,
    pointsReversed: refund.pointsReversed,
    pointsReturned: refund.pointsReturned,
    deductedMinor: refund.deductedMinor,
    deductedKind: refund.deductedKind,
    trace: JSON.stringify(refund.trace.filter((step) => step.what !== 'refund-line')),
    exchangeTransactionId: refund.exchangeSaleId ?? null,
    businessDate: moment.businessDate,
    localHour: moment.localHour,
    createdAtMs: moment.atMs,
    trustedAtMs: moment.trustedAtMs,
  };
  db.runOne(INSERT_REFUND, row);
  scope.fact('refunds', row);
  insertRemark(scope, { subjectTable: 'refunds', subjectId: row.id, saleId: refund.saleId, text: refund.reason });
  for (const { lineId, quantityThousandths, amountMinor, taxMinor } of refund.lines) {
    const item = {
      refundId: row.id,
      transactionItemId: lineId,
      merchantId: shop.merchantId,
      quantityThousandths,
      amountMinor,
      taxMinor,
    };
    db.runOne(INSERT_ITEM, item);
    scope.fact('refund_items', item);
  }
  for (const { kind, amountMinor, ofTenderId = null, accountId = null, passId = null } of refund.tenders) {
    const to = { ofTenderId, accountId, passId };
    const tender = { id: scope.newId(), merchantId: shop.merchantId, refundId: row.id, kind, amountMinor, ...to };
    db.runOne(INSERT_TENDER, tender);
    scope.fact('refund_tenders', tender);
  }
}
