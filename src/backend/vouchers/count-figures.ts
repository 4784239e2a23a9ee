import { sumOf } from '#shop/money/money.ts';
import { type Duration, durationOf, type FunnelCounts } from '#shop/vouchers/funnel.ts';
import type { ReadableDb } from '../db/database.ts';
import {
  type ClaimStep,
  countImpressions,
  countRefused,
  type FiguresTask,
  type RefusedCount,
  type ScanStep,
  type Step,
  selectClaimsOfCampaign,
  selectMergedRecords,
  selectRollbacksOfCampaign,
  selectScansOfCampaign,
  selectUsesOfCampaign,
  type UseStep,
} from './figures-store.ts';

const MINUTE_MS = 60_000;
const NOBODY = -1;
/** More than there are people: what a pair of numbers is put together with. */
const PAIR = 2 ** 31;

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
 * till's thread. Each row is read once. Whoever was merged into somebody is one person with them, also where both did it.
 */
export function countFigures(db: ReadableDb, { merchantId, ...task }: CountFiguresTask): CountedFigures {
  const impressionsByKind = countImpressions(db, task);
  const people = new Numbers(selectMergedRecords(db, merchantId));
  const scans = selectScansOfCampaign(db, task);
  const { scanners, ...scanned } = scanFigures(scans, people);
  const uniqueScanners = people.count;
  const claims = selectClaimsOfCampaign(db, task);
  const uses = usesThatStand(db, task);
  const standing = uses.filter((row) => row.uses > 0);
  const byPerson = tally(standing.flatMap(({ customerId }) => (customerId === null ? [] : people.of(customerId))));
  const times = timesOfClaims({ claims, scans, scanners, uses: standing, people });
  const toClaim = times.flatMap(({ atMs, scannedMs }) => (scannedMs === null ? [] : atMs - scannedMs));
  const toRedeem = times.flatMap(({ atMs, usedMs }) => (usedMs === null ? [] : usedMs - atMs));
  return {
    counts: {
      impressions: sumOf(impressionsByKind.map(({ impressions }) => impressions)),
      scans: scans.length,
      uniqueScanners,
      claims: claims.length,
      claimsUsed: toRedeem.length,
      redemptions: standing.length,
      customers: byPerson.size,
      repeatCustomers: [...byPerson.values()].filter((times) => times > 1).length,
    },
    uses: sumOf(standing.map((row) => row.uses)),
    costMinor: sumOf(uses.map(({ costMinor }) => costMinor)),
    impressionsByKind,
    ...scanned,
    timeToRedeem: durationOf(toRedeem),
    timeToClaim: durationOf(toClaim),
    claimsPerVoucher: [...tally([...tally(claims.map(({ voucherId }) => voucherId)).values()])]
      .map(([times, vouchers]) => ({ claims: times, vouchers }))
      .sort((a, b) => a.claims - b.claims),
    refused: countRefused(db, merchantId, task),
  };
}

/** Numbers ids as they are met: hundreds of thousands are told apart by number. Merged records share that of the one they are. */
class Numbers {
  count = 0;
  private readonly known = new Map<string, number>();
  private readonly merged: ReadonlyMap<string, string>;
  private lastId = '';
  private last = 0;

  constructor(merged: readonly { readonly customerId: string; readonly intoCustomerId: string }[]) {
    this.merged = new Map(merged.map(({ customerId, intoCustomerId }) => [customerId, intoCustomerId]));
  }

  of(id: string): number {
    // Rows of one voucher come together.
    if (id === this.lastId) return this.last;
    const number = this.known.get(id) ?? this.add(id);
    this.lastId = id;
    this.last = number;
    return number;
  }

  private add(id: string): number {
    const into = this.merged.get(id);
    const number = into === undefined ? this.count++ : this.of(into);
    this.known.set(id, number);
    return number;
  }
}

/** The uses of a campaign, what was given back of each taken off; also those of which nothing is left. */
function usesThatStand(db: ReadableDb, task: FiguresTask): readonly UseStep[] {
  const given = new Map<string, { uses: number; amountMinor: number }>();
  for (const { redemptionId, uses, amountMinor } of selectRollbacksOfCampaign(db, task)) {
    const known = given.get(redemptionId) ?? { uses: 0, amountMinor: 0 };
    given.set(redemptionId, { uses: known.uses + uses, amountMinor: known.amountMinor + amountMinor });
  }
  return selectUsesOfCampaign(db, task).map((row) => {
    const back = given.get(row.redemptionId);
    if (back === undefined) return row;
    return { ...row, uses: row.uses - back.uses, costMinor: row.costMinor - back.amountMinor };
  });
}

interface Day {
  scans: number;
  readonly people: Set<number>;
}

/** One walk over what may be hundreds of thousands; what follows from it is put together from the few that differ. */
function scanFigures(scans: readonly ScanStep[], people: Numbers) {
  const places = new Map<string, { scans: number; readonly day: Day }>();
  const days = new Map<string, Day>();
  const byMinute = new Map<number, number>();
  const scanners = new Int32Array(scans.length).fill(NOBODY);
  let at = 0;
  for (const { place, atMs, customerId } of scans) {
    let known = places.get(place);
    if (known === undefined) {
      known = { scans: 0, day: dayOf(days, place) };
      places.set(place, known);
    }
    known.scans += 1;
    if (customerId !== null) {
      const person = people.of(customerId);
      scanners[at] = person;
      known.day.people.add(person);
    }
    at += 1;
    addTo(byMinute, Math.floor(atMs / MINUTE_MS));
  }
  const [byType, bySource, byShop] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (const [place, { scans: ofPlace, day }] of places) {
    const [scanType = '', scanSource = '', shopId = ''] = place.split(' ');
    addTo(byType, scanType, ofPlace);
    addTo(bySource, scanSource, ofPlace);
    addTo(byShop, shopId, ofPlace);
    day.scans += ofPlace;
  }
  const byHour = new Map<number, number>();
  for (const [minute, count] of byMinute) addTo(byHour, Math.floor(minute / 60), count);
  return {
    /** Who made each of them. */
    scanners,
    scansByType: Object.fromEntries(byType),
    scansBySource: Object.fromEntries(bySource),
    scansByShop: Object.fromEntries(byShop),
    scansByDay: [...days]
      .map(([businessDate, day]) => ({ businessDate, scans: day.scans, people: day.people.size }))
      .sort((a, b) => (a.businessDate < b.businessDate ? 1 : -1)),
    mostScansInAMinute: mostOf(byMinute),
    mostScansInAnHour: mostOf(byHour),
  };
}

function dayOf(days: Map<string, Day>, place: string): Day {
  const businessDate = place.slice(place.lastIndexOf(' ') + 1);
  const day = days.get(businessDate) ?? { scans: 0, people: new Set<number>() };
  days.set(businessDate, day);
  return day;
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

/** The times of each claim, of which a person has one for a voucher. */
function timesOfClaims(given: {
  readonly claims: readonly ClaimStep[];
  readonly scans: readonly ScanStep[];
  readonly scanners: Int32Array;
  readonly uses: readonly Step[];
  readonly people: Numbers;
}): readonly ClaimTimes[] {
  const { claims, scans, scanners, uses, people } = given;
  const vouchers = new Numbers([]);
  const pairOf = (voucherId: string, person: number): number => vouchers.of(voucherId) * PAIR + person;
  const byPair = new Map<number, ClaimTimes>();
  const times = claims.map(({ voucherId, customerId, atMs }) => {
    const claim: ClaimTimes = { atMs, scannedMs: null, usedMs: null };
    byPair.set(pairOf(voucherId, people.of(customerId)), claim);
    return claim;
  });
  let at = 0;
  for (const { voucherId, atMs } of scans) {
    const person = scanners[at] ?? NOBODY;
    at += 1;
    if (person === NOBODY) continue;
    const claim = byPair.get(pairOf(voucherId, person));
    if (claim !== undefined && atMs <= claim.atMs) claim.scannedMs = Math.max(claim.scannedMs ?? 0, atMs);
  }
  for (const { voucherId, customerId, atMs } of uses) {
    if (voucherId === null || customerId === null) continue;
    const claim = byPair.get(pairOf(voucherId, people.of(customerId)));
    if (claim !== undefined && atMs >= claim.atMs) claim.usedMs = Math.min(claim.usedMs ?? atMs, atMs);
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
