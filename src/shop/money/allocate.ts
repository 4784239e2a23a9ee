import { must } from '../must.ts';
import { mustBeSafeInteger, sumOf } from './money.ts';

/** Decides between two weights whose remainders are equal: negative when the first gets its unit before the second. */
export type TieBreak = (indexA: number, indexB: number) => number;

/**
 * Splits `totalMinor` over `weights` so that the parts sum to it exactly: integer largest remainder.
 * Ties go to the earlier weight, so that device and hub agree; `tieBreak` is asked first where the caller needs
 * a split that does not depend on the order. totalMinor is >= 0; weights are >= 0 and not all zero unless the total
 * is (asserted). No part exceeds its weight when the total does not exceed the sum of the weights.
 */
export function allocate(totalMinor: number, weights: readonly number[], tieBreak: TieBreak = () => 0): number[] {
  mustBeSafeInteger(totalMinor, 'the total to split');
  must(totalMinor >= 0, 'a total to split is not negative');
  must(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    'weights are whole and not negative',
  );
  const sum = sumOf(weights);
  if (totalMinor === 0) return weights.map(() => 0);
  must(sum > 0, 'something to split needs a weight');
  const exact = weights.map((weight) => split(totalMinor, weight, sum));
  const parts = exact.map(({ whole }) => whole);
  const left = totalMinor - sumOf(parts);
  const order = exact
    .map(({ remainder }, index) => ({ remainder, index }))
    .filter(({ remainder }) => remainder > 0)
    .sort((a, b) => b.remainder - a.remainder || tieBreak(a.index, b.index) || a.index - b.index);
  must(left <= order.length, 'what is left never exceeds the remainders');
  for (const { index } of order.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}

function split(total: number, weight: number, sum: number): { whole: number; remainder: number } {
  const product = total * weight;
  if (Number.isSafeInteger(product)) return { whole: (product - (product % sum)) / sum, remainder: product % sum };
  const exact = BigInt(total) * BigInt(weight);
  const by = BigInt(sum);
  return { whole: Number(exact / by), remainder: Number(exact % by) };
}
