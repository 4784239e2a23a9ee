import { z } from 'zod';
import { decideUndo } from '#shop/points/decide-adjustment.ts';
import type { ReadScope } from '../context.ts';
import { type RecentAwardRow, selectRecentAwards } from './awards-store.ts';

export const recentAwardsSchema = z.strictObject({ limit: z.int().min(1).max(100).default(20) });

/** Points given a short while ago; sales at this till are undone by refund or cancellation, not here. */
export interface RecentAward {
  readonly entryId: string;
  readonly customerId: string;
  readonly customerName: string | null;
  readonly points: number;
  readonly amountMinor: number | null;
  readonly atMs: number;
  readonly reason: 'purchase' | 'goodwill' | 'correction';
  readonly staffId: string | null;
  readonly kind: 'award' | 'sale';
  readonly canUndo: boolean;
  readonly needsManager: boolean;
  readonly undoneAtMs: number | null;
}

/** The last points that were given, the newest first, and whether each can still be undone and by whom. */
export function recentAwards(scope: ReadScope, { limit }: z.output<typeof recentAwardsSchema>): RecentAward[] {
  return selectRecentAwards(scope.db, scope.shop.merchantId, limit).map((row) => awardOf(scope, row));
}

function awardOf(scope: ReadScope, row: RecentAwardRow): RecentAward {
  const kind = row.saleKind === 'SALE' ? 'sale' : 'award';
  const undo = decideUndo({
    awardedAtMs: row.trustedAtMs,
    awardedByStaffId: row.staffId ?? '',
    nowMs: scope.moment.trustedAtMs,
    staffId: scope.session.staffId,
    isUndone: row.undoneAtMs !== null || kind === 'sale',
  });
  const { entryId, customerId, customerName, points, amountMinor, atMs, staffId, undoneAtMs } = row;
  return {
    entryId,
    customerId,
    customerName,
    points,
    amountMinor,
    atMs,
    reason: reasonOf(row),
    staffId,
    kind,
    ...undo,
    undoneAtMs,
  };
}

function reasonOf({ kind, reason }: RecentAwardRow): RecentAward['reason'] {
  if (kind === 'earn') return 'purchase';
  return reason === 'goodwill' ? 'goodwill' : 'correction';
}
