import type { EarningLine } from '#shop/points/earning-base.ts';
import type { Programme } from '#shop/points/programme.ts';
import type { TierMove } from '#shop/points/tiers.ts';
import { type ReplayedSale, startReplay, type WhatIfAssumptions, type WhatIfResult } from '#shop/points/what-if.ts';
import { addMonths } from '#shop/time/civil-date.ts';
import { selectSegmentsOf } from '../customers/segments-store.ts';
import type { ReadableDb } from '../db/database.ts';
import {
  countPastSales,
  type PastSaleRow,
  selectMovesBefore,
  selectPastLines,
  selectPastSales,
} from './what-if-store.ts';

/** A draft to be played over past sales, as the read worker is told. */
export interface WhatIfTask {
  readonly merchantId: string;
  readonly programId: string;
  readonly programme: Programme;
  readonly zone: string;
  /** The first business day, 'YYYY-MM-DD'. */
  readonly fromDate: string;
  readonly assumptions: WhatIfAssumptions;
}

/** How a long job tells how far it is and learns that nobody waits any more. */
export interface JobFollower {
  progress(done: number, total: number): void;
  isStopped(): boolean;
}

const PORTION = 500;

/**
 * Plays past sales of known customers under a draft, by the functions that commit a sale, in portions between which the
 * thread does other things. Reads what remains of each sale. Returns null when it was stopped. Segments count as they are
 * now: which ones a customer was in then is not kept.
 */
export async function replaySales(
  db: ReadableDb,
  task: WhatIfTask,
  follower: JobFollower,
): Promise<WhatIfResult | null> {
  const { merchantId, programId, programme, zone, fromDate, assumptions } = task;
  const total = countPastSales(db, merchantId, fromDate);
  follower.progress(0, total);
  const version = { versionId: 'draft', version: 0, programme };
  const before = movesBefore(db, task);
  const replay = startReplay(version, zone, (customerId) => before.get(customerId) ?? []);
  const segmentsOf = segmentReader(db, programme);
  const walk = { cursor: { afterDate: fromDate, afterMs: -1, afterId: '' }, done: 0 };
  while (true) {
    const sales = selectPastSales(db, { merchantId, programId, limit: PORTION, ...walk.cursor });
    const last = sales.at(-1);
    if (last === undefined) return replay.result(assumptions);
    const lines = selectPastLines(db, sales);
    for (const sale of sales)
      replay.add(replayedSaleOf(sale, lines.get(sale.saleId) ?? [], segmentsOf(sale.customerId)));
    walk.cursor = { afterDate: last.businessDate, afterMs: last.createdAtMs, afterId: last.saleId };
    walk.done += sales.length;
    follower.progress(walk.done, Math.max(total, walk.done));
    await new Promise((resolve) => setImmediate(resolve));
    if (follower.isStopped()) return null;
  }
}

function replayedSaleOf(row: PastSaleRow, lines: readonly EarningLine[], segmentIds: readonly string[]): ReplayedSale {
  const { saleId, customerId, atMs, taxMode, actualPoints, remainingMinor } = row;
  const amount = { lineId: 'amount', netMinor: remainingMinor, taxMinor: 0, payableMinor: remainingMinor };
  const sale = row.kind === 'AWARD' ? { lines: [amount], taxMode: 'inclusive' as const } : { lines, taxMode };
  return { saleId, customerId, atMs, sale, segmentIds, actualPoints };
}

/** Reads the segments of a customer once, and only where a rule asks for any. */
function segmentReader(db: ReadableDb, { rules, promotions }: Programme): (customerId: string) => readonly string[] {
  if (![...rules, ...promotions].some((each) => each.segmentIds.length > 0)) return () => [];
  const known = new Map<string, readonly string[]>();
  return (customerId) => {
    const segmentIds = known.get(customerId) ?? selectSegmentsOf(db, customerId).map(({ segmentId }) => segmentId);
    known.set(customerId, segmentIds);
    return segmentIds;
  };
}

/** What counts on the ladder from before the first sale of the replay, by customer. */
function movesBefore(db: ReadableDb, task: WhatIfTask): Map<string, TierMove[]> {
  const moves = new Map<string, TierMove[]>();
  const { merchantId, programId, fromDate: untilDate, programme } = task;
  if (programme.tiers === null) return moves;
  const fromDate = reachOf(programme.tiers, untilDate);
  for (const row of selectMovesBefore(db, { merchantId, programId, fromDate, untilDate })) {
    const { customerId, atMs, saleId, spendMinor, earnedPoints } = row;
    const move = { atMs, saleId, spendMinor, visits: 1, earnedPoints, balancePoints: earnedPoints };
    const known = moves.get(customerId);
    if (known === undefined) moves.set(customerId, [move]);
    else known.push(move);
  }
  return moves;
}

const MONTHS_OF = { year: 12, 'half-year': 6, quarter: 3, month: 1 } as const;

/** The first day that can still count on the ladder: the period, and the one before it that grace may keep alive. */
function reachOf({ mode, period }: NonNullable<Programme['tiers']>, untilDate: string): string {
  if (mode === 'BALANCE' || period.kind === 'lifetime') return '';
  const months = period.kind === 'rolling' ? period.months : MONTHS_OF[period.unit];
  return addMonths(untilDate, -2 * months - 12);
}
