import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_OPEN_ID = sql`
  SELECT id
  FROM register_shifts
  WHERE terminal_id = :terminalId
    AND closed_at_ms IS NULL`;

/** The open cash session of the terminal, or null. */
export function selectOpenShiftId(db: ReadableDb, terminalId: string): string | null {
  return db.get<{ id: string }>(SELECT_OPEN_ID, { terminalId })?.id ?? null;
}
