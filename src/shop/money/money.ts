import { must } from '../must.ts';
import type { Rounding } from './trace.ts';

/** The largest amount that one document may hold, in minor units: far inside the safe integers, so that sums stay exact. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000;

/** Asserts a whole number that a double holds exactly (F35) and returns it. */
export function mustBeSafeInteger(value: number, what: string): number {
  must(Number.isSafeInteger(value), `${what} is not a safe integer`);
  return value;
}

/** Whether a number from outside can be an amount: a whole number of minor units within bounds. */
export function isAmountMinor(value: number): boolean {
  return Number.isSafeInteger(value) && Math.abs(value) <= MAX_AMOUNT_MINOR;
}

/** Adds whole numbers exactly; a sum outside the safe integers is a bug. */
export function sumOf(amounts: readonly number[]): number {
  let total = 0;
  for (const amount of amounts)
    total = mustBeSafeInteger(total + mustBeSafeInteger(amount, 'a part of a sum'), 'a sum');
  return total;
}

/**
 * Returns value x multiplier / divisor, exact, then rounded once to an integer.
 * floor goes towards minus infinity; half-away-from-zero is the rule of discounts and tax. The divisor is positive (asserted).
 * No floating point takes part: what does not fit into 53 bits is computed with big integers.
 */
export function mulDiv(
  value: number,
  multiplier: number,
  divisor: number,
  rounding: Exclude<Rounding, 'none' | 'largest-remainder'>,
): number {
  mustBeSafeInteger(value, 'value');
  mustBeSafeInteger(multiplier, 'multiplier');
  mustBeSafeInteger(divisor, 'divisor');
  must(divisor > 0, 'a divisor is positive');
  const product = value * multiplier;
  if (Number.isSafeInteger(product) && Math.abs(product) <= SMALL && divisor <= SMALL) {
    return normalZero(DIVIDE[rounding](product, divisor));
  }
  const exact = BigInt(value) * BigInt(multiplier);
  const by = BigInt(divisor);
  const magnitude = exact < 0n ? -exact : exact;
  const whole = magnitude / by;
  const rest = magnitude % by;
  const isNegative = exact < 0n;
  const up = rounding === 'floor' ? isNegative && rest > 0n : rest * 2n >= by;
  const rounded = up ? whole + 1n : whole;
  return normalZero(mustBeSafeInteger(Number(isNegative ? -rounded : rounded), 'a quotient'));
}

/** Below this, twice a remainder plus a product still fits into 53 bits. */
const SMALL = 2 ** 51;

function floorDiv(product: number, divisor: number): number {
  const rest = product % divisor;
  return (product - rest) / divisor - (rest < 0 ? 1 : 0);
}

function halfAwayDiv(product: number, divisor: number): number {
  const rest = product % divisor;
  const whole = (product - rest) / divisor;
  if (Math.abs(rest) * 2 < divisor) return whole;
  return whole + (product < 0 ? -1 : 1);
}

/** By rounding; another word has no entry and ends the operation. */
const DIVIDE = { floor: floorDiv, 'half-away-from-zero': halfAwayDiv } as const;

function normalZero(value: number): number {
  return value === 0 ? 0 : value;
}

/** A share of an amount at a rate in basis points (1000 = 10 %), rounded half away from zero. */
export function shareOf(amountMinor: number, rateBasisPoints: number): number {
  return mulDiv(amountMinor, rateBasisPoints, 10_000, 'half-away-from-zero');
}
