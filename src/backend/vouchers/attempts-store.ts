import type { SystemScope } from '../command-scope.ts';
import { sql } from '../db/database.ts';

const INSERT_ATTEMPT = sql`
  INSERT INTO redemption_attempts (
    id, merchant_id, voucher_id, code_hash, kind, business_id, terminal_id, staff_id, customer_id, transaction_id,
    attempted_at_ms, failure_reason, device_info)
  VALUES (
    :id, :merchantId, :voucherId, :codeHash, :kind, :businessId, :terminalId, :staffId, :customerId, :transactionId,
    :attemptedAtMs, :failureReason, :deviceInfo)`;

export interface RefusedAttempt {
  readonly voucherId: string | null;
  /** What was tried, hashed with this device's key: nobody guesses back a code that is no voucher. */
  readonly codeHash: string;
  readonly kind: 'check';
  readonly customerId: string | null;
  readonly transactionId: string | null;
  readonly failureReason: string;
}

/** Keeps an attempt that was refused, with its reason (S0-28, S0-29, S0-32). */
export function insertRefusedAttempt(
  scope: SystemScope & { session: { staffId: string } },
  given: RefusedAttempt,
): void {
  const { db, env, shop, session, moment } = scope;
  const row = {
    id: scope.newId(),
    merchantId: shop.merchantId,
    businessId: shop.shopId,
    terminalId: shop.terminalId,
    staffId: session.staffId,
    attemptedAtMs: moment.atMs,
    deviceInfo: JSON.stringify({ host: env.host, appVersion: env.appVersion }),
    ...given,
  };
  db.runOne(INSERT_ATTEMPT, row);
  scope.fact('redemption_attempts', row);
}
