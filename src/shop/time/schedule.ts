import { z } from 'zod';
import { localTimeOf } from './business-day.ts';
import { addDays, readDate, weekdayOf } from './civil-date.ts';

const minuteSchema = z.int().min(0).max(1440).nullable();
const dateSchema = z
  .string()
  .refine((text) => readDate(text) !== null, { error: 'not a date' })
  .nullable();

/**
 * When something holds, by the shop's civil clock (C-42): weekdays 0 Monday to 6 Sunday (none named: all), from a minute of
 * the day up to another (past midnight when the end is not after the start), from a date through a date.
 */
export const scheduleSchema = z.strictObject({
  weekdays: z.array(z.int().min(0).max(6)).max(7).default([]),
  fromMinute: minuteSchema.default(null),
  toMinute: minuteSchema.default(null),
  startsOn: dateSchema.default(null),
  endsOn: dateSchema.default(null),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/**
 * Whether the schedule holds at the instant. The hours after midnight of a stretch that wraps belong to the day on which it
 * began: "Fridays 22:00 to 02:00" holds on Saturday at 01:59.
 */
export function isScheduled(schedule: Schedule, atMs: number, zone: string): boolean {
  const local = localTimeOf(atMs, zone);
  const minute = local.hour * 60 + local.minute;
  const fromMinute = schedule.fromMinute ?? 0;
  const toMinute = schedule.toMinute ?? 1440;
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute && holdsOn(schedule, local.date);
  if (minute >= fromMinute) return holdsOn(schedule, local.date);
  return minute < toMinute && holdsOn(schedule, addDays(local.date, -1));
}

function holdsOn({ weekdays, startsOn, endsOn }: Schedule, date: string): boolean {
  if (startsOn !== null && date < startsOn) return false;
  if (endsOn !== null && date > endsOn) return false;
  return weekdays.length === 0 || weekdays.includes(weekdayOf(date) - 1);
}
