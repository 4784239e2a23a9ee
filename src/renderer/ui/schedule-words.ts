const MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** 'Monday' for 0 up to 'Sunday' for 6, as it stands within a sentence. */
export function weekdayWithin(language: 'en' | 'es', weekday: number): string {
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY_MS + weekday * DAY_MS);
}

/** The same, as a label. */
export function weekdayName(language: 'en' | 'es', weekday: number): string {
  const name = weekdayWithin(language, weekday);
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** '09:30' for 570. */
export function minuteText(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
