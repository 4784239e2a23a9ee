import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_OVERRIDE = sql`
  SELECT id AS overrideId, permission, approved_by_staff_id AS approvedByStaffId
  FROM override_grants
  WHERE id = :overrideId
    AND requested_by_staff_id = :staffId
    AND used_by_operation_id IS NULL
    AND granted_at_ms <= :nowMs
    AND expires_at_ms > :nowMs`;

const USE_OVERRIDE = sql`
  UPDATE override_grants
  SET used_by_operation_id = :operationId
  WHERE id = :overrideId AND used_by_operation_id IS NULL`;

const INSERT_OVERRIDE = sql`
  INSERT INTO override_grants (
    id, merchant_id, permission, approved_by_staff_id, requested_by_staff_id, granted_at_ms, expires_at_ms)
  VALUES (:id, :merchantId, :permission, :approvedByStaffId, :requestedByStaffId, :grantedAtMs, :expiresAtMs)`;

/** A manager's approval that a command named. */
export interface Override {
  readonly overrideId: string;
  readonly permission: string;
  readonly approvedByStaffId: string;
}

/**
 * A manager's approval that is not used up, for the person it was given to, while it lasts by trusted time. One from
 * before the time was corrected backwards is over. Null when it does not fit (X4).
 */
export function selectOverride(
  db: ReadableDb,
  given: { overrideId: string; staffId: string; nowMs: number },
): Override | null {
  return db.get<Override>(SELECT_OVERRIDE, given) ?? null;
}

/** Uses an approval up: it opens nothing more. */
export function spendOverride(db: WritableDb, overrideId: string, operationId: string): void {
  db.runOne(USE_OVERRIDE, { overrideId, operationId });
}

export function insertOverride(
  db: WritableDb,
  grant: {
    id: string;
    merchantId: string;
    permission: string;
    approvedByStaffId: string;
    requestedByStaffId: string;
    grantedAtMs: number;
    expiresAtMs: number;
  },
): void {
  db.runOne(INSERT_OVERRIDE, grant);
}
