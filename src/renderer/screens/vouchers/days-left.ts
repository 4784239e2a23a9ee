const DAY_MS = 86_400_000;

/** Days from today to the last day of what ends at `endsAtMs`, by the shop's calendar: 0 on that day, less after it. */
export function daysLeft(endsAtMs: number, nowMs: number, dateKey: (atMs: number) => string): number {
  return Math.round((Date.parse(dateKey(endsAtMs - 1)) - Date.parse(dateKey(nowMs))) / DAY_MS);
}
