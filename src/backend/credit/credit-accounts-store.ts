import type { SystemScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_BY_ID = sql`
  SELECT id AS accountId, kind, customer_id AS customerId, code, code_key AS codeKey, status, status_at_ms AS statusAtMs,
    status_by_staff_id AS statusByStaffId, replaced_by_id AS replacedById, created_at_ms AS createdAtMs
  FROM credit_accounts
  WHERE id = :accountId
    AND merchant_id = :merchantId`;

const SELECT_BY_CODE = sql`
  SELECT id AS accountId, kind, customer_id AS customerId, code, code_key AS codeKey, status, status_at_ms AS statusAtMs,
    status_by_staff_id AS statusByStaffId, replaced_by_id AS replacedById, created_at_ms AS createdAtMs
  FROM credit_accounts
  WHERE merchant_id = :merchantId
    AND code_key = :codeKey`;

const SELECT_OF_CUSTOMER = sql`
  SELECT id AS accountId, kind, customer_id AS customerId, code, code_key AS codeKey, status, status_at_ms AS statusAtMs,
    status_by_staff_id AS statusByStaffId, replaced_by_id AS replacedById, created_at_ms AS createdAtMs
  FROM credit_accounts
  WHERE customer_id = :customerId
    AND kind = 'credit'
    AND +merchant_id = :merchantId`;

const INSERT_ACCOUNT = sql`
  INSERT INTO credit_accounts (
    id, merchant_id, kind, customer_id, code, code_key, status, status_at_ms, status_by_staff_id, replaced_by_id, created_at_ms)
  VALUES (
    :id, :merchantId, :kind, :customerId, :code, :codeKey, :status, :statusAtMs, :statusByStaffId, :replacedById, :createdAtMs)`;

const UPDATE_STATUS = sql`
  UPDATE credit_accounts
  SET status = :status, status_at_ms = :statusAtMs, status_by_staff_id = :statusByStaffId, replaced_by_id = :replacedById
  WHERE id = :id
    AND merchant_id = :merchantId`;

const SELECT_SALE_FILLING = sql`
  SELECT t.id AS saleId
  FROM transactions t
  JOIN transaction_items i ON i.transaction_id = t.id
  WHERE t.merchant_id = :merchantId
    AND t.status IN ('pending')
    AND i.sold_subject_id = :accountId
  LIMIT 1`;

/** An account of credit: of a customer, or a gift card of whoever bears it. Instants are UTC ms. */
export interface StoredCreditAccount {
  readonly accountId: string;
  readonly kind: 'credit' | 'gift-card';
  readonly customerId: string | null;
  readonly code: string | null;
  readonly codeKey: string | null;
  readonly status: 'active' | 'frozen' | 'replaced';
  readonly statusAtMs: number | null;
  readonly statusByStaffId: string | null;
  readonly replacedById: string | null;
  readonly createdAtMs: number;
}

export function selectCreditAccount(db: ReadableDb, merchantId: string, accountId: string): StoredCreditAccount | null {
  return db.get<StoredCreditAccount>(SELECT_BY_ID, { merchantId, accountId }) ?? null;
}

export function selectGiftCard(db: ReadableDb, merchantId: string, codeKey: string): StoredCreditAccount | null {
  return db.get<StoredCreditAccount>(SELECT_BY_CODE, { merchantId, codeKey }) ?? null;
}

/** A sale whose payment waits and that puts something on the account when it is paid, or null. */
export function selectSaleFilling(db: ReadableDb, merchantId: string, accountId: string): string | null {
  return db.get<{ saleId: string }>(SELECT_SALE_FILLING, { merchantId, accountId })?.saleId ?? null;
}

/** The account that a customer's own credit is kept on; null until their first entry. */
export function selectCreditOfCustomer(
  db: ReadableDb,
  merchantId: string,
  customerId: string,
): StoredCreditAccount | null {
  return db.get<StoredCreditAccount>(SELECT_OF_CUSTOMER, { merchantId, customerId }) ?? null;
}

/** Opens an account, of a customer or with the code of a card; the opening goes into the op. */
export function insertCreditAccount(
  scope: SystemScope,
  opened: Pick<StoredCreditAccount, 'kind' | 'customerId' | 'code' | 'codeKey'>,
): StoredCreditAccount {
  const account = {
    ...opened,
    accountId: scope.newId(),
    status: 'active' as const,
    statusAtMs: null,
    statusByStaffId: null,
    replacedById: null,
    createdAtMs: scope.moment.atMs,
  };
  const row = rowOf(scope, account);
  scope.db.runOne(INSERT_ACCOUNT, row);
  scope.fact('credit_accounts', row);
  return account;
}

/** Freezes an account, opens it again, or marks it as replaced by another; the row goes into the op. */
export function updateCreditStatus(
  scope: SystemScope,
  account: StoredCreditAccount,
  next: Pick<StoredCreditAccount, 'status' | 'replacedById'>,
): void {
  const row = rowOf(scope, {
    ...account,
    ...next,
    statusAtMs: scope.moment.atMs,
    statusByStaffId: scope.session.staffId,
  });
  const { id, merchantId, status, statusAtMs, statusByStaffId, replacedById } = row;
  scope.db.runOne(UPDATE_STATUS, { id, merchantId, status, statusAtMs, statusByStaffId, replacedById });
  scope.fact('credit_accounts', row);
}

function rowOf(scope: SystemScope, { accountId, ...account }: StoredCreditAccount) {
  return { id: accountId, merchantId: scope.shop.merchantId, ...account };
}
