import { addDays, parseDate } from '../time/civil-date.ts';

/** A civil day, and which birthdays are kept on it ('MM-DD'). */
export interface BirthdayDay {
  readonly date: string;
  readonly monthDays: readonly string[];
}

/** Whoever slept longer gives nobody two birthdays at once. */
const MOST_DAYS = 365;

/**
 * Returns the days from one civil date up to another, both in it, with the birthdays that are kept on each: of a longer
 * stretch the last 365 days. Who was born on 29 February keeps it on 28 February in common years.
 */
export function birthdayDays(fromDate: string, toDate: string): readonly BirthdayDay[] {
  const earliest = addDays(toDate, 1 - MOST_DAYS);
  const days: BirthdayDay[] = [];
  for (let date = fromDate < earliest ? earliest : fromDate; date <= toDate; date = addDays(date, 1)) {
    const monthDay = date.slice(5);
    const isLastOfFebruary = monthDay === '02-28' && parseDate(addDays(date, 1)).month === 3;
    days.push({ date, monthDays: isLastOfFebruary ? ['02-28', '02-29'] : [monthDay] });
  }
  return days;
}
