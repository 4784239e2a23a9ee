import type { Role } from '#shop/staff/permissions.ts';
import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_ALL = sql`
  SELECT id, name, roles, pin_hash, is_active, failed_tries, locked_until_ms, version
  FROM staff_members
  WHERE merchant_id = :merchantId
  ORDER BY created_at_ms, id`;

const SELECT_ONE = sql`
  SELECT id, name, roles, pin_hash, is_active, failed_tries, locked_until_ms, version
  FROM staff_members
  WHERE merchant_id = :merchantId AND id = :staffId`;

const INSERT_STAFF = sql`
  INSERT INTO staff_members (id, merchant_id, name, roles, pin_hash, created_at_ms, updated_at_ms)
  VALUES (:id, :merchantId, :name, :roles, :pinHash, :atMs, :atMs)`;

const UPDATE_STAFF = sql`
  UPDATE staff_members
  SET name = :name, roles = :roles, is_active = :isActive, version = version + 1, updated_at_ms = :atMs
  WHERE merchant_id = :merchantId AND id = :staffId`;

const UPDATE_PIN = sql`
  UPDATE staff_members
  SET pin_hash = :pinHash, failed_tries = 0, locked_until_ms = NULL, version = version + 1, updated_at_ms = :atMs
  WHERE merchant_id = :merchantId AND id = :staffId`;

const UPDATE_TRIES = sql`
  UPDATE staff_members
  SET failed_tries = :failedTries, locked_until_ms = :lockedUntilMs
  WHERE merchant_id = :merchantId AND id = :staffId`;

const SELECT_TERMINAL_TRIES = sql`
  SELECT failed_tries, locked_until_ms
  FROM terminal_pin_tries
  WHERE terminal_id = :terminalId`;

const UPSERT_TERMINAL_TRIES = sql`
  INSERT INTO terminal_pin_tries (terminal_id, merchant_id, failed_tries, locked_until_ms)
  VALUES (:terminalId, :merchantId, :failedTries, :lockedUntilMs)
  ON CONFLICT (terminal_id) DO UPDATE SET
    failed_tries = excluded.failed_tries,
    locked_until_ms = excluded.locked_until_ms`;

export interface StaffMember {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly pinHash: string;
  readonly isActive: boolean;
  readonly failedTries: number;
  readonly lockedUntilMs: number | null;
  readonly version: number;
}

export interface PinTries {
  readonly failedTries: number;
  readonly lockedUntilMs: number | null;
}

/** Everybody of the shop, active or not, in the order in which they came. */
export function selectStaff(db: ReadableDb, merchantId: string): StaffMember[] {
  return db.all<StaffRow>(SELECT_ALL, { merchantId }).map(toStaffMember);
}

export function selectStaffMember(db: ReadableDb, merchantId: string, staffId: string): StaffMember | null {
  const row = db.get<StaffRow>(SELECT_ONE, { merchantId, staffId });
  return row === undefined ? null : toStaffMember(row);
}

/** Adds a person. `pinHash` comes from the hasher: a PIN itself is never stored. */
export function insertStaff(
  db: WritableDb,
  person: { staffId: string; merchantId: string; name: string; roles: readonly Role[]; pinHash: string; atMs: number },
): void {
  const { staffId, roles, ...rest } = person;
  db.runOne(INSERT_STAFF, { id: staffId, roles: JSON.stringify(roles), ...rest });
}

export function updateStaff(
  db: WritableDb,
  person: {
    staffId: string;
    merchantId: string;
    name: string;
    roles: readonly Role[];
    isActive: boolean;
    atMs: number;
  },
): void {
  db.runOne(UPDATE_STAFF, { ...person, roles: JSON.stringify(person.roles), isActive: person.isActive ? 1 : 0 });
}

/** Sets a new PIN and forgives the failed tries. */
export function updatePin(
  db: WritableDb,
  given: { staffId: string; merchantId: string; pinHash: string; atMs: number },
): void {
  db.runOne(UPDATE_PIN, given);
}

export function updatePinTries(db: WritableDb, given: PinTries & { merchantId: string; staffId: string }): void {
  db.runOne(UPDATE_TRIES, { ...given });
}

/** Failed tries at a terminal in a row, whoever they were for. */
export function selectTerminalTries(db: ReadableDb, terminalId: string): PinTries {
  const row = db.get<{ failed_tries: number; locked_until_ms: number | null }>(SELECT_TERMINAL_TRIES, { terminalId });
  return { failedTries: row?.failed_tries ?? 0, lockedUntilMs: row?.locked_until_ms ?? null };
}

export function updateTerminalTries(
  db: WritableDb,
  given: PinTries & { terminalId: string; merchantId: string },
): void {
  db.runOne(UPSERT_TERMINAL_TRIES, { ...given });
}

interface StaffRow {
  readonly id: string;
  readonly name: string;
  readonly roles: string;
  readonly pin_hash: string;
  readonly is_active: number;
  readonly failed_tries: number;
  readonly locked_until_ms: number | null;
  readonly version: number;
}

function toStaffMember(row: StaffRow): StaffMember {
  return {
    staffId: row.id,
    name: row.name,
    roles: JSON.parse(row.roles) as Role[],
    pinHash: row.pin_hash,
    isActive: row.is_active === 1,
    failedTries: row.failed_tries,
    lockedUntilMs: row.locked_until_ms,
    version: row.version,
  };
}
