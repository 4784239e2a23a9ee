import { addDays, readDate } from '../time/civil-date.ts';

/** A stretch of days that comes every year: from a day of the year ('MM-DD') on, so many days. */
export interface YearlyDays {
  readonly startsOn: string;
  readonly forDays: number;
}

const LEAP_YEAR = '2000';

/** Whether a text is a day of the year, 'MM-DD'; 29 February is one. */
export function isMonthDay(text: string): boolean {
  return readDate(`${LEAP_YEAR}-${text}`) !== null;
}

/** Returns the season that a civil date lies in, by the year in which it began, with its first day; null outside of it. */
export function seasonOn({ startsOn, forDays }: YearlyDays, date: string): { year: number; firstDay: string } | null {
  const thisYear = Number(date.slice(0, 4));
  for (const year of [thisYear, thisYear - 1]) {
    const firstDay = dayIn(year, startsOn);
    if (firstDay <= date && date < addDays(firstDay, forDays)) return { year, firstDay };
  }
  return null;
}

/** What starts on 29 February starts on 28 February in common years. */
function dayIn(year: number, monthDay: string): string {
  const date = `${String(year).padStart(4, '0')}-${monthDay}`;
  return readDate(date) === null ? addDays(date.replace(/-\d\d$/, '-01'), 27) : date;
}
