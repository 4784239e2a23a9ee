import { z } from 'zod';
import { type Refusal, refuse } from '../refusal.ts';
import { isCommonPin } from './common-pins.ts';
import type { Role } from './permissions.ts';

/** A PIN as it is typed: four to six digits. */
export const pinEntrySchema = z.string().regex(/^\d{4,6}$/);

/** How many digits a person's PIN needs at least: who can approve or administer has six. */
export function minimumPinDigits(roles: readonly Role[], managerDigits = 6): number {
  return roles.includes('manager') || roles.includes('admin') ? managerDigits : 4;
}

/** Returns null when the PIN may be used. Refuses 'pin-too-short' {minLength}, and 'pin-too-common'. */
export function decidePin(pin: string, roles: readonly Role[], managerDigits = 6): Refusal | null {
  const minimumDigits = minimumPinDigits(roles, managerDigits);
  if (!/^\d{4,6}$/.test(pin) || pin.length < minimumDigits)
    return refuse('pin-too-short', { minLength: minimumDigits });
  return isCommonPin(pin) ? refuse('pin-too-common') : null;
}

/**
 * Returns null when new roles may be given; a PIN's length cannot be read back, so roles that need a longer one need a new
 * one in the same step. Refuses as `decidePin` does for a new PIN, and 'pin-required-for-role' {minLength} without one.
 */
export function decideRoles(before: readonly Role[], after: readonly Role[], newPin: string | null): Refusal | null {
  if (newPin !== null) return decidePin(newPin, after);
  const minLength = minimumPinDigits(after);
  return minLength > minimumPinDigits(before) ? refuse('pin-required-for-role', { minLength }) : null;
}
