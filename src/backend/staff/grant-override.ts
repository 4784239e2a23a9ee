import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { mayApprove, mayBeOpenedFor, PERMISSIONS } from '#shop/staff/permissions.ts';
import { pinEntrySchema } from '#shop/staff/pin.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { BackendEnv, ReadScope, RequestContext, ShopIdentity } from '../context.ts';
import { writePublic } from '../public-write.ts';
import { insertOverride } from './overrides-store.ts';
import { judgePin, judgeUnknownPin, type TriedPin, tryPin } from './pin-tries.ts';
import { type StaffMember, selectStaff } from './staff-store.ts';

export const grantOverrideSchema = z.strictObject({
  permission: z.enum(PERMISSIONS as readonly [(typeof PERMISSIONS)[number], ...(typeof PERMISSIONS)[number][]]),
  pin: pinEntrySchema,
  /** Who approves; without it, whoever has this PIN among those who may. */
  staffId: idSchema.optional(),
  reason: lineText({ min: 0, max: 200 }).default(''),
});

export interface GrantedOverride {
  readonly overrideId: string;
  readonly approvedBy: string;
}

/** An approval is good for this long and for one command. */
const VALID_FOR_MS = 120_000;

/**
 * A manager approves one command by PIN, in place: whoever is signed in stays signed in (X4). Refuses 'not-permitted'
 * for a person or a permission that cannot approve, for somebody at whose work nothing is opened (the auditor, IT at the
 * till), and as signing in does.
 */
export async function grantOverride(
  { env, scope }: RequestContext & { readonly scope: ReadScope },
  input: z.output<typeof grantOverrideSchema>,
  operationId: string,
): Promise<Outcome<GrantedOverride>> {
  const { shop, session } = scope;
  const approvers = selectStaff(env.db.read, shop.merchantId).filter(
    (person) =>
      person.isActive &&
      mayApprove(person.roles, input.permission) &&
      (input.staffId === undefined || person.staffId === input.staffId),
  );
  const tried = await findApprover(env, shop, approvers, input.pin);
  const attempted = {
    action: 'staff.grantOverride',
    operationId,
    staffId: session.staffId,
    sessionId: session.sessionId,
  };
  return writePublic<GrantedOverride>(env, shop, attempted, (tx) => {
    if (approvers.length === 0 || !mayBeOpenedFor(session.roles, input.permission))
      return refuse('not-permitted', { permission: input.permission, overridable: false });
    const refusal = tried === null ? judgeUnknownPin(tx) : judgePin(tx, tried);
    if (refusal !== null || tried === null) return refusal ?? refuse('override-invalid');
    const overrideId = env.newId();
    insertOverride(tx.db, {
      id: overrideId,
      merchantId: shop.merchantId,
      permission: input.permission,
      approvedByStaffId: tried.person.staffId,
      requestedByStaffId: session.staffId,
      grantedAtMs: tx.moment.trustedAtMs,
      expiresAtMs: tx.moment.trustedAtMs + VALID_FOR_MS,
    });
    tx.changed({
      table: 'override_grants',
      recordId: overrideId,
      before: null,
      after: { permission: input.permission, approvedBy: tried.person.staffId },
      personalAfter: input.reason === '' ? undefined : { reason: input.reason },
    });
    return done({ overrideId, approvedBy: tried.person.name });
  });
}

/** Whoever the PIN belongs to; with one candidate their own try, right or wrong; null when it fits nobody. */
async function findApprover(
  env: BackendEnv,
  shop: ShopIdentity,
  approvers: readonly StaffMember[],
  pin: string,
): Promise<TriedPin | null> {
  const [first] = approvers;
  if (approvers.length === 1 && first !== undefined) return tryPin(env, shop, first, pin);
  for (const person of approvers) {
    const tried = await tryPin(env, shop, person, pin);
    if (tried.isRight) return tried;
  }
  return null;
}
