import { ZoneId, type ZoneRules } from '@js-joda/core';
import '@js-joda/timezone';
import { must } from '../must.ts';

interface KnownZone {
  readonly rules: ZoneRules;
  /** The quarter of an hour asked last and its offset: a till asks for the same one over and over. */
  quarter: number;
  offsetMs: number;
}

/** Offsets never change inside a quarter of an hour since 1972; before that the rules are asked each time. */
const QUARTER_MS = 900_000;
const FIRST_WHOLE_QUARTER = Math.floor(63_072_000_000 / QUARTER_MS);

/** Rules by zone name. Pure data of the bundled database: reading them again would give the same. */
const KNOWN_ZONES = new Map<string, KnownZone>();

/** Whether the bundled time zone database knows this IANA name. */
export function isKnownZone(zone: string): boolean {
  return zone.length <= 64 && ZoneId.getAvailableZoneIds().includes(zone);
}

/** Every IANA zone name of the bundled database, sorted. */
export function allZones(): string[] {
  return ZoneId.getAvailableZoneIds()
    .filter((zone) => zone.includes('/') && !zone.startsWith('Etc/') && !zone.startsWith('SystemV/'))
    .sort();
}

/**
 * Returns how far the zone's civil time is ahead of UTC at the instant, in ms.
 * Read from the bundled database and not the host's: an old host believes that Asunción still changes its clocks (C-57).
 * The zone must be known (asserted): ask isKnownZone before storing one.
 */
export function offsetMsAt(instantMs: number, zone: string): number {
  const known = knownZone(zone);
  const quarter = Math.floor(instantMs / QUARTER_MS);
  if (quarter === known.quarter) return known.offsetMs;
  const offsetMs = known.rules.offsetOfEpochMilli(instantMs).totalSeconds() * 1000;
  if (quarter >= FIRST_WHOLE_QUARTER) {
    known.quarter = quarter;
    known.offsetMs = offsetMs;
  }
  return offsetMs;
}

function knownZone(zone: string): KnownZone {
  const known = KNOWN_ZONES.get(zone);
  if (known !== undefined) return known;
  must(isKnownZone(zone), 'unknown time zone');
  const added: KnownZone = { rules: ZoneId.of(zone).rules(), quarter: Number.NaN, offsetMs: 0 };
  KNOWN_ZONES.set(zone, added);
  return added;
}
