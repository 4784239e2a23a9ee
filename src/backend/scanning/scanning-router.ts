import { z } from 'zod';
import { command, publicMutation, query, router } from '../trpc.ts';
import { approveScan, approveScanSchema } from './approve-scan.ts';
import { selectRecentScans } from './scans-store.ts';
import { scanRiskSchema, showScanRisk } from './show-scan-risk.ts';
import { submitScan, submitScanSchema } from './submit-scan.ts';

export const scanningRouter = router({
  /** Needs the permission 'scan' for everything but recognising a staff badge before sign-in. */
  submit: publicMutation('scanning.submit', submitScanSchema, submitScan),
  risk: query('scanning.risk', 'scan', scanRiskSchema, showScanRisk),
  /** 'scan.risky' is a manager's; anybody at the counter brings a manager's approval. */
  approve: command('scanning.approve', 'scan.risky', approveScanSchema, approveScan),
  recent: query(
    'scanning.recent',
    'scan',
    z.strictObject({ limit: z.int().min(1).max(100) }),
    ({ db, shop }, { limit }) =>
      selectRecentScans(db, shop.merchantId, limit).map(({ customerName, productName, ...scan }) => ({
        ...scan,
        shownText: customerName ?? productName ?? scan.shownText ?? '',
      })),
  ),
});
