import { must, mustHave } from '../must.ts';
import zoneData from './zone-data.json' with { type: 'json' };

/** The bundled database as scripts/zone-data.mjs packs it, by IANA name; a zone is unpacked when it is first asked for. */
const PACKED_ZONES: Readonly<Record<string, string>> = zoneData.zones;

interface KnownZone {
  /** Period n lasts until `untilsMs[n]`, the last for ever; the offsets are ahead of UTC. */
  readonly untilsMs: readonly number[];
  readonly offsetsMs: readonly number[];
  /** The period asked last: a till asks for the same one over and over. */
  fromMs: number;
  untilMs: number;
  offsetMs: number;
}

/** Zones by name. Pure data of the bundled database: unpacking them again would give the same. */
const KNOWN_ZONES = new Map<string, KnownZone>();

/** Whether the bundled time zone database knows this IANA name. */
export function isKnownZone(zone: string): boolean {
  return Object.hasOwn(PACKED_ZONES, zone);
}

/** Every IANA zone name of the bundled database, sorted. */
export function allZones(): string[] {
  return Object.keys(PACKED_ZONES)
    .filter((zone) => zone.includes('/') && !zone.startsWith('Etc/') && !zone.startsWith('SystemV/'))
    .sort();
}

/**
 * Returns how far the zone's civil time is ahead of UTC at the instant, in ms.
 * Read from the bundled database and not the host's: an old host believes that Asunción still changes its clocks (C-57).
 * It holds 1970 to 2099; an instant outside has the offset of the nearest end.
 * The zone must be known (asserted): ask isKnownZone before storing one.
 */
export function offsetMsAt(instantMs: number, zone: string): number {
  const known = knownZone(zone);
  if (instantMs >= known.fromMs && instantMs < known.untilMs) return known.offsetMs;
  const period = periodAt(known.untilsMs, instantMs);
  known.fromMs = known.untilsMs[period - 1] ?? Number.NEGATIVE_INFINITY;
  known.untilMs = known.untilsMs[period] ?? Number.POSITIVE_INFINITY;
  known.offsetMs = mustHave(known.offsetsMs[period], 'the offset of a period');
  return known.offsetMs;
}

function knownZone(zone: string): KnownZone {
  const known = KNOWN_ZONES.get(zone);
  if (known !== undefined) return known;
  must(isKnownZone(zone), 'unknown time zone');
  const added: KnownZone = { ...unpack(zone), fromMs: 0, untilMs: 0, offsetMs: 0 };
  KNOWN_ZONES.set(zone, added);
  return added;
}

function unpack(zone: string): Pick<KnownZone, 'untilsMs' | 'offsetsMs'> {
  const text = mustHave(PACKED_ZONES[zone], 'a zone');
  if (text.startsWith('=')) return unpack(text.slice(1));
  const [offsets = '', order = '', lengths = ''] = text.split('|');
  const seconds = offsets.split(' ').map(Number);
  const untilsMs: number[] = [];
  for (const length of lengths.split(' ').filter((part) => part !== '')) {
    untilsMs.push((untilsMs.at(-1) ?? 0) + Number.parseInt(length, 36) * 1000);
  }
  const offsetsMs = [...order].map((digit) => mustHave(seconds[Number.parseInt(digit, 36)], 'an offset') * 1000);
  must(offsetsMs.length === untilsMs.length + 1, 'a zone whose periods and offsets differ');
  return { untilsMs, offsetsMs };
}

/** The period that holds at the instant: the first that ends after it. */
function periodAt(untilsMs: readonly number[], instantMs: number): number {
  const range = { low: 0, high: untilsMs.length };
  while (range.low < range.high) {
    const middle = (range.low + range.high) >> 1;
    if ((untilsMs[middle] ?? Number.POSITIVE_INFINITY) > instantMs) range.high = middle;
    else range.low = middle + 1;
  }
  return range.low;
}
