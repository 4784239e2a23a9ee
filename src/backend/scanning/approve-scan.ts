import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { CommandScope } from '../command-scope.ts';
import { appendScanApproval, hasScan } from './scan-approvals-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const approveScanSchema = z.strictObject({ scanId: idSchema, overrideIds: overrideIdsSchema });

/** Lets a risky scan go on, for the sale or award that it began. Refuses 'not-found'. */
export function approveScan(
  scope: CommandScope,
  { scanId }: z.output<typeof approveScanSchema>,
): Outcome<{ readonly scanId: string }> {
  if (!hasScan(scope.db, scope.shop.merchantId, scanId)) return refuse('not-found', { kind: 'scan' });
  appendScanApproval(scope, scanId);
  return done({ scanId });
}
