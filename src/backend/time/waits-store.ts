import { LOCKED_UNTIL_MANAGER_MS } from '#shop/staff/lock-out.ts';
import { sql, type WritableDb } from '../db/database.ts';

const MOVE_STAFF_WAITS = sql`
  UPDATE staff_members
  SET locked_until_ms = locked_until_ms + :byMs
  WHERE locked_until_ms > :fromMs AND locked_until_ms < :untilManagerMs`;

const MOVE_TERMINAL_WAITS = sql`
  UPDATE terminal_pin_tries
  SET locked_until_ms = locked_until_ms + :byMs
  WHERE locked_until_ms > :fromMs AND locked_until_ms < :untilManagerMs`;

/**
 * Moves the PIN waits that still run along with trusted time, so that a correction of the time neither ends them nor
 * makes them last for months: each has as long to go as before (fault F11). Both UTC ms.
 */
export function moveWaits(db: WritableDb, fromMs: number, toMs: number): void {
  if (fromMs === 0 || fromMs === toMs) return;
  const move = { fromMs, byMs: toMs - fromMs, untilManagerMs: LOCKED_UNTIL_MANAGER_MS };
  db.run(MOVE_STAFF_WAITS, move);
  db.run(MOVE_TERMINAL_WAITS, move);
}
