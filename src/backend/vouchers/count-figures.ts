import { durationOf, type Duration, type FunnelCounts } from '#shop/vouchers/funnel.ts';
import { sumOf } from '#shop/money/money.ts';
import type { ReadableDb } from '../db/database.ts';
import {
  type ClaimSpan,
  countBusiest,
  countImpressions,
  countRefused,
  countScanners,
  countScans,
  countScansByDay,
  type FiguresTask,
  type RefusedCount,
  type ScanCount,
  type ScanDay,
  selectClaimsOfCampaign,
  selectUsesOfCampaign,
} from './figures-store.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Which figures the read worker is to count, and for whom. */
export interface CountFiguresTask extends FiguresTask {
  readonly merchantId: string;
}

/** What was counted of a voucher or a campaign, each number from its own rows. */
export interface CountedFigures {
  readonly counts: FunnelCounts;
  readonly uses: number;
  readonly costMinor: number;
  readonly impressionsByKind: readonly { readonly kind: string; readonly impressions: number }[];
  /** The three of them add up to the scans. */
  readonly scansByType: Readonly<Record<string, number>>;
  readonly scansBySource: Readonly<Record<string, number>>;
  readonly scansByShop: Readonly<Record<string, number>>;
  readonly scansByDay: readonly ScanDay[];
  readonly mostScansInAMinute: number;
  readonly mostScansInAnHour: number;
  readonly timeToRedeem: Duration | null;
  readonly timeToClaim: Duration | null;
  /** How many vouchers were claimed so many times (S0-62). */
  readonly claimsPerVoucher: readonly { readonly claims: number; readonly vouchers: number }[];
  readonly refused: readonly RefusedCount[];
}

/** Counts a voucher or a campaign in a span of time; in one view of the database, off the till's thread. */
export function countFigures(db: ReadableDb, { merchantId, ...task }: CountFiguresTask): CountedFigures {
  const impressionsByKind = countImpressions(db, task);
  const scans = countScans(db, task);
  const claims = selectClaimsOfCampaign(db, task);
  const uses = selectUsesOfCampaign(db, task);
  const standing = uses.filter((row) => row.uses > 0);
  const byCustomer = tally(standing.flatMap(({ customerId }) => customerId ?? []));
  return {
    counts: {
      impressions: sumOf(impressionsByKind.map(({ impressions }) => impressions)),
      scans: sumOf(scans.map((row) => row.scans)),
      uniqueScanners: countScanners(db, task),
      claims: claims.length,
      claimsUsed: claims.filter(({ usedAtMs }) => usedAtMs !== null).length,
      redemptions: standing.length,
      customers: byCustomer.size,
      repeatCustomers: [...byCustomer.values()].filter((times) => times > 1).length,
    },
    uses: sumOf(standing.map((row) => row.uses)),
    costMinor: sumOf(uses.map(({ costMinor }) => costMinor)),
    impressionsByKind,
    scansByType: scansBy(scans, 'scanType'),
    scansBySource: scansBy(scans, 'scanSource'),
    scansByShop: scansBy(scans, 'shopId'),
    scansByDay: countScansByDay(db, task),
    mostScansInAMinute: countBusiest(db, task, MINUTE_MS),
    mostScansInAnHour: countBusiest(db, task, HOUR_MS),
    timeToRedeem: durationOf(spansOf(claims, ({ claimedAtMs, usedAtMs }) => [claimedAtMs, usedAtMs])),
    timeToClaim: durationOf(spansOf(claims, ({ claimedAtMs, scannedAtMs }) => [scannedAtMs, claimedAtMs])),
    claimsPerVoucher: claimsPerVoucher(claims),
    refused: countRefused(db, merchantId, task),
  };
}

function scansBy(rows: readonly ScanCount[], key: 'scanType' | 'scanSource' | 'shopId'): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[row[key]] = (counts[row[key]] ?? 0) + row.scans;
  return counts;
}

function spansOf(
  claims: readonly ClaimSpan[],
  between: (claim: ClaimSpan) => readonly [number | null, number | null],
): number[] {
  return claims.flatMap((claim) => {
    const [from, to] = between(claim);
    return from === null || to === null ? [] : to - from;
  });
}

function claimsPerVoucher(claims: readonly ClaimSpan[]): { claims: number; vouchers: number }[] {
  const perVoucher = tally(claims.map(({ voucherId }) => voucherId));
  const vouchersBy = tally([...perVoucher.values()]);
  return [...vouchersBy].map(([times, vouchers]) => ({ claims: times, vouchers })).sort((a, b) => a.claims - b.claims);
}

function tally<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
