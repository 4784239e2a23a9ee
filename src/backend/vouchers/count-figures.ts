import { sumOf } from '#shop/money/money.ts';
import { type Duration, durationOf, type FunnelCounts } from '#shop/vouchers/funnel.ts';
import type { ReadableDb } from '../db/database.ts';
import {
  countImpressions,
  countRefused,
  type FiguresTask,
  type RefusedCount,
  type ClaimStep,
  type ScanStep,
  type Step,
  selectClaimsOfCampaign,
  selectScansOfCampaign,
  selectUsesOfCampaign,
} from './figures-store.ts';

const MINUTE_MS = 60_000;

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
  const times = timesOfClaims(claims, scans, standing);
  const toClaim = times.flatMap(({ atMs, scannedMs }) => (scannedMs === null ? [] : atMs - scannedMs));
  const toRedeem = times.flatMap(({ atMs, usedMs }) => (usedMs === null ? [] : usedMs - atMs));
  const { people: uniqueScanners, ...ofScans } = scanFigures(scans);
  return {
    counts: {
      impressions: sumOf(impressionsByKind.map(({ impressions }) => impressions)),
      scans: scans.length,
      uniqueScanners,
      claims: claims.length,
      claimsUsed: toRedeem.length,
      redemptions: standing.length,
      customers: byCustomer.size,
      repeatCustomers: [...byCustomer.values()].filter((times) => times > 1).length,
    },
    uses: sumOf(standing.map((row) => row.uses)),
    costMinor: sumOf(uses.map(({ costMinor }) => costMinor)),
    impressionsByKind,
    ...ofScans,
    timeToRedeem: durationOf(toRedeem),
    timeToClaim: durationOf(toClaim),
    claimsPerVoucher: [...tally([...tally(claims.map(({ voucherId }) => voucherId)).values()])]
      .map(([times, vouchers]) => ({ claims: times, vouchers }))
      .sort((a, b) => a.claims - b.claims),
    refused: countRefused(db, merchantId, task),
  };
}

/** One walk over what may be hundreds of thousands; what follows from it is put together from the few that differ. */
function scanFigures(scans: readonly ScanStep[]) {
  const places = new Map<string, { scans: number; readonly people: Set<string> }>();
  const byMinute = new Map<number, number>();
  for (const { place, atMs, customerId } of scans) {
    const known = places.get(place) ?? { scans: 0, people: new Set<string>() };
    if (known.scans === 0) places.set(place, known);
    known.scans += 1;
    if (customerId !== null) known.people.add(customerId);
    addTo(byMinute, Math.floor(atMs / MINUTE_MS));
  }
  const byHour = new Map<number, number>();
  for (const [minute, count] of byMinute) addTo(byHour, Math.floor(minute / 60), count);
  return { ...byPlace(places), mostScansInAMinute: mostOf(byMinute), mostScansInAnHour: mostOf(byHour) };
}

function byPlace(places: ReadonlyMap<string, { readonly scans: number; readonly people: ReadonlySet<string> }>) {
  const [byType, bySource, byShop] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const people = new Set<string>();
  const days = new Map<string, { scans: number; readonly people: Set<string> }>();
  for (const [place, { scans, people: ofPlace }] of places) {
    const [scanType = '', scanSource = '', shopId = '', businessDate = ''] = place.split(' ');
    addTo(byType, scanType, scans);
    addTo(bySource, scanSource, scans);
    addTo(byShop, shopId, scans);
    const day = days.get(businessDate) ?? { scans: 0, people: new Set<string>() };
    days.set(businessDate, day);
    day.scans += scans;
    for (const customerId of ofPlace) {
      day.people.add(customerId);
      people.add(customerId);
    }
  }
  return {
    people: people.size,
    scansByType: Object.fromEntries(byType),
    scansBySource: Object.fromEntries(bySource),
    scansByShop: Object.fromEntries(byShop),
    scansByDay: [...days]
      .map(([businessDate, day]) => ({ businessDate, scans: day.scans, people: day.people.size }))
      .sort((a, b) => (a.businessDate < b.businessDate ? 1 : -1)),
  };
}

function mostOf(counts: ReadonlyMap<number, number>): number {
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  return most;
}

/** A claim, the last scan of its customer until then and their first use of it since; null: none. */
interface ClaimTimes {
  readonly atMs: number;
  scannedMs: number | null;
  usedMs: number | null;
}

/** The times of each claim, of which a customer has one for a voucher. */
function timesOfClaims(
  claims: readonly ClaimStep[],
  scans: readonly Step[],
  uses: readonly Step[],
): readonly ClaimTimes[] {
  const known = new Map<string, Map<string | null, ClaimTimes>>();
  const times = claims.map(({ voucherId, customerId, atMs }) => {
    const claim: ClaimTimes = { atMs, scannedMs: null, usedMs: null };
    const ofVoucher = known.get(voucherId) ?? new Map<string | null, ClaimTimes>();
    known.set(voucherId, ofVoucher.set(customerId, claim));
    return claim;
  });
  const claimOf = ({ voucherId, customerId }: Step) => known.get(voucherId ?? '')?.get(customerId);
  for (const scan of scans) {
    const claim = claimOf(scan);
    if (claim !== undefined && scan.atMs <= claim.atMs) claim.scannedMs = Math.max(claim.scannedMs ?? 0, scan.atMs);
  }
  for (const use of uses) {
    const claim = claimOf(use);
    if (claim !== undefined && use.atMs >= claim.atMs) claim.usedMs = Math.min(claim.usedMs ?? use.atMs, use.atMs);
  }
  return times;
}

function tally<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) addTo(counts, key);
  return counts;
}

function addTo<Key>(counts: Map<Key, number>, key: Key, more = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + more);
}
