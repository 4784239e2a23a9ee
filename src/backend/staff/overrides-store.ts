import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const TAKE_OVERRIDE = sql`
  UPDATE override_grants
  SET used_by_operation_id = :operationId
  WHERE id = :overrideId
    AND requested_by_staff_id = :staffId
    AND used_by_operation_id IS NULL
    AND granted_at_ms <= :nowMs
    AND expires_at_ms > :nowMs
  RETURNING permission, approved_by_staff_id AS approvedByStaffId`;

const SELECT_PERMISSION = sql`
  SELECT permission
  FROM override_grants
  WHERE id = :overrideId`;

const INSERT_OVERRIDE = sql`
  INSERT INTO override_grants (
    id, merchant_id, permission, approved_by_staff_id, requested_by_staff_id, granted_at_ms, expires_at_ms)
  VALUES (:id, :merchantId, :permission, :approvedByStaffId, :requestedByStaffId, :grantedAtMs, :expiresAtMs)`;

export interface TakenOverride {
  readonly permission: string;
  readonly approvedByStaffId: string;
}

/**
 * Uses up a manager's approval: once, by the person it was given to, while it lasts by trusted time.
 * One from before the time was corrected backwards is over. Null when it does not fit (X4).
 */
export function takeOverride(
  db: WritableDb,
  given: { overrideId: string; operationId: string; staffId: string; nowMs: number },
): TakenOverride | null {
  return db.get<TakenOverride>(TAKE_OVERRIDE, given) ?? null;
}

/** The permission that an approval was given for. */
export function selectGrantedPermission(db: ReadableDb, overrideId: string): string | null {
  return db.get<{ permission: string }>(SELECT_PERMISSION, { overrideId })?.permission ?? null;
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
