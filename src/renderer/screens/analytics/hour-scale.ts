export interface HourFigure {
  /** Hour of the clock, 0 to 23. */
  readonly hour: number;
  readonly salesMinor: number;
  readonly salesCount: number;
}

const HOURS = 24;
const SHOWN_AT_LEAST = 10;

/**
 * Returns the hours to draw, in the order of the business day, with zeros where nothing was sold:
 * from the first to the last hour with sales, widened to at least ten hours inside the day.
 */
export function hoursToDraw(figures: readonly HourFigure[], dayStartsAtHour: number): HourFigure[] {
  const byHour = new Map(figures.map((figure) => [figure.hour, figure]));
  const day = Array.from({ length: HOURS }, (_, index) => {
    const hour = (dayStartsAtHour + index) % HOURS;
    return byHour.get(hour) ?? { hour, salesMinor: 0, salesCount: 0 };
  });
  const isBusy = (figure: HourFigure): boolean => figure.salesCount !== 0 || figure.salesMinor !== 0;
  let first = day.findIndex(isBusy);
  if (first === -1) return [];
  let last = day.findLastIndex(isBusy);
  while (last - first + 1 < SHOWN_AT_LEAST) {
    if (last < HOURS - 1) last += 1;
    if (last - first + 1 < SHOWN_AT_LEAST && first > 0) first -= 1;
  }
  return day.slice(first, last + 1);
}

/**
 * Returns the marks of an axis from 0: three to six round steps of 1, 2, 2.5 or 5 times a power of ten,
 * the last at or above `max`. Steps are whole, so no mark falls inside the smallest coin.
 */
export function axisMarks(max: number): number[] {
  if (max <= 0) return [0];
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((times) => times * power).find((candidate) => candidate >= rough) ?? rough;
  const whole = Math.max(1, Math.round(step));
  const marks = [0];
  while ((marks.at(-1) ?? 0) < max) marks.push((marks.at(-1) ?? 0) + whole);
  return marks;
}

/** Returns running totals of the figures, for the small lines on the number cards. */
export function runningTotals(values: readonly number[]): number[] {
  let total = 0;
  return values.map((value) => {
    total += value;
    return total;
  });
}
