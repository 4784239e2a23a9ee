import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_OWNER = sql`
  SELECT staff_id AS staffId
  FROM staff_badges
  WHERE merchant_id = :merchantId
    AND code_hash = :codeHash
    AND revoked_at_ms IS NULL`;

const SELECT_VALID = sql`
  SELECT id AS badgeId, issued_at_ms AS issuedAtMs
  FROM staff_badges
  WHERE merchant_id = :merchantId
    AND staff_id = :staffId
    AND revoked_at_ms IS NULL`;

const REVOKE = sql`
  UPDATE staff_badges
  SET revoked_at_ms = :atMs
  WHERE id = :badgeId
    AND revoked_at_ms IS NULL`;

const INSERT_BADGE = sql`
  INSERT INTO staff_badges (id, merchant_id, staff_id, code_hash, issued_by_staff_id, issued_at_ms)
  VALUES (:id, :merchantId, :staffId, :codeHash, :issuedByStaffId, :issuedAtMs)`;

/** A badge that opens; its code is known only to the paper. */
export interface ValidBadge {
  readonly badgeId: string;
  readonly issuedAtMs: number;
}

/** Whose badge this is; null for a code that opens nothing (any more). */
export function selectBadgeOwner(db: ReadableDb, merchantId: string, codeHash: string): string | null {
  return db.get<{ staffId: string }>(SELECT_OWNER, { merchantId, codeHash })?.staffId ?? null;
}

/** The badge that a person has now; null for none. */
export function selectValidBadge(db: ReadableDb, merchantId: string, staffId: string): ValidBadge | null {
  return db.get<ValidBadge>(SELECT_VALID, { merchantId, staffId }) ?? null;
}

/** Ends a badge that is valid. */
export function revokeBadgeRow(db: WritableDb, badgeId: string, atMs: number): void {
  db.runOne(REVOKE, { badgeId, atMs });
}

export function insertBadge(
  db: WritableDb,
  badge: {
    id: string;
    merchantId: string;
    staffId: string;
    codeHash: string;
    issuedByStaffId: string;
    issuedAtMs: number;
  },
): void {
  db.runOne(INSERT_BADGE, badge);
}
