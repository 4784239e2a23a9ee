import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { type RiskFinding, standingRisk } from '#shop/scanning/scan-risk.ts';
import type { ReadScope } from '../context.ts';
import { selectNewestScan } from './scan-approvals-store.ts';

export const scanRiskSchema = z.strictObject({ customerId: idSchema, isByScan: z.boolean() });

export interface ShownRisk extends RiskFinding {
  readonly scanId: string;
  /** The manager who let it go on; null while nobody has. */
  readonly approvedBy: string | null;
}

/** What stands against a sale or an award of this customer because of how they were scanned here; null for nothing. */
export function showScanRisk(
  { db, shop, moment }: ReadScope,
  { customerId, isByScan }: z.output<typeof scanRiskSchema>,
): ShownRisk | null {
  const { merchantId, terminalId } = shop;
  const scan = selectNewestScan(db, { merchantId, terminalId, customerId });
  const finding = standingRisk(scan, { isByScan, nowMs: moment.atMs });
  if (scan === null || finding.risk === 'LOW') return null;
  return { ...finding, scanId: scan.scanId, approvedBy: scan.approvedBy };
}
