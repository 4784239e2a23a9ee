import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const INSERT_REPLACED = sql`
  INSERT INTO replaced_codes (merchant_id, code, customer_id, replaced_at_ms, staff_id)
  VALUES (:merchantId, :code, :customerId, :replacedAtMs, :staffId)`;

const SELECT_REPLACED = sql`
  SELECT customer_id AS customerId
  FROM replaced_codes
  WHERE merchant_id = :merchantId
    AND code = :code`;

const SELECT_OF_CUSTOMER = sql`
  SELECT code, replaced_at_ms AS replacedAtMs
  FROM replaced_codes
  WHERE customer_id = :customerId
    AND merchant_id = :merchantId
  ORDER BY replaced_at_ms DESC
  LIMIT 50`;

/** Keeps a code that is no longer somebody's: it is never accepted and never given out again. */
export function insertReplacedCode(scope: CommandScope, customerId: string, code: string): void {
  const { merchantId } = scope.shop;
  const { staffId } = scope.session;
  scope.db.runOne(INSERT_REPLACED, { merchantId, code, customerId, replacedAtMs: scope.moment.atMs, staffId });
}

/** Whether the code is of a card that was lost or exchanged. */
export function isReplacedCode(db: ReadableDb, merchantId: string, code: string): boolean {
  return db.get(SELECT_REPLACED, { merchantId, code }) !== undefined;
}

/** The cards that a customer had before, the latest first. */
export function selectReplacedCodes(
  db: ReadableDb,
  merchantId: string,
  customerId: string,
): { code: string; replacedAtMs: number }[] {
  return db.all<{ code: string; replacedAtMs: number }>(SELECT_OF_CUSTOMER, { merchantId, customerId });
}
