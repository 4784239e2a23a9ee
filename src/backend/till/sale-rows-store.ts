import type { CashRounding } from '#shop/money/cash-rounding.ts';
import type { BookedTenderKind } from '#shop/till/sale.ts';
import type { LineSells } from '#shop/till/value-on-sale.ts';
import type { CommandScope, JsonRow } from '../command-scope.ts';
import { sql } from '../db/database.ts';
import { insertRemark, replaceRemark } from '../remarks-store.ts';

const INSERT_SALE = sql`
  INSERT INTO transactions (
    id, merchant_id, shop_id, terminal_id, shift_id, customer_id, staff_id, kind, status, receipt_number,
    external_receipt_number, payment_method, currency, tax_mode, subtotal_minor, discount_minor, tax_minor, total_minor,
    cash_rounding_minor, cash_rounding_step_minor, cash_rounding_mode, item_count, business_date, local_hour,
    programme_version_id, tax_by_rate, trace, loyalty, exchange, value, stored_value_minor, sold_value_minor,
    created_at_ms, completed_at_ms, trusted_at_ms)
  VALUES (
    :id, :merchantId, :shopId, :terminalId, :shiftId, :customerId, :staffId, :kind, :status, :receiptNumber,
    :externalReceiptNumber, :paymentMethod, :currency, :taxMode, :subtotalMinor, :discountMinor, :taxMinor, :totalMinor,
    :cashRoundingMinor, :cashRoundingStepMinor, :cashRoundingMode, :itemCount, :businessDate, :localHour,
    :programmeVersionId, :taxByRate, :trace, :loyalty, :exchange, :value, :storedValueMinor, :soldValueMinor,
    :createdAtMs, :completedAtMs, :trustedAtMs)`;

const INSERT_ITEM = sql`
  INSERT INTO transaction_items (
    id, merchant_id, transaction_id, position, product_id, category_id, name, quantity_thousandths, unit_price_minor,
    gross_minor, line_discount_minor, sale_discount_minor, offer_discount_minor, points_discount_minor,
    order_discount_minor, free_thousandths, is_stored_value, net_minor, tax_rate_id, tax_rate_basis_points, tax_minor,
    payable_minor, sold_kind, sold_subject_id, tags)
  VALUES (
    :id, :merchantId, :transactionId, :position, :productId, :categoryId, :name, :quantityThousandths, :unitPriceMinor,
    :grossMinor, :lineDiscountMinor, :saleDiscountMinor, :offerDiscountMinor, :pointsDiscountMinor,
    :orderDiscountMinor, :freeThousandths, :isStoredValue, :netMinor, :taxRateId, :taxRateBasisPoints, :taxMinor,
    :payableMinor, :soldKind, :soldSubjectId, :tags)`;

const INSERT_OPEN_NAME = sql`
  INSERT INTO open_line_names (transaction_item_id, merchant_id, transaction_id, name)
  VALUES (:id, :merchantId, :transactionId, :name)`;

const INSERT_DISCOUNT = sql`
  INSERT INTO transaction_discounts (
    transaction_id, transaction_item_id, offer_id, merchant_id, source, source_id, amount_minor)
  VALUES (:transactionId, :transactionItemId, :offerId, :merchantId, :source, :sourceId, :amountMinor)`;

const INSERT_TENDER = sql`
  INSERT INTO transaction_tenders (
    id, merchant_id, transaction_id, kind, amount_minor, received_minor, change_minor, reference, status, at_ms,
    account_id, pass_id, transaction_item_id, uses)
  VALUES (
    :id, :merchantId, :transactionId, :kind, :amountMinor, :receivedMinor, :changeMinor, :reference, :status, :atMs,
    :accountId, :passId, :lineId, :uses)`;

const UPDATE_TENDER = sql`
  UPDATE transaction_tenders
  SET status = :status, reference = :reference, amount_minor = :amountMinor, at_ms = :atMs
  WHERE id = :id
    AND transaction_id = :transactionId`;

const COMPLETE_PENDING = sql`
  UPDATE transactions
  SET status = 'completed', receipt_number = :receiptNumber, payment_method = :paymentMethod, shift_id = :shiftId,
    customer_id = :customerId, staff_id = :staffId, cash_rounding_minor = :cashRoundingMinor,
    stored_value_minor = :storedValueMinor, sold_value_minor = :soldValueMinor,
    business_date = :businessDate, local_hour = :localHour, programme_version_id = :programmeVersionId, trace = :trace,
    completed_at_ms = :completedAtMs, trusted_at_ms = :trustedAtMs
  WHERE id = :id
    AND merchant_id = :merchantId
    AND status = 'pending'`;

const ATTACH = sql`
  UPDATE transactions
  SET customer_id = :customerId, attached_at_ms = :attachedAtMs, programme_version_id = :programmeVersionId
  WHERE id = :id
    AND merchant_id = :merchantId
    AND customer_id IS NULL`;

const END_SALE = sql`
  UPDATE transactions
  SET status = :status, ended_at_ms = :endedAtMs, ended_trusted_at_ms = :endedTrustedAtMs
  WHERE id = :id
    AND merchant_id = :merchantId
    AND status = :fromStatus`;

export type SaleKind = 'SALE' | 'AWARD';
export type TenderStatus = 'pending' | 'approved' | 'declined' | 'given-up';

/** A sale as stored; amounts in minor units of its currency. */
export type SaleRow = {
  readonly id: string;
  readonly merchantId: string;
  readonly shopId: string;
  readonly terminalId: string;
  readonly shiftId: string | null;
  readonly customerId: string | null;
  readonly staffId: string;
  readonly kind: SaleKind;
  readonly status: 'pending' | 'completed';
  readonly receiptNumber: string | null;
  readonly externalReceiptNumber: string | null;
  readonly paymentMethod: string | null;
  readonly currency: string;
  readonly taxMode: string;
  readonly subtotalMinor: number;
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly cashRoundingMinor: number;
  /** The rule by which its cash is rounded, for ever. */
  readonly cashRoundingStepMinor: number;
  readonly cashRoundingMode: CashRounding['mode'];
  readonly itemCount: number;
  readonly businessDate: string;
  readonly localHour: number;
  readonly programmeVersionId: string | null;
  readonly taxByRate: string;
  readonly trace: string;
  /** The rewards of the sale as JSON, null where it took none. */
  readonly loyalty: string | null;
  /** What came back in the same ticket as JSON, null for a plain sale. */
  readonly exchange: string | null;
  /** What it uses and sells of value as JSON, null where it is nothing. */
  readonly value: string | null;
  /** What credit, gift cards and passes pay of it. */
  readonly storedValueMinor: number;
  /** What of its amount sells credit, gift cards and passes; the rest is goods and services. */
  readonly soldValueMinor: number;
  readonly note: string;
  readonly createdAtMs: number;
  readonly completedAtMs: number | null;
  readonly trustedAtMs: number;
};

/** A line as stored, with its shares of everything taken off. */
export type SaleItemRow = {
  readonly id: string;
  readonly merchantId: string;
  readonly transactionId: string;
  readonly position: number;
  readonly productId: string | null;
  readonly categoryId: string | null;
  readonly name: string;
  readonly quantityThousandths: number;
  readonly unitPriceMinor: number;
  readonly grossMinor: number;
  readonly lineDiscountMinor: number;
  readonly saleDiscountMinor: number;
  readonly offerDiscountMinor: number;
  readonly pointsDiscountMinor: number;
  readonly orderDiscountMinor: number;
  readonly freeThousandths: number;
  readonly isStoredValue: 0 | 1;
  readonly netMinor: number;
  readonly taxRateId: string;
  readonly taxRateBasisPoints: number;
  readonly taxMinor: number;
  readonly payableMinor: number;
  readonly soldKind: LineSells['kind'] | null;
  /** The account or pass that the line fills. */
  readonly soldSubjectId: string | null;
  readonly tags: string | null;
  readonly note: string;
};

/** A tender as stored. Kind external: paid where the sale was rung up. */
export type SaleTenderRow = {
  readonly id: string;
  readonly merchantId: string;
  readonly transactionId: string;
  readonly kind: BookedTenderKind | 'external';
  readonly amountMinor: number;
  readonly receivedMinor: number | null;
  readonly changeMinor: number;
  readonly reference: string | null;
  readonly status: TenderStatus;
  readonly atMs: number;
  /** The account that paid; or the pass, with the line and the units that it paid. */
  readonly accountId: string | null;
  readonly passId: string | null;
  readonly lineId: string | null;
  readonly uses: number;
};

/** Inserts a sale; as completed it books its entry, the day and the customer's numbers by trigger. */
export function insertSale(scope: CommandScope, { note, ...row }: SaleRow): void {
  scope.db.runOne(INSERT_SALE, row);
  scope.fact('transactions', row);
  insertRemark(scope, { subjectTable: 'transactions', subjectId: row.id, saleId: row.id, text: note });
}

/** Inserts a sale's lines, which never change again. What an open amount is called was typed, and is kept as a remark is. */
export function insertItems(scope: CommandScope, rows: readonly SaleItemRow[]): void {
  for (const { note, name, ...given } of rows) {
    const row = { ...given, name: given.productId === null ? '' : name };
    scope.db.runOne(INSERT_ITEM, row);
    scope.fact('transaction_items', row);
    const { id, transactionId, merchantId } = row;
    if (row.name !== name) {
      scope.db.runOne(INSERT_OPEN_NAME, { id, merchantId, transactionId, name });
      scope.personalFact('open_line_names', { id, name });
    }
    insertRemark(scope, { subjectTable: 'transaction_items', subjectId: id, saleId: transactionId, text: note });
  }
}

/** What an offer or points took off a line. */
export type SaleDiscountRow = {
  readonly transactionId: string;
  readonly transactionItemId: string;
  readonly offerId: string;
  readonly merchantId: string;
  readonly source: 'reward' | 'voucher' | 'promotion' | 'points';
  readonly sourceId: string;
  readonly amountMinor: number;
};

/** Inserts the shares of what was taken off, which never change again. */
export function insertDiscounts(scope: CommandScope, rows: readonly SaleDiscountRow[]): void {
  for (const row of rows) {
    scope.db.runOne(INSERT_DISCOUNT, row);
    scope.fact('transaction_discounts', row);
  }
}

export function insertTender(scope: CommandScope, row: SaleTenderRow): void {
  scope.db.runOne(INSERT_TENDER, row);
  const { lineId: transactionItemId, ...fact } = row;
  scope.fact('transaction_tenders', { ...fact, transactionItemId });
}

/** Moves a tender of a pending sale on: approved, declined or given up. */
export function updateTender(
  scope: CommandScope,
  given: Pick<SaleTenderRow, 'id' | 'transactionId' | 'status' | 'reference' | 'amountMinor' | 'atMs'>,
): void {
  scope.db.runOne(UPDATE_TENDER, given);
  scope.fact('transaction_tenders', given);
}

/** What a pending sale takes on when it is paid. */
export type CompletionRow = Pick<
  SaleRow,
  | 'id'
  | 'merchantId'
  | 'receiptNumber'
  | 'paymentMethod'
  | 'shiftId'
  | 'customerId'
  | 'staffId'
  | 'cashRoundingMinor'
  | 'storedValueMinor'
  | 'soldValueMinor'
  | 'businessDate'
  | 'localHour'
  | 'programmeVersionId'
  | 'trace'
  | 'note'
  | 'completedAtMs'
  | 'trustedAtMs'
>;

/** Completes a pending sale; it books exactly as one inserted as completed (C-32). */
export function completePendingSale(scope: CommandScope, { note, ...row }: CompletionRow): void {
  scope.db.runOne(COMPLETE_PENDING, row);
  scope.fact('transactions', { ...row, status: 'completed' } satisfies JsonRow);
  replaceRemark(scope, { subjectTable: 'transactions', subjectId: row.id, saleId: row.id, text: note });
}

/** Adds the customer to a completed sale without one; their numbers and visits follow by trigger. */
export function attachToSale(
  scope: CommandScope,
  given: { readonly saleId: string; readonly customerId: string; readonly programmeVersionId: string | null },
): void {
  const { saleId: id, customerId, programmeVersionId } = given;
  const row = {
    id,
    merchantId: scope.shop.merchantId,
    customerId,
    programmeVersionId,
    attachedAtMs: scope.moment.atMs,
  };
  scope.db.runOne(ATTACH, row);
  scope.fact('transactions', row);
}

/** Ends a sale: pending to failed, or completed to cancelled, which reverses what it booked by trigger. */
export function endSale(
  scope: CommandScope,
  given: { saleId: string; fromStatus: 'pending' | 'completed'; status: 'failed' | 'cancelled' },
): void {
  const row = {
    id: given.saleId,
    merchantId: scope.shop.merchantId,
    status: given.status,
    endedAtMs: scope.moment.atMs,
    endedTrustedAtMs: scope.moment.trustedAtMs,
  };
  scope.db.runOne(END_SALE, { ...row, fromStatus: given.fromStatus });
  scope.fact('transactions', row);
}
