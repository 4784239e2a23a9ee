import { mulDiv } from '#shop/money/money.ts';
import type { Formatter } from '../../../ui/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export interface TimeInWords {
  readonly unit: 'days' | 'hours' | 'minutes';
  readonly text: string;
}

/** A span of time in the unit in which it is read: days from one day on, hours from one hour on, minutes below. */
export function timeWords(format: Pick<Formatter, 'tenths' | 'number'>, ms: number): TimeInWords {
  const tenthsOf = (unitMs: number): string => format.tenths(mulDiv(ms, 10, unitMs, 'half-away-from-zero'));
  if (ms >= DAY_MS) return { unit: 'days', text: tenthsOf(DAY_MS) };
  if (ms >= HOUR_MS) return { unit: 'hours', text: tenthsOf(HOUR_MS) };
  return { unit: 'minutes', text: ms < MINUTE_MS ? '<\u202f1' : format.number(Math.round(ms / MINUTE_MS)) };
}
