import { sumOf } from '#shop/money/money.ts';
import { type Duration, durationOf, type FunnelCounts } from '#shop/vouchers/funnel.ts';
import type { ReadableDb } from '../db/database.ts';
import {
  countImpressions,
  countRefused,
  type FiguresTask,
  type RefusedCount,
  type ScanStep,
  type Step,
  selectClaimsOfCampaign,
  selectScansOfCampaign,
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
  /** Business days with a scan, the newest first, and how many known people made them. */
  readonly scansByDay: readonly { readonly businessDate: string; readonly scans: number; readonly people: number }[];
  readonly mostScansInAMinute: number;
  readonly mostScansInAnHour: number;
  readonly timeToRedeem: Duration | null;
  readonly timeToClaim: Duration | null;
  /** How many vouchers were claimed so many times (S0-62). */
  readonly claimsPerVoucher: readonly { readonly claims: number; readonly vouchers: number }[];
  readonly refused: readonly RefusedCount[];
}

/**
 * Counts a voucher or a campaign in a span of time, of which scan, claim and use all are; in one view of the database, off the
 * till's thread. Each row is read once.
 */
export function countFigures(db: ReadableDb, { merchantId, ...task }: CountFiguresTask): CountedFigures {
  const impressionsByKind = countImpressions(db, task);
  const scans = selectScansOfCampaign(db, task);
  const claims = selectClaimsOfCampaign(db, task);
  const uses = selectUsesOfCampaign(db, task);
  const standing = uses.filter((row) => row.uses > 0);
  const byCustomer = tally(standing.flatMap(({ customerId }) => customerId ?? []));
  const [scannedAt, usedAt] = [timesOf(scans), timesOf(standing)];
  const toClaim = claims.flatMap((claim) => {
    const before = (scannedAt.get(keyOf(claim)) ?? []).filter((atMs) => atMs <= claim.atMs);
    return before.length === 0 ? [] : claim.atMs - before.reduce((last, atMs) => Math.max(last, atMs), 0);
  });
  const toRedeem = claims.flatMap((claim) => {
    const after = (usedAt.get(keyOf(claim)) ?? []).filter((atMs) => atMs >= claim.atMs);
    return after.length === 0 ? [] : after.reduce((first, atMs) => Math.min(first, atMs)) - claim.atMs;
  });
  return {
    counts: {
      impressions: sumOf(impressionsByKind.map(({ impressions }) => impressions)),
      scans: scans.length,
      uniqueScanners: peopleOf(scans),
      claims: claims.length,
      claimsUsed: toRedeem.length,
      redemptions: standing.length,
      customers: byCustomer.size,
      repeatCustomers: [...byCustomer.values()].filter((times) => times > 1).length,
    },
    uses: sumOf(standing.map((row) => row.uses)),
    costMinor: sumOf(uses.map(({ costMinor }) => costMinor)),
    impressionsByKind,
    ...scanFigures(scans),
    timeToRedeem: durationOf(toRedeem),
    timeToClaim: durationOf(toClaim),
    claimsPerVoucher: [...tally([...tally(claims.map(({ voucherId }) => voucherId)).values()])]
      .map(([times, vouchers]) => ({ claims: times, vouchers }))
      .sort((a, b) => a.claims - b.claims),
    refused: countRefused(db, merchantId, task),
  };
}

function scanFigures(scans: readonly ScanStep[]) {
  const countBy = (keyOfScan: (scan: ScanStep) => string) => Object.fromEntries(tally(scans.map(keyOfScan)));
  const busiest = (spanMs: number) =>
    [...tally(scans.map(({ atMs }) => Math.floor(atMs / spanMs))).values()].reduce((most, n) => Math.max(most, n), 0);
  const days = new Map<string, ScanStep[]>();
  for (const scan of scans) {
    const ofDay = days.get(scan.businessDate);
    if (ofDay === undefined) days.set(scan.businessDate, [scan]);
    else ofDay.push(scan);
  }
  return {
    scansByType: countBy(({ scanType }) => scanType),
    scansBySource: countBy(({ scanSource }) => scanSource),
    scansByShop: countBy(({ shopId }) => shopId),
    scansByDay: [...days]
      .map(([businessDate, ofDay]) => ({ businessDate, scans: ofDay.length, people: peopleOf(ofDay) }))
      .sort((a, b) => (a.businessDate < b.businessDate ? 1 : -1)),
    mostScansInAMinute: busiest(MINUTE_MS),
    mostScansInAnHour: busiest(HOUR_MS),
  };
}

function peopleOf(steps: readonly Step[]): number {
  return new Set(steps.flatMap(({ customerId }) => customerId ?? [])).size;
}

/** A customer and a voucher. */
function keyOf({ voucherId, customerId }: Step): string {
  return `${voucherId} ${customerId}`;
}

/** When each customer did it with each voucher. */
function timesOf(steps: readonly Step[]): Map<string, number[]> {
  const times = new Map<string, number[]>();
  for (const step of steps) {
    const known = times.get(keyOf(step));
    if (known === undefined) times.set(keyOf(step), [step.atMs]);
    else known.push(step.atMs);
  }
  return times;
}

function tally<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
