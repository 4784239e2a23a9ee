import { z } from 'zod';
import { type Refusal, refuse } from '../refusal.ts';
import type { Role } from './permissions.ts';

/** A PIN as typed: 4 to 6 digits. */
export const pinEntrySchema = z.string().regex(/^[0-9]{4,6}$/);

const LONG_PIN_ROLES: readonly Role[] = ['manager', 'admin'];
const LONGEST_PIN = 6;

/** PINs that people try first, beside runs and repeats, which are computed. */
const COMMON = new Set(
  (
    '1004 1010 1122 1212 1213 1313 1342 1414 1515 1616 1717 1818 1919 1984 1985 1986 1987 1988 1989 1990 1991 1992 1993 ' +
    '1994 1995 1996 1997 1998 1999 2000 2001 2002 2003 2004 2005 2006 2007 2008 2009 2010 2011 2012 2013 2014 2015 2016 ' +
    '2017 2018 2019 2020 2021 2022 2023 2024 2025 2026 2027 2112 2121 2222 2323 2424 2468 2580 2525 3131 3232 4200 4321 ' +
    '5150 5252 5683 6969 7410 7777 8520 8675 9630 0007 0070 0101 0852 0911 0963 1236 1472 1478 1590 3690 4567 6543 7531 ' +
    '1379 2468 9753 8642 101010 102030 112233 121212 123123 123321 131313 147258 159357 159753 212121 222333 232323 ' +
    '246810 252525 258000 292513 314159 321321 420420 456123 456789 520520 654123 696969 741852 753951 789456 852456 987654 ' +
    '123654 147852 963852 369258 987321 100200 200000 100000 202020 303030 112112 110110 010203'
  ).split(' '),
);

/**
 * Decides whether a PIN may be set: managers and IT need six digits, and nobody one of those that thieves try first.
 * Refuses 'pin-too-short' {minLength} and 'pin-too-common'; null when it may.
 */
export function decidePin(pin: string, roles: readonly Role[]): Refusal | null {
  const minLength = roles.some((role) => LONG_PIN_ROLES.includes(role)) ? LONGEST_PIN : 4;
  if (pin.length < minLength) return refuse('pin-too-short', { minLength });
  return isCommonPin(pin) ? refuse('pin-too-common') : null;
}

/** Whether the PIN is a run, a repeat, or one of the list. */
export function isCommonPin(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, position) => (digit - (digits[position] ?? 0) + 10) % 10);
  const isRun = steps.every((step) => step === steps[0] && (step === 0 || step === 1 || step === 9));
  return isRun || COMMON.has(pin);
}
