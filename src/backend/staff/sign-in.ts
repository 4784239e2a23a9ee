import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { pinEntrySchema } from '#shop/staff/pin.ts';
import type { Role } from '#shop/staff/permissions.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { RequestContext } from '../context.ts';
import { writePublic } from '../public-write.ts';
import { judgePin, tryPin } from './pin-tries.ts';
import { selectStaffMember } from './staff-store.ts';

export const signInSchema = z.strictObject({ staffId: idSchema, pin: pinEntrySchema });

export interface SignedIn {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/**
 * Signs a person in at one client, in place of whoever was there: also how a locked screen is opened and how people
 * switch. Refuses 'wrong-pin', 'pin-locked', 'staff-inactive' and 'not-found'; every try is in the audit log.
 */
export async function signIn(
  { env, clientId }: RequestContext,
  { staffId, pin }: z.output<typeof signInSchema>,
  operationId: string,
): Promise<Outcome<SignedIn>> {
  const shop = env.shop();
  const person = shop === null ? null : selectStaffMember(env.db.read, shop.merchantId, staffId);
  if (shop === null || person === null) return refuse('not-found');
  const tried = await tryPin(env, shop, person, pin);
  const sessionId = env.newId();
  const outcome = writePublic<SignedIn>(
    env,
    shop,
    { action: 'staff.signIn', operationId, staffId, sessionId },
    (scope) => {
      const refusal = judgePin(scope, tried);
      if (refusal !== null) return refusal;
      const now = selectStaffMember(scope.db, shop.merchantId, staffId) ?? person;
      return done({ staffId, name: now.name, roles: now.roles });
    },
  );
  if (outcome.kind === 'done') env.sessions.begin(clientId, { sessionId, ...outcome.value, isLocked: false });
  return outcome;
}
