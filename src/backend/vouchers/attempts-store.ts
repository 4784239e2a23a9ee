import { UNKNOWN_CODES } from '#shop/alerts/thresholds.ts';
import { raiseAlert, selectLastToldAtMs } from '../alerts/alerts-store.ts';
import type { SystemScope } from '../command-scope.ts';
import { sql } from '../db/database.ts';

const INSERT_ATTEMPT = sql`
  INSERT INTO redemption_attempts (
    id, merchant_id, voucher_id, code_hash, kind, business_id, terminal_id, staff_id, customer_id, transaction_id,
    attempted_at_ms, device_info, location, metadata)
  VALUES (
    :id, :merchantId, :voucherId, :codeHash, :kind, :businessId, :terminalId, :staffId, :customerId, :transactionId,
    :attemptedAtMs, :deviceInfo, (
      SELECT json_object('latitudeE6', latitude_e6, 'longitudeE6', longitude_e6)
      FROM shops
      WHERE id = :businessId
        AND latitude_e6 IS NOT NULL
        AND longitude_e6 IS NOT NULL), :metadata)`;

const END_ATTEMPT = sql`
  UPDATE redemption_attempts
  SET successful = :successful, failure_reason = :failureReason, transaction_id = :transactionId
  WHERE id = :id`;

/** Different codes that nobody made, tried at a till since an instant. */
const COUNT_UNKNOWN = sql`
  SELECT COUNT(DISTINCT code_hash) AS codes
  FROM redemption_attempts
  WHERE terminal_id = :terminalId
    AND attempted_at_ms >= :sinceMs
    AND failure_reason = 'voucher-unknown'`;

const MINUTE_MS = 60_000;

export interface Attempt {
  readonly voucherId: string | null;
  /** What was tried in its look-up form: kept as a hash with this device's key, so that nobody guesses it back. */
  readonly codeKey: string;
  readonly kind: 'check' | 'redeem';
  readonly customerId: string | null;
  readonly saleId: string | null;
  /** Where the code came from (a ScanSource), where somebody knows. */
  readonly source?: string | null;
}

/** An attempt that is written and not decided. */
export interface OpenAttempt {
  /** It worked: written with its effect, in one transaction. */
  succeed(): void;
  /** It was refused, with a reason of the table of refusals (S0-32). */
  fail(reason: string): void;
}

/** Writes an attempt before what it tries (S0-31); it stands as refused without a reason until it is decided. */
export function openAttempt(scope: SystemScope & { session: { staffId: string } }, attempt: Attempt): OpenAttempt {
  const { db, env, shop, session, moment } = scope;
  const { codeKey, source = null, saleId, ...given } = attempt;
  const row = {
    ...given,
    id: scope.newId(),
    merchantId: shop.merchantId,
    businessId: shop.shopId,
    terminalId: shop.terminalId,
    staffId: session.staffId,
    transactionId: saleId,
    attemptedAtMs: moment.atMs,
    codeHash: env.scanHash(`voucher\n${codeKey}`),
    deviceInfo: JSON.stringify({ host: env.host, appVersion: env.appVersion, os: process.platform }),
    metadata: JSON.stringify(source === null ? {} : { source }),
  };
  db.runOne(INSERT_ATTEMPT, row);
  const end = (successful: 0 | 1, failureReason: string | null): void => {
    const ended = { successful, failureReason, transactionId: saleId };
    db.runOne(END_ATTEMPT, { id: row.id, ...ended });
    scope.fact('redemption_attempts', { ...row, ...ended });
  };
  const fail = (reason: string): void => {
    end(0, reason);
    if (reason === 'voucher-unknown') watchUnknownCodes(scope);
  };
  return { succeed: () => end(1, null), fail };
}

/** Somebody may be guessing: told once for each window, and again in the next one. */
function watchUnknownCodes(scope: SystemScope): void {
  const { db, shop, moment } = scope;
  const { merchantId, terminalId } = shop;
  const sinceMs = moment.atMs - UNKNOWN_CODES.windowMs;
  const codes = db.get<{ codes: number }>(COUNT_UNKNOWN, { terminalId, sinceMs })?.codes ?? 0;
  if (codes < UNKNOWN_CODES.most) return;
  const about = { kind: 'unknown-codes', subject: terminalId } as const;
  const lastAtMs = selectLastToldAtMs(db, { merchantId, ...about });
  if (lastAtMs !== null && lastAtMs > sinceMs) return;
  raiseAlert(scope, { ...about, facts: { codes, minutes: UNKNOWN_CODES.windowMs / MINUTE_MS } });
}
