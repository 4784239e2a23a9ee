import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { decidePin, pinEntrySchema } from '#shop/staff/pin.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { writePublic } from '../public-write.ts';
import { judgePin, tryPin } from './pin-tries.ts';
import { selectStaffMember, updatePin } from './staff-store.ts';

export const changeOwnPinSchema = z.strictObject({ currentPin: pinEntrySchema, newPin: pinEntrySchema });

/** Changes the PIN of whoever is signed in. Refuses as signing in does, and 'pin-too-short' or 'pin-too-common'. */
export async function changeOwnPin(
  { env, scope }: RequestContext & { readonly scope: ReadScope },
  { currentPin, newPin }: z.output<typeof changeOwnPinSchema>,
  operationId: string,
): Promise<Outcome<{ staffId: string }>> {
  const { shop, session } = scope;
  const { staffId, sessionId } = session;
  const person = selectStaffMember(env.db.read, shop.merchantId, staffId);
  if (person === null) return refuse('not-found');
  const [tried, pinHash] = await Promise.all([tryPin(env, shop, person, currentPin), env.pins.hash(newPin)]);
  return writePublic(env, shop, { action: 'staff.changeOwnPin', operationId, staffId, sessionId }, (tx) => {
    const refusal = judgePin(tx, tried) ?? decidePin(newPin, person.roles);
    if (refusal !== null) return refusal;
    updatePin(tx.db, { staffId, merchantId: shop.merchantId, pinHash, atMs: tx.moment.atMs });
    tx.changed({ table: 'staff_members', recordId: staffId, before: null, after: { pin: 'set' } });
    return done({ staffId });
  });
}
