import { localDateOf, startOfLocalDay } from '../time/business-day.ts';
import { addDays, addMonths, endOfHalfYear, endOfMonth, endOfQuarter, endOfYear } from '../time/civil-date.ts';
import type { TierLevel, TierPeriod, Tiers } from './programme-tiers.ts';

/** What moves a customer on the ladder: a sale, a refund of one (negative, naming it), or points used, given or ended. */
export interface TierMove {
  readonly atMs: number;
  readonly saleId: string | null;
  readonly spendMinor: number;
  readonly visits: number;
  /** Points earned, less those that refunds took back: what a ladder by points counts over a period. */
  readonly earnedPoints: number;
  /** What the balance changed by: what mode BALANCE follows. */
  readonly balancePoints: number;
}

/** A level that progress gave, from an instant up to another (null: for good), grace included. */
export interface TierRight {
  readonly level: number;
  readonly fromMs: number;
  readonly toMs: number | null;
}

type Measured = Pick<TierMove, 'atMs'> & { readonly amount: number };

/** What of a move the ladder counts. */
export function amountOf(move: TierMove, measure: Tiers['measure']): number {
  return { spend: move.spendMinor, points: move.earnedPoints, visits: move.visits }[measure];
}

/** The index of the highest level that a progress reaches; 0 also below the first. */
export function levelOf(levels: readonly TierLevel[], progress: number): number {
  return Math.max(
    0,
    levels.findLastIndex((level) => progress >= level.threshold),
  );
}

/**
 * Returns the levels that moves of the past gave, each with its time (LOYALTY.md 3): up at once; down when the period's
 * progress no longer holds it, after the grace, at local midnight (C-54).
 */
export function rightsOf(tiers: Tiers, moves: readonly TierMove[], zone: string): TierRight[] {
  const measured = moves.map((move) => ({ atMs: move.atMs, amount: amountOf(move, tiers.measure) }));
  const { period } = tiers;
  if (period.kind === 'calendar') return calendarRights(tiers, period.unit, measured, zone);
  return rollingRights(tiers, period.kind === 'rolling' ? period.months : null, measured, zone);
}

/** What has been reached of the period that runs at the instant. */
export function progressAt(tiers: Tiers, moves: readonly TierMove[], atMs: number, zone: string): number {
  const counts = countsOn(tiers.period, localDateOf(atMs, zone));
  return moves.reduce(
    (progress, move) => (counts(localDateOf(move.atMs, zone)) ? progress + amountOf(move, tiers.measure) : progress),
    0,
  );
}

/** Tells whether what was done on a date counts on `date`, both local. */
export function countsOn(period: TierPeriod, date: string): (moveDate: string) => boolean {
  if (period.kind === 'lifetime') return () => true;
  if (period.kind === 'rolling') {
    const from = firstDateCounted(period.months, date);
    return (moveDate) => moveDate >= from;
  }
  const end = END_OF_PERIOD[period.unit](date);
  return (moveDate) => END_OF_PERIOD[period.unit](moveDate) === end;
}

/** The first date from which so many months, clamped to the month's last day, reach up to `date`. */
function firstDateCounted(months: number, date: string): string {
  let first = addMonths(date, -months);
  while (addMonths(first, months) < date) first = addDays(first, 1);
  return first;
}

/** What is reached in a calendar period holds until the next one has ended without it, plus grace. */
function calendarRights(
  { levels, graceDays }: Tiers,
  unit: keyof typeof END_OF_PERIOD,
  moves: readonly Measured[],
  zone: string,
): TierRight[] {
  const rights: TierRight[] = [];
  let periodEnd = '';
  let progress = 0;
  let reached = 0;
  for (const { atMs, amount } of moves) {
    const end = END_OF_PERIOD[unit](localDateOf(atMs, zone));
    if (end !== periodEnd) {
      periodEnd = end;
      progress = 0;
      reached = 0;
    }
    progress += amount;
    const level = levelOf(levels, progress);
    if (level <= reached) continue;
    reached = level;
    const lastDate = END_OF_PERIOD[unit](addDays(periodEnd, 1));
    rights.push({ level, fromMs: atMs, toMs: startOfLocalDay(addDays(lastDate, 1 + graceDays), zone) });
  }
  return rights;
}

/** Each amount counts for so many months (null: for good); a level is kept for the grace after progress has left it. */
function rollingRights(
  { levels, graceDays }: Tiers,
  months: number | null,
  moves: readonly Measured[],
  zone: string,
): TierRight[] {
  const steps = moves.map(({ atMs, amount }) => ({ atMs, amount }));
  if (months !== null) {
    for (const { atMs, amount } of moves) {
      const lastDate = addMonths(localDateOf(atMs, zone), months);
      steps.push({ atMs: startOfLocalDay(addDays(lastDate, 1), zone), amount: -amount });
    }
  }
  // Stable: what comes at the instant at which something leaves is counted first.
  steps.sort((a, b) => a.atMs - b.atMs);
  const rights: TierRight[] = [];
  const openFrom: (number | undefined)[] = [];
  let progress = 0;
  for (const { atMs, amount } of steps) {
    progress += amount;
    const now = levelOf(levels, progress);
    for (let level = 1; level < levels.length; level++) {
      const fromMs = openFrom[level];
      if (level <= now) openFrom[level] = fromMs ?? atMs;
      else if (fromMs !== undefined) {
        rights.push({ level, fromMs, toMs: startOfLocalDay(addDays(localDateOf(atMs, zone), graceDays), zone) });
        openFrom[level] = undefined;
      }
    }
  }
  for (const [level, fromMs] of openFrom.entries())
    if (fromMs !== undefined) rights.push({ level, fromMs, toMs: null });
  return rights;
}

const END_OF_PERIOD = {
  month: endOfMonth,
  quarter: endOfQuarter,
  'half-year': endOfHalfYear,
  year: endOfYear,
} as const;
