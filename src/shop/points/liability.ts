import { mulDiv } from '../money/money.ts';
import type { PointValue } from './programme.ts';

/** What points outstanding would cost if all were used, in minor units, rounded up: a debt is not made small (PT29). */
export function liabilityOf(points: number, { points: per, perMinor }: PointValue): number {
  return 0 - mulDiv(0 - Math.max(0, points), perMinor, per, 'floor');
}
