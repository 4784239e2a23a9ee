import { itemAt, must } from '../must.ts';
import { at, lineOrder, unitPricesOf, wholeUnitsOf } from './basket.ts';
import type { OfferEffect } from './offer.ts';
import type { Applying, Taken, UnitRun } from './taken.ts';

/** The cheapest eligible units are free: whole ones that cost something and count for no other offer yet. */
export function takeFreeUnits(applying: Applying, { units }: Extract<OfferEffect, { kind: 'free-units' }>): Taken {
  const runs = unitRuns(applying);
  const free = freeOf(applying, runs, Math.min(units, unitCount(runs)));
  return unitsTaken(free, free.counts);
}

/**
 * For each `buyUnits` that are paid, up to `takeUnits` of the cheapest eligible units are free; a group that is not full
 * gives what is beyond its paid units (C-28). The paid units count towards this offer and no other of its kind.
 */
export function takeBuyTake(applying: Applying, effect: Extract<OfferEffect, { kind: 'buy-take' }>): Taken {
  const { buyUnits, takeUnits } = effect;
  must(buyUnits >= 1 && takeUnits >= 1, 'buy and take are at least one');
  const runs = unitRuns(applying);
  const freeCount = freeUnitsOf(unitCount(runs), buyUnits, takeUnits);
  const free = freeOf(applying, runs, freeCount);
  const paidCount = Math.ceil(free.total / takeUnits) * buyUnits;
  const counted = firstUnits(applying, runs, free.total + paidCount).counts;
  return unitsTaken(free, counted);
}

/** How many units an offer of this kind looks at: for the reason why it gives nothing. */
export function countableUnits(applying: Applying): number {
  return unitCount(unitRuns(applying));
}

/** What the dearest eligible unit costs: nothing that makes units free can take more for each. */
export function dearestUnitMinor(applying: Applying): number {
  const runs = unitRuns(applying);
  return itemAt(runs, runs.length - 1).unitMinor;
}

/** Units free among `count`: `takeUnits` of each full group, and of the rest what is beyond the paid ones. */
function freeUnitsOf(count: number, buyUnits: number, takeUnits: number): number {
  const rest = count % (buyUnits + takeUnits);
  return ((count - rest) / (buyUnits + takeUnits)) * takeUnits + Math.max(0, rest - buyUnits);
}

/** The units of the eligible lines that count for no offer yet, cheapest first. */
function unitRuns({ basket, state, eligible }: Applying): UnitRun[] {
  const runs: UnitRun[] = [];
  for (const index of eligible) {
    const line = itemAt(basket.lines, index);
    const units = wholeUnitsOf(line);
    if (units === 0) continue;
    const counted = at(state.countedUnits, index);
    const { unitMinor, cheaperUnits } = unitPricesOf(line, units);
    if (cheaperUnits > counted) runs.push({ index, count: cheaperUnits - counted, unitMinor: unitMinor - 1 });
    const rest = units - Math.max(cheaperUnits, counted);
    if (rest > 0) runs.push({ index, count: rest, unitMinor });
  }
  const order = lineOrder(basket, state);
  return runs.sort((a, b) => a.unitMinor - b.unitMinor || order(a.index, b.index));
}

function unitCount(runs: readonly UnitRun[]): number {
  return runs.reduce((count, run) => count + run.count, 0);
}

interface UnitsOfLines {
  readonly counts: readonly number[];
  readonly shares: readonly number[];
  readonly total: number;
  readonly amountMinor: number;
  readonly runs: readonly UnitRun[];
}

/** The cheapest `count` units that the giver's budget still pays for, whole. */
function freeOf(applying: Applying, runs: readonly UnitRun[], count: number): UnitsOfLines {
  return firstUnits(applying, runs, count, applying.offer.budgetMinor ?? Number.MAX_SAFE_INTEGER);
}

function firstUnits(
  { basket }: Applying,
  runs: readonly UnitRun[],
  count: number,
  budgetMinor: number = Number.MAX_SAFE_INTEGER,
): UnitsOfLines {
  const counts = basket.lines.map(() => 0);
  const shares = basket.lines.map(() => 0);
  let total = 0;
  let amountMinor = 0;
  const taken: UnitRun[] = [];
  for (const { index, count: available, unitMinor } of runs) {
    const affordable = Math.floor((budgetMinor - amountMinor) / unitMinor);
    const units = Math.min(available, count - total, affordable);
    counts[index] = at(counts, index) + units;
    shares[index] = at(shares, index) + units * unitMinor;
    total += units;
    amountMinor += units * unitMinor;
    if (units > 0) taken.push({ index, count: units, unitMinor });
  }
  return { counts, shares, total, amountMinor, runs: taken };
}

function unitsTaken({ amountMinor, shares, counts, total, runs }: UnitsOfLines, counted: readonly number[]): Taken {
  return {
    amountMinor,
    shares,
    units: { free: counts, counted },
    step: { inputs: { units: total }, operation: 'sum-of-free-units', rounding: 'none' },
    freeRuns: runs,
  };
}
