import { type Refusal, refuse } from '../refusal.ts';

/** How risky a scan is. Policy decides what follows: record, warn, require an override, refuse. */
export type Risk = 'LOW' | 'MEDIUM' | 'HIGH';

/** A risk with its reason as a stable code; null when there is nothing to say. */
export interface RiskFinding {
  readonly risk: Risk;
  readonly reason: 'scan-rate' | 'impossible-travel' | 'failed-codes' | 'same-code' | null;
}

/** What each risk asks for: the log holds all of them, a warning is shown, an override takes a manager. */
const POLICY: Readonly<Record<Risk, 'record' | 'warn' | 'override'>> = {
  LOW: 'record',
  MEDIUM: 'warn',
  HIGH: 'override',
};

/** More customer and voucher reads than this within a minute from one device are a risk (S2). */
const RATE_LIMIT = 10;
export const RATE_WINDOW_MS = 60_000;

/** Farther than this and faster than that is no journey between two shops (S2). */
const TRAVEL_IGNORED_BELOW_METRES = 1000;
const TRAVEL_LIMIT_METRES_PER_SECOND = 50;

/**
 * Judges the rate of a device: the 11th customer or voucher read within 60 s is HIGH (C-44). Give the instants of those
 * reads alone, this one included: products never count, nor do suppressed repeats.
 */
export function judgeScanRate(readAtMs: readonly number[], nowMs: number): RiskFinding {
  const inWindow = readAtMs.filter((atMs) => atMs <= nowMs && nowMs - atMs < RATE_WINDOW_MS).length;
  return inWindow > RATE_LIMIT ? { risk: 'HIGH', reason: 'scan-rate' } : { risk: 'LOW', reason: null };
}

/** So many different codes that nobody has, within a minute at one device, look like somebody trying codes. */
const FAILED_CODES_LIMIT = 4;
/** One customer's code read more often than this within the window looks like a copy of it going round. */
const SAME_CODE_LIMIT = 4;
export const SAME_CODE_WINDOW_MS = 600_000;

/**
 * Judges a customer's code that is read after failures: from five different customer or voucher codes on that were not
 * known, misread or replaced, at this device within a minute, it is MEDIUM. Products that are not known never count.
 */
export function judgeFailedCodes(failedCodes: number): RiskFinding {
  return failedCodes > FAILED_CODES_LIMIT ? { risk: 'MEDIUM', reason: 'failed-codes' } : NO_RISK;
}

/**
 * Judges how often one customer's code was read in this shop: the fifth read within ten minutes is MEDIUM. Give the instants
 * of those reads, this one included; suppressed repeats do not count.
 */
export function judgeSameCode(readAtMs: readonly number[], nowMs: number): RiskFinding {
  const inWindow = readAtMs.filter((atMs) => atMs <= nowMs && nowMs - atMs < SAME_CODE_WINDOW_MS).length;
  return inWindow > SAME_CODE_LIMIT ? { risk: 'MEDIUM', reason: 'same-code' } : NO_RISK;
}

const NO_RISK: RiskFinding = { risk: 'LOW', reason: null };
const WEIGHT: Readonly<Record<Risk, number>> = { LOW: 0, MEDIUM: 1, HIGH: 2 };

/** The worst of several findings; of equal ones the first. */
export function worstRisk(findings: readonly RiskFinding[]): RiskFinding {
  return findings.reduce((worst, found) => (WEIGHT[found.risk] > WEIGHT[worst.risk] ? found : worst), NO_RISK);
}

/** Where and when something was scanned, in degrees. */
export interface ScanPlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly atMs: number;
}

/** Judges two scans of one customer: more than 50 m/s between places 1 000 m or more apart is HIGH (C-45). */
export function judgeTravel(a: ScanPlace, b: ScanPlace): RiskFinding {
  const metres = distanceMetres(a, b);
  return judgeTravelled(metres, Math.abs(b.atMs - a.atMs));
}

/** The same judgement of a distance and a time. No time at all over such a distance is HIGH. */
export function judgeTravelled(metres: number, durationMs: number): RiskFinding {
  if (metres < TRAVEL_IGNORED_BELOW_METRES) return { risk: 'LOW', reason: null };
  const isTooFast = metres * 1000 > TRAVEL_LIMIT_METRES_PER_SECOND * durationMs;
  return isTooFast ? { risk: 'HIGH', reason: 'impossible-travel' } : { risk: 'LOW', reason: null };
}

const EARTH_RADIUS_METRES = 6_371_008.8;

/** Great-circle distance by the haversine formula, on a sphere of the mean Earth radius (IUGG). */
function distanceMetres(a: Omit<ScanPlace, 'atMs'>, b: Omit<ScanPlace, 'atMs'>): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const halfLatitude = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const halfLongitude = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const h = halfLatitude + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * halfLongitude;
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The scan by which a customer came to a till, as far as its risk goes. */
export interface IdentifyingScan extends RiskFinding {
  readonly scanId: string;
  readonly atMs: number;
  /** Somebody who may has let it go on. */
  readonly isApproved: boolean;
}

/** A customer who is found otherwise soon after a risky scan still carries its risk: searching is no way around it. */
const RISK_LASTS_MS = 600_000;

/**
 * Returns the risk that stands against a sale or an award because of the customer's newest scan. A sale that was begun by
 * scanning is bound to that scan however long it was held; found otherwise, the scan counts for ten minutes.
 */
export function standingRisk(
  scan: IdentifyingScan | null,
  { isByScan, nowMs }: { readonly isByScan: boolean; readonly nowMs: number },
): RiskFinding {
  if (scan === null || (!isByScan && nowMs - scan.atMs >= RISK_LASTS_MS)) return { risk: 'LOW', reason: null };
  return { risk: scan.risk, reason: scan.reason };
}

/**
 * Decides whether a sale or an award may go on in spite of its customer's scan: a HIGH one needs somebody who may let it
 * go on ('scan.risky'), and that it was let go on is to be noted. Refuses 'scan-risk' with the reason.
 */
export function decideRiskyScan(
  scan: IdentifyingScan | null,
  given: { readonly isByScan: boolean; readonly nowMs: number; readonly mayApprove: boolean },
): { readonly kind: 'go-on'; readonly approveScanId: string | null } | Refusal {
  const { risk, reason } = standingRisk(scan, given);
  if (scan === null || POLICY[risk] !== 'override' || scan.isApproved) return { kind: 'go-on', approveScanId: null };
  if (given.mayApprove) return { kind: 'go-on', approveScanId: scan.scanId };
  return refuse('scan-risk', { scanId: scan.scanId, why: reason, permission: 'scan.risky', overridable: true });
}
