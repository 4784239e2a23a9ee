import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { decidePin, pinEntrySchema } from '#shop/staff/pin.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { writePublic } from '../public-write.ts';
import { judgeUnknownPin } from './pin-tries.ts';
import { makeRecoveryCode, recoveryHashOf } from './recovery-code.ts';
import { selectRecoveryHash, updateRecoveryHash } from './recovery-store.ts';
import { selectStaffMember, updatePin } from './staff-store.ts';

export const resetWithRecoverySchema = z.strictObject({
  recoveryCode: soughtText({ min: 1, max: 60 }),
  staffId: idSchema,
  newPin: pinEntrySchema,
});

/**
 * Sets a manager's PIN by the recovery code that was printed in the first run: the way back in when no manager can sign
 * in. Whoever was signed in with the old PIN is signed out. Refuses 'recovery-code-wrong', 'not-permitted' for somebody who is no manager, and as setting a PIN does.
 */
export async function resetWithRecovery(
  { env }: RequestContext,
  { recoveryCode, staffId, newPin }: z.output<typeof resetWithRecoverySchema>,
  operationId: string,
): Promise<Outcome<{ staffId: string }>> {
  const shop = env.shop();
  if (shop === null) return refuse('not-found');
  const pinHash = await env.pins.hash(newPin);
  const attempted = { action: 'staff.resetWithRecovery', operationId, staffId, sessionId: null };
  const outcome = writePublic<{ staffId: string }>(env, shop, attempted, (tx) => {
    if (selectRecoveryHash(tx.db) !== recoveryHashOf(recoveryCode)) {
      const counted = judgeUnknownPin(tx);
      return counted.reason === 'pin-locked' ? counted : refuse('recovery-code-wrong');
    }
    const person = selectStaffMember(tx.db, shop.merchantId, staffId);
    if (person === null || !person.isActive) return refuse('not-found');
    if (!person.roles.includes('manager'))
      return refuse('not-permitted', { permission: 'staff.edit', overridable: false });
    const refusal = decidePin(newPin, person.roles);
    if (refusal !== null) return refusal;
    updatePin(tx.db, { staffId, merchantId: shop.merchantId, pinHash, atMs: tx.moment.atMs });
    tx.changed({ table: 'staff_members', recordId: staffId, before: null, after: { pin: 'set' } });
    tx.touch('staff');
    return done({ staffId });
  });
  if (outcome.kind === 'done') env.sessions.endAllOf(staffId);
  return outcome;
}

/** Makes a new recovery code, shown once and kept as a hash; the old one no longer opens anything. */
export function renewRecoveryCode(
  { env, scope }: RequestContext & { readonly scope: ReadScope },
  _input: unknown,
  operationId: string,
): Outcome<{ recoveryCode: string }> {
  const { staffId, sessionId } = scope.session;
  const recoveryCode = makeRecoveryCode();
  return writePublic(env, scope.shop, { action: 'staff.renewRecoveryCode', operationId, staffId, sessionId }, (tx) => {
    updateRecoveryHash(tx.db, recoveryHashOf(recoveryCode));
    const after = { recoveryCode: 'set' };
    tx.changed({ table: 'terminal_state', recordId: 'recovery_code', before: null, after });
    return done({ recoveryCode });
  });
}
