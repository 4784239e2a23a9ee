/** How risky a scan is. Policy decides what follows: record, warn, require an override, refuse. */
export type Risk = 'LOW' | 'MEDIUM' | 'HIGH';

/** A risk with its reason as a stable code; null when there is nothing to say. */
export interface RiskFinding {
  readonly risk: Risk;
  readonly reason: 'scan-rate' | 'impossible-travel' | null;
}

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
