import { type Refusal, refuse } from '../refusal.ts';
import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays, daysFromCivil, parseDate } from '../time/civil-date.ts';
import { isScheduled, type Schedule } from '../time/schedule.ts';
import type { Validity } from './campaign.ts';

/** The local midnight with which a campaign begins, UTC ms; null: at once. */
export function startOf({ startsOn }: Validity, zone: string): number | null {
  return startsOn === null ? null : startOfLocalDay(startsOn, zone);
}

/** The local midnight after the last day of a campaign, UTC ms, no longer in it; null: without end. */
export function endOf({ endsOn }: Validity, zone: string): number | null {
  return endsOn === null ? null : startOfLocalDay(addDays(endsOn, 1), zone);
}

/** When a claim made at an instant ends, UTC ms: with its last day, and not after the campaign; null: without end. */
export function claimEndOf(validity: Validity, claimedAtMs: number, zone: string): number | null {
  const campaignEndMs = endOf(validity, zone);
  const { claimDays } = validity;
  if (claimDays === null) return campaignEndMs;
  const ownEndMs = startOfLocalDay(addDays(localDateOf(claimedAtMs, zone), claimDays + 1), zone);
  return earliest(ownEndMs, campaignEndMs);
}

/**
 * When what was claimed or given at an instant (sinceMs) and ended with an older end of its campaign ends now that the campaign
 * has another (C-36): with the newer one where that is later, so that nobody is worse off for having been early.
 */
export function laterEndOf(
  endsAtMs: number | null,
  campaign: { readonly validity: Validity; readonly formerEndsMs: ReadonlySet<number>; readonly sinceMs: number },
  zone: string,
): number | null {
  if (endsAtMs === null || !campaign.formerEndsMs.has(endsAtMs)) return endsAtMs;
  return latest(endsAtMs, claimEndOf(campaign.validity, campaign.sinceMs, zone));
}

/** The later of two ends, null being none. */
export function latest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** The earlier of two ends, null being none. */
export function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/**
 * Refuses where none of the windows holds, or the recurrence rests: 'voucher-wrong-window' with the next first day,
 * 'voucher-wrong-hours' where the day is right, 'voucher-wrong-day' with the days that are.
 */
export function refuseWindow({ windows, startsOn, recurrence }: Validity, atMs: number, zone: string): Refusal | null {
  if (recurrence !== null && startsOn !== null) {
    const today = localDateOf(atMs, zone);
    const day = daysFromCivil(parseDate(today)) - daysFromCivil(parseDate(startsOn));
    const place = ((day % recurrence.everyDays) + recurrence.everyDays) % recurrence.everyDays;
    if (place >= recurrence.forDays) {
      return refuse('voucher-wrong-window', { nextOn: addDays(today, recurrence.everyDays - place) });
    }
  }
  if (windows.length === 0 || windows.some((window) => isScheduled(window, atMs, zone))) return null;
  const ofToday = windows.find((window) => isScheduled({ ...window, fromMinute: null, toMinute: null }, atMs, zone));
  if (ofToday !== undefined) return wrongHours(ofToday);
  const ofThisTime = windows.filter((window) => isScheduled({ ...window, weekdays: [] }, atMs, zone));
  const dated = windows.filter((window) => isScheduled({ ...window, ...ANY_TIME }, atMs, zone));
  if (dated.length === 0)
    return refuse('voucher-wrong-window', { nextOn: nextStart(windows, localDateOf(atMs, zone)) });
  const days = (ofThisTime.length > 0 ? ofThisTime : dated).flatMap(({ weekdays }) => weekdays);
  return refuse('voucher-wrong-day', { weekdays: [...new Set(days)].sort((a, b) => a - b).join(',') });
}

const ANY_TIME: Pick<Schedule, 'weekdays' | 'fromMinute' | 'toMinute'> = {
  weekdays: [],
  fromMinute: null,
  toMinute: null,
};

function wrongHours({ fromMinute, toMinute }: Schedule): Refusal {
  return refuse('voucher-wrong-hours', { fromMinute: fromMinute ?? 0, toMinute: toMinute ?? 1440 });
}

function nextStart(windows: readonly Schedule[], today: string): string | null {
  const starts = windows.flatMap(({ startsOn }) => (startsOn !== null && startsOn > today ? [startsOn] : []));
  return starts.sort()[0] ?? null;
}
