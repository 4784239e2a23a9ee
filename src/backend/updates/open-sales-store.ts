import { type ReadableDb, sql } from '../db/database.ts';

const COUNT_OPEN_SALES = sql`
  SELECT count(*) AS open
  FROM sale_drafts
  WHERE merchant_id = :merchantId
    AND terminal_id = :terminalId
    AND held_at_ms IS NULL
    AND json_array_length(draft, '$.lines') > 0`;

/** How many sales are being rung up at the terminal; one on hold waits over a restart as well as anywhere. */
export function countOpenSales(db: ReadableDb, at: { merchantId: string; terminalId: string }): number {
  return db.get<{ open: number }>(COUNT_OPEN_SALES, at)?.open ?? 0;
}
