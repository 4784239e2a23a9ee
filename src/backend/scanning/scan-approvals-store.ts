import type { Refusal } from '#shop/refusal.ts';
import { decideRiskyScan, type IdentifyingScan } from '#shop/scanning/scan-risk.ts';
import type { CommandScope } from '../command-scope.ts';
import { type ReadableDb, sql } from '../db/database.ts';

const SELECT_NEWEST_SCAN = sql`
  SELECT l.id AS scanId, l.risk, l.risk_reason AS reason, l.created_at_ms AS atMs,
    a.approved_by_staff_id AS approvedByStaffId, s.name AS approvedBy
  FROM qr_scan_logs l
  LEFT JOIN scan_approvals a ON a.scan_id = l.id
  LEFT JOIN staff_members s ON s.id = a.approved_by_staff_id
  WHERE l.customer_id = :customerId
    AND l.merchant_id = :merchantId
    AND l.terminal_id = :terminalId
  ORDER BY l.created_at_ms DESC, l.id DESC
  LIMIT 1`;

const HAS_SCAN = sql`
  SELECT 1 AS found
  FROM qr_scan_logs
  WHERE id = :scanId
    AND merchant_id = :merchantId`;

const INSERT_APPROVAL = sql`
  INSERT INTO scan_approvals (scan_id, merchant_id, approved_by_staff_id, requested_by_staff_id, approved_at_ms)
  VALUES (:scanId, :merchantId, :approvedByStaffId, :requestedByStaffId, :approvedAtMs)
  ON CONFLICT (scan_id) DO NOTHING
  RETURNING scan_id AS scanId`;

/** A customer's newest scan at a terminal, with who let it go on. */
export interface NewestScan extends IdentifyingScan {
  readonly approvedByStaffId: string | null;
  readonly approvedBy: string | null;
}

/** The newest scan of a customer at a terminal; null when they were never scanned there. */
export function selectNewestScan(
  db: ReadableDb,
  key: { readonly merchantId: string; readonly terminalId: string; readonly customerId: string },
): NewestScan | null {
  const scan = db.get<Omit<NewestScan, 'isApproved'>>(SELECT_NEWEST_SCAN, key);
  return scan === undefined ? null : { ...scan, isApproved: scan.approvedByStaffId !== null };
}

export function hasScan(db: ReadableDb, merchantId: string, scanId: string): boolean {
  return db.get(HAS_SCAN, { merchantId, scanId }) !== undefined;
}

/** Notes who lets a risky scan go on: the manager who approved, or whoever is signed in. Once; later words change nothing. */
export function appendScanApproval(scope: CommandScope, scanId: string): void {
  const { db, shop, session, moment } = scope;
  const row = {
    scanId,
    merchantId: shop.merchantId,
    approvedByStaffId: scope.approverOf('scan.risky') ?? session.staffId,
    requestedByStaffId: session.staffId,
    approvedAtMs: moment.atMs,
  };
  if (db.get(INSERT_APPROVAL, row) === undefined) return;
  scope.fact('scan_approvals', row);
  const after = { approvedByStaffId: row.approvedByStaffId };
  scope.changed({ table: 'scan_approvals', recordId: scanId, before: null, after });
  scope.touch('scans');
}

/** Asks the rule whether this customer's scan at this till stands against a sale or an award; notes what it lets go on. */
export function refuseRiskyScan(
  scope: CommandScope,
  { customerId, isByScan }: { readonly customerId: string; readonly isByScan: boolean },
): Refusal | null {
  const { merchantId, terminalId } = scope.shop;
  const scan = selectNewestScan(scope.db, { merchantId, terminalId, customerId });
  const nowMs = scope.moment.atMs;
  const decided = decideRiskyScan(scan, { isByScan, nowMs, mayApprove: scope.may('scan.risky') });
  if (decided.kind === 'refused') return decided;
  if (decided.approveScanId !== null) appendScanApproval(scope, decided.approveScanId);
  return null;
}
