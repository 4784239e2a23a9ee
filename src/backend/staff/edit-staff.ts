import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { ROLES, type Role } from '#shop/staff/permissions.ts';
import { decidePin, decideRoles, pinEntrySchema } from '#shop/staff/pin.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import {
  insertStaff,
  type StaffMember,
  selectStaff,
  selectStaffMember,
  updatePin,
  updatePinTries,
  updateStaff,
} from './staff-store.ts';

const nameSchema = lineText({ max: 80 });
const rolesSchema = z
  .array(z.enum(ROLES))
  .min(1)
  .max(ROLES.length)
  .transform((roles) => ROLES.filter((role) => roles.includes(role)));

export const createStaffSchema = z.strictObject({ name: nameSchema, roles: rolesSchema, pin: pinEntrySchema });
export const updateStaffSchema = z.strictObject({
  staffId: idSchema,
  name: nameSchema,
  roles: rolesSchema,
  isActive: z.boolean(),
  /** A new PIN; left out, the old one stays. */
  pin: pinEntrySchema.optional(),
});
export const unlockSchema = z.strictObject({ staffId: idSchema });

type StaffId = { readonly staffId: string };

/** Hashes the PIN of an input off the thread, before the command's transaction. */
export async function hashOfPin({ env }: ReadScope, { pin }: { readonly pin: string }): Promise<string> {
  return env.pins.hash(pin);
}

/** As `hashOfPin`, null for an input without a PIN. */
export async function hashOfNewPin(
  scope: ReadScope,
  { pin }: { readonly pin?: string | undefined },
): Promise<string | null> {
  return pin === undefined ? null : hashOfPin(scope, { pin });
}

/** Adds a person. Refuses 'pin-too-short' and 'pin-too-common'. */
export function createStaff(
  scope: CommandScope,
  input: z.output<typeof createStaffSchema>,
  pinHash: string,
): Outcome<StaffId> {
  const refusal = decidePin(input.pin, input.roles);
  if (refusal !== null) return refusal;
  const { db, shop, moment } = scope;
  const staffId = scope.newId();
  const { name, roles } = input;
  insertStaff(db, { staffId, merchantId: shop.merchantId, name, roles, pinHash, atMs: moment.atMs });
  record(scope, null, { staffId, name, roles, isActive: true });
  return done({ staffId });
}

/**
 * Changes a person's name, roles, PIN or whether they still work here; a new PIN forgives the wrong ones. What they may do
 * ends with their open sessions, and a new PIN ends those of others. Refuses 'not-found', 'last-manager' when nobody would
 * be left who may edit the staff, 'pin-required-for-role', 'pin-too-short' and 'pin-too-common'.
 */
export function updateStaffMember(
  scope: CommandScope,
  input: z.output<typeof updateStaffSchema>,
  pinHash: string | null,
): Outcome<StaffId> {
  const { db, env, shop, moment } = scope;
  const before = selectStaffMember(db, shop.merchantId, input.staffId);
  if (before === null) return refuse('not-found');
  const staysManager = input.isActive && input.roles.includes('manager');
  if (
    !staysManager &&
    !selectStaff(db, shop.merchantId).some((person) => isManager(person) && person.staffId !== before.staffId)
  ) {
    return refuse('last-manager');
  }
  const refusal = decideRoles(before.roles, input.roles, input.pin ?? null);
  if (refusal !== null) return refusal;
  const { staffId } = input;
  const changedAt = { merchantId: shop.merchantId, atMs: moment.atMs };
  updateStaff(db, { ...input, ...changedAt });
  if (pinHash !== null) updatePin(db, { staffId, pinHash, ...changedAt });
  record(scope, before, input, pinHash !== null);
  const isLess = !input.isActive || before.roles.join() !== input.roles.join();
  const isNewPinOfOther = pinHash !== null && staffId !== scope.session.staffId;
  if (isLess || isNewPinOfOther) env.sessions.endAllOf(staffId);
  return done({ staffId });
}

/** A manager lets somebody try again who is locked out. */
export function unlockStaff(scope: CommandScope, { staffId }: z.output<typeof unlockSchema>): Outcome<StaffId> {
  const { db, shop } = scope;
  const { merchantId } = shop;
  const person = selectStaffMember(db, merchantId, staffId);
  if (person === null) return refuse('not-found');
  updatePinTries(db, { merchantId, staffId, failedTries: 0, lockedUntilMs: null });
  scope.changed({
    table: 'staff_members',
    recordId: staffId,
    before: { failedTries: person.failedTries },
    after: { failedTries: 0 },
  });
  scope.touch('staff');
  return done({ staffId });
}

function isManager(person: StaffMember): boolean {
  return person.isActive && person.roles.includes('manager');
}

interface Person {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
}

/** The person's row for the op and the audit log: the name apart, because it is personal data; the PIN nowhere. */
function record(scope: CommandScope, before: Person | null, after: Person, isPinSet = false): void {
  const { staffId, name } = after;
  const plain = (person: Person) => ({ roles: [...person.roles], isActive: person.isActive });
  scope.fact('staff_members', { id: staffId, merchant_id: scope.shop.merchantId, ...plain(after) });
  scope.personalFact('staff_members', { id: staffId, name });
  scope.changed({
    table: 'staff_members',
    recordId: staffId,
    before: before === null ? null : plain(before),
    after: { ...plain(after), ...(isPinSet ? { pin: 'set' } : {}) },
    personalBefore: before === null ? undefined : { name: before.name },
    personalAfter: { name },
  });
  scope.touch('staff');
}
