import { z } from 'zod';
import { type Refusal, refuse } from '../refusal.ts';
import { isCommonPin } from './common-pins.ts';
import type { Role } from './permissions.ts';

/** A PIN as it is typed: four to six digits. */
export const pinEntrySchema = z.string().regex(/^\d{4,6}$/);

/** How many digits a person's PIN needs at least: who can approve or administer has six. */
function minimumPinDigits(roles: readonly Role[], managerDigits = 6): number {
  return roles.includes('manager') || roles.includes('admin') ? managerDigits : 4;
}

/** Returns null when the PIN may be used. Refuses 'pin-too-short' {minLength}, and 'pin-too-common'. */
export function decidePin(pin: string, roles: readonly Role[], managerDigits = 6): Refusal | null {
  const minimumDigits = minimumPinDigits(roles, managerDigits);
  if (!/^\d{4,6}$/.test(pin) || pin.length < minimumDigits)
    return refuse('pin-too-short', { minLength: minimumDigits });
  return isCommonPin(pin) ? refuse('pin-too-common') : null;
}
