import { z } from 'zod';
import { publicMutation, query, router } from '../trpc.ts';
import { selectRecentScans } from './scans-store.ts';
import { submitScan, submitScanSchema } from './submit-scan.ts';

export const scanningRouter = router({
  /** Needs the permission 'scan' for everything but recognising a staff badge before sign-in. */
  submit: publicMutation('scanning.submit', submitScanSchema, submitScan),
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
