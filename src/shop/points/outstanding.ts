import { compareText } from '../offers/basket.ts';
import { localDateOf } from '../time/business-day.ts';
import { type ExpiringSoon, expiringSoon } from './due.ts';
import { liabilityOf } from './liability.ts';
import type { Position } from './lots.ts';
import type { Programme } from './programme.ts';

/** Points that end in one month of the shop's calendar; month null: never. */
export interface OutstandingMonth {
  /** 'YYYY-MM' */
  readonly month: string | null;
  readonly points: number;
}

/** Points of one customer that end soon. */
export interface EndingPoints extends ExpiringSoon {
  readonly customerId: string;
}

/**
 * What a programme owes its customers as of an instant. outstandingPoints = the sum of byMonth; owedPoints is what customers
 * owe the shop and lowers nothing; endedPoints have ended and nobody has written so yet.
 */
export interface Outstanding {
  readonly customers: number;
  readonly outstandingPoints: number;
  readonly worthMinor: number;
  readonly pendingPoints: number;
  readonly owedPoints: number;
  readonly endedPoints: number;
  readonly byMonth: readonly OutstandingMonth[];
  readonly endingPoints: number;
  readonly endingCustomers: number;
  /** The soonest first. */
  readonly ending: readonly EndingPoints[];
}

/** How many customers a list of endings names. */
const MOST_NAMED = 100;

/** Starts a count of what is outstanding; positions go in one by one, so that a worker can do it in portions. */
export function startOutstanding(
  { warnDays, pointValue }: Pick<Programme, 'warnDays' | 'pointValue'>,
  zone: string,
): { add(customerId: string, position: Position): void; result(): Outstanding } {
  const sums = { customers: 0, pendingPoints: 0, owedPoints: 0, endedPoints: 0 };
  const months = new Map<string | null, number>();
  const ending: EndingPoints[] = [];
  return {
    add: (customerId, position) => {
      sums.pendingPoints += position.pendingPoints;
      sums.owedPoints += position.owedPoints;
      sums.endedPoints += position.expiredUnwrittenPoints;
      if (position.lots.length > 0) sums.customers += 1;
      for (const { expiresAtMs, remaining } of position.lots) {
        // A lot ends at the first instant of a day: the day before is the last on which it counts.
        const month = expiresAtMs === null ? null : localDateOf(expiresAtMs - 1, zone).slice(0, 7);
        months.set(month, (months.get(month) ?? 0) + remaining);
      }
      ending.push(...expiringSoon(position, warnDays, zone).map((soon) => ({ customerId, ...soon })));
    },
    result: () => {
      const outstandingPoints = [...months.values()].reduce((sum, points) => sum + points, 0);
      return {
        ...sums,
        outstandingPoints,
        worthMinor: liabilityOf(outstandingPoints, pointValue),
        byMonth: [...months].map(([month, points]) => ({ month, points })).sort(byMonth),
        endingPoints: ending.reduce((sum, { points }) => sum + points, 0),
        endingCustomers: new Set(ending.map(({ customerId }) => customerId)).size,
        ending: [...ending].sort(bySoonest).slice(0, MOST_NAMED),
      };
    },
  };
}

/** Comes after every 'YYYY-MM'. */
const AFTER_ALL_MONTHS = '~';

function byMonth(a: OutstandingMonth, b: OutstandingMonth): number {
  return compareText(a.month ?? AFTER_ALL_MONTHS, b.month ?? AFTER_ALL_MONTHS);
}

function bySoonest(a: EndingPoints, b: EndingPoints): number {
  return a.expiresAtMs - b.expiresAtMs || b.points - a.points || compareText(a.customerId, b.customerId);
}
