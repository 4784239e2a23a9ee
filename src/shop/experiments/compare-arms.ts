import { must } from '../must.ts';

/** How many were shown an arm, and how many of them converted. */
export interface Arm {
  readonly exposures: number;
  readonly conversions: number;
}

/** An arm with fewer exposures says nothing yet. */
export const EXPOSURES_NEEDED = 100;

/** Normal quantile of a 95 % interval, two-sided. Source: NIST/SEMATECH e-Handbook, table of the normal distribution. */
const Z_95 = 1.959963984540054;

/** The difference of two conversions with its 95 % interval, as fractions of one; or what is missing to say it. */
export type Comparison =
  | {
      readonly kind: 'enough';
      readonly difference: number;
      readonly low: number;
      readonly high: number;
      /** The interval leaves zero out: chance alone seldom does this. */
      readonly isClear: boolean;
    }
  | { readonly kind: 'not-enough'; readonly needed: number; readonly have: number };

/**
 * Compares an arm with the one that it is measured against: conversion minus conversion, with Newcombe's hybrid score
 * interval. Under 100 exposures in either there is no answer yet. Source: Newcombe, Statistics in Medicine 17 (1998) 873,
 * method 10.
 */
export function compareArms(arm: Arm, against: Arm): Comparison {
  const have = Math.min(arm.exposures, against.exposures);
  if (have < EXPOSURES_NEEDED) return { kind: 'not-enough', needed: EXPOSURES_NEEDED, have };
  const [a, b] = [wilson(arm), wilson(against)];
  const difference = a.share - b.share;
  const low = difference - Math.hypot(a.share - a.low, b.high - b.share);
  const high = difference + Math.hypot(a.high - a.share, b.share - b.low);
  return { kind: 'enough', difference, low, high, isClear: low > 0 || high < 0 };
}

interface Score {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** Wilson's score interval of a share. */
function wilson({ exposures, conversions }: Arm): Score {
  must(conversions >= 0 && conversions <= exposures, 'only who was exposed converts');
  const share = conversions / exposures;
  const square = Z_95 ** 2;
  const middle = share + square / (2 * exposures);
  const reach = Z_95 * Math.sqrt((share * (1 - share) + square / (4 * exposures)) / exposures);
  const scale = 1 + square / exposures;
  return { share, low: (middle - reach) / scale, high: (middle + reach) / scale };
}
