import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { classifyScan, STAFF_BADGE_PREFIX } from '#shop/scanning/classify.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { RequestContext } from '../context.ts';
import { writePublic } from '../public-write.ts';
import { selectBadgeOwner } from './badges-store.ts';
import { judgeUnknownPin, refuseLockedTerminal } from './pin-tries.ts';
import type { SignedIn } from './sign-in.ts';
import { selectStaffMember } from './staff-store.ts';

export const signInByBadgeSchema = z.strictObject({ text: lineText({ max: 64 }) });

/**
 * Signs whoever the badge belongs to in at one client, in place of whoever was there: the other way in beside the PIN.
 * A badge opens for somebody who is locked out by wrong PINs too, and forgives none of them; unknown badges count against the
 * terminal as wrong PINs do. Refuses 'badge-not-known' (also for a revoked one), 'pin-locked' while the terminal waits and
 * 'staff-inactive'; every try is in the audit log.
 */
export function signInByBadge(
  { env, clientId }: RequestContext,
  { text }: z.output<typeof signInByBadgeSchema>,
  operationId: string,
): Outcome<SignedIn> {
  const shop = env.shop();
  if (shop === null) return refuse('not-found');
  const scan = classifyScan(text);
  if (scan.kind !== 'staff-badge') return refuse('badge-not-known');
  const { merchantId } = shop;
  const codeHash = env.badgeHash(`${STAFF_BADGE_PREFIX}${scan.code}`);
  const staffId = selectBadgeOwner(env.db.read, merchantId, codeHash);
  const sessionId = env.newId();
  const attempted = { action: 'staff.signInByBadge', operationId, staffId, sessionId };
  const outcome = writePublic<SignedIn>(env, shop, attempted, (tx) => {
    const { db } = tx;
    const locked = refuseLockedTerminal(tx);
    if (locked !== null) return locked;
    const ownerId = selectBadgeOwner(db, merchantId, codeHash);
    const person = ownerId === null ? null : selectStaffMember(db, merchantId, ownerId);
    if (person === null) {
      const counted = judgeUnknownPin(tx);
      return counted.reason === 'pin-locked' ? counted : refuse('badge-not-known');
    }
    if (!person.isActive) return refuse('staff-inactive');
    return done({ staffId: person.staffId, name: person.name, roles: person.roles });
  });
  if (outcome.kind === 'done') env.sessions.begin(clientId, { sessionId, ...outcome.value, isLocked: false });
  return outcome;
}
