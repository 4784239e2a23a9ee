import { uuidV5 } from '../ids/uuid.ts';
import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays } from '../time/civil-date.ts';
import type { PointLot, Position } from './lots.ts';
import type { TierChange } from './tiers.ts';

/** An account in a programme: what the ids of that which the system writes by itself are made of. */
export interface AccountOfProgramme {
  /** A UUID. */
  readonly accountId: string;
  readonly programId: string;
}

/** An 'expire' entry that is due: the same lot and end always give the same id, so that a repeated job writes nothing twice. */
export interface DueExpiry {
  readonly entryId: string;
  readonly lotId: string;
  /** Negative. */
  readonly points: number;
  readonly endedAtMs: number;
}

/** What of a position has ended and is not written yet. Expiry moves value, it never deletes it (L10). */
export function dueExpiries(of: AccountOfProgramme, position: Position): readonly DueExpiry[] {
  return position.endedLots.map((lot) => {
    const endedAtMs = lot.expiresAtMs ?? position.asOfMs;
    const entryId = idOf(of, 'expire', lot.lotId, endedAtMs);
    return { entryId, lotId: lot.lotId, points: -lot.remaining, endedAtMs };
  });
}

/** A lot whose points can be spent from now on. */
export interface DueRipening {
  readonly eventId: string;
  readonly lotId: string;
  readonly points: number;
  readonly ripenedAtMs: number;
}

/** The lots that ripened after `sinceMs`, up to the instant of the position. */
export function dueRipenings(of: AccountOfProgramme, position: Position, sinceMs: number): readonly DueRipening[] {
  return position.lots.flatMap(({ lotId, remaining, ripensAtMs }) =>
    ripensAtMs !== null && ripensAtMs > sinceMs && ripensAtMs <= position.asOfMs
      ? [{ eventId: idOf(of, 'ripen', lotId, ripensAtMs), lotId, points: remaining, ripenedAtMs: ripensAtMs }]
      : [],
  );
}

/** Points that end together, and soon. */
export interface ExpiringSoon {
  readonly expiresAtMs: number;
  readonly points: number;
}

/** What ends within `warnDays` days from the instant of the position, the soonest first; 0 days: what ends today (PT14). */
export function expiringSoon(position: Position, warnDays: number, zone: string): readonly ExpiringSoon[] {
  const untilMs = startOfLocalDay(addDays(localDateOf(position.asOfMs, zone), warnDays + 1), zone);
  const byEnd = new Map<number, number>();
  for (const { expiresAtMs, remaining } of position.lots) {
    if (expiresAtMs === null || expiresAtMs > untilMs) continue;
    byEnd.set(expiresAtMs, (byEnd.get(expiresAtMs) ?? 0) + remaining);
  }
  return [...byEnd].map(([expiresAtMs, points]) => ({ expiresAtMs, points }));
}

/** A warning that is due: one for each end, however often it is asked. */
export function warningIdOf(of: AccountOfProgramme, { expiresAtMs }: ExpiringSoon): string {
  return idOf(of, 'warn', '', expiresAtMs);
}

/** The id of the event of a change of tier. */
export function tierEventIdOf(of: AccountOfProgramme, change: TierChange): string {
  return idOf(of, 'tier', change.toTierId, change.atMs);
}

function idOf(of: AccountOfProgramme, kind: string, what: PointLot['lotId'], atMs: number): string {
  return uuidV5(of.accountId, `${of.programId}:${kind}:${what}:${atMs}`);
}
