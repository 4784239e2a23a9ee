import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_DRAFTS = sql`
  SELECT d.sale_id AS saleId, d.revision, d.draft, d.held_at_ms AS heldAtMs, d.updated_at_ms AS updatedAtMs,
    p.full_name AS customerName, t.status AS saleStatus,
    (
      SELECT json_group_array(json_object('tenderId', x.id, 'kind', x.kind, 'amountMinor', x.amount_minor))
      FROM transaction_tenders x
      WHERE x.transaction_id = t.id AND x.status = 'pending') AS pendingTenders
  FROM sale_drafts d
  LEFT JOIN customers c ON c.id = json_extract(d.draft, '$.customerId') AND c.merchant_id = d.merchant_id
  LEFT JOIN customer_pii p ON p.customer_number = c.customer_number
  LEFT JOIN transactions t ON t.id = d.sale_id
  WHERE d.merchant_id = :merchantId
    AND d.terminal_id = :terminalId
  ORDER BY d.updated_at_ms
  LIMIT 200`;

const SELECT_DRAFT = sql`
  SELECT revision, draft, held_at_ms AS heldAtMs
  FROM sale_drafts
  WHERE sale_id = :saleId
    AND merchant_id = :merchantId`;

const COUNT_HELD = sql`
  SELECT COUNT(*) AS held
  FROM sale_drafts
  WHERE merchant_id = :merchantId
    AND terminal_id = :terminalId
    AND held_at_ms IS NOT NULL
    AND sale_id <> :saleId`;

const UPSERT_DRAFT = sql`
  INSERT INTO sale_drafts (sale_id, merchant_id, terminal_id, staff_id, revision, draft, held_at_ms, updated_at_ms)
  VALUES (:saleId, :merchantId, :terminalId, :staffId, :revision, :draft, :heldAtMs, :updatedAtMs)
  ON CONFLICT (sale_id) DO UPDATE SET
    staff_id = excluded.staff_id,
    revision = excluded.revision,
    draft = excluded.draft,
    held_at_ms = excluded.held_at_ms,
    updated_at_ms = excluded.updated_at_ms`;

const DELETE_DRAFT = sql`
  DELETE FROM sale_drafts
  WHERE sale_id = :saleId
    AND merchant_id = :merchantId`;

/** A draft as listed: draft and pendingTenders are JSON. */
export interface ListedDraftRow {
  readonly saleId: string;
  readonly revision: number;
  readonly draft: string;
  readonly heldAtMs: number | null;
  readonly updatedAtMs: number;
  readonly customerName: string | null;
  readonly saleStatus: string | null;
  readonly pendingTenders: string | null;
}

/** The open and held sales of this terminal, the oldest first. */
export function selectDrafts(db: ReadableDb, merchantId: string, terminalId: string): ListedDraftRow[] {
  return db.all<ListedDraftRow>(SELECT_DRAFTS, { merchantId, terminalId });
}

export interface StoredDraft {
  readonly revision: number;
  readonly draft: string;
  readonly heldAtMs: number | null;
}

export function selectDraft(db: ReadableDb, merchantId: string, saleId: string): StoredDraft | null {
  return db.get<StoredDraft>(SELECT_DRAFT, { merchantId, saleId }) ?? null;
}

/** How many other sales are on hold at this terminal. */
export function countHeldDrafts(db: ReadableDb, merchantId: string, terminalId: string, saleId: string): number {
  return db.get<{ held: number }>(COUNT_HELD, { merchantId, terminalId, saleId })?.held ?? 0;
}

export function upsertDraft(
  db: WritableDb,
  row: {
    saleId: string;
    merchantId: string;
    terminalId: string;
    staffId: string;
    revision: number;
    draft: string;
    heldAtMs: number | null;
    updatedAtMs: number;
  },
): void {
  db.runOne(UPSERT_DRAFT, row);
}

/** Forgets a draft; returns whether there was one. */
export function deleteDraft(db: WritableDb, merchantId: string, saleId: string): boolean {
  return db.run(DELETE_DRAFT, { merchantId, saleId }) > 0;
}
