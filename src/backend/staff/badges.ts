import { randomFillSync } from 'node:crypto';
import { z } from 'zod';
import { makeCode } from '#shop/ids/code.ts';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { STAFF_BADGE_PREFIX } from '#shop/scanning/classify.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { writePublic } from '../public-write.ts';
import { insertBadge, revokeBadgeRow, selectValidBadge, type ValidBadge } from './badges-store.ts';
import { selectStaffMember } from './staff-store.ts';

export const badgeOfSchema = z.strictObject({ staffId: idSchema });
type BadgeOf = z.output<typeof badgeOfSchema>;

/** The badge that a person has; null for none. Its code is not kept, so it cannot be shown again. */
export function showBadge({ db, shop }: ReadScope, { staffId }: BadgeOf): ValidBadge | null {
  return selectValidBadge(db, shop.merchantId, staffId);
}

/**
 * Makes a badge for a person and ends the one before. The code is answered this once, to be printed, and stored as a keyed
 * hash alone. Refuses 'not-found' and 'staff-inactive'.
 */
export function issueBadge(
  { env, scope }: RequestContext & { readonly scope: ReadScope },
  { staffId }: BadgeOf,
  operationId: string,
): Outcome<{ readonly code: string }> {
  const { shop, session } = scope;
  const code = `${STAFF_BADGE_PREFIX}${makeCode((bytes) => void randomFillSync(bytes))}`;
  const attempted = { action: 'staff.issueBadge', operationId, staffId: session.staffId, sessionId: session.sessionId };
  return writePublic(env, shop, attempted, (tx) => {
    const { merchantId } = shop;
    const person = selectStaffMember(tx.db, merchantId, staffId);
    if (person === null) return refuse('not-found');
    if (!person.isActive) return refuse('staff-inactive');
    const issuedAtMs = tx.moment.atMs;
    const before = selectValidBadge(tx.db, merchantId, staffId);
    if (before !== null) revokeBadgeRow(tx.db, before.badgeId, issuedAtMs);
    const badge = { id: env.newId(), merchantId, staffId, issuedByStaffId: session.staffId, issuedAtMs };
    insertBadge(tx.db, { ...badge, codeHash: env.badgeHash(code) });
    tx.changed({
      table: 'staff_badges',
      recordId: badge.id,
      before: before === null ? null : { badgeId: before.badgeId },
      after: { staffId, badge: 'issued' },
    });
    tx.touch('staff');
    return done({ code });
  });
}

/** Ends a person's badge, as when it was lost. Refuses 'not-found' when there is none. */
export function revokeBadge(scope: CommandScope, { staffId }: BadgeOf): Outcome<{ readonly staffId: string }> {
  const { db, shop, moment } = scope;
  const badge = selectValidBadge(db, shop.merchantId, staffId);
  if (badge === null) return refuse('not-found', { kind: 'badge' });
  revokeBadgeRow(db, badge.badgeId, moment.atMs);
  scope.fact('staff_badges', { id: badge.badgeId, merchantId: shop.merchantId, staffId, revokedAtMs: moment.atMs });
  scope.changed({
    table: 'staff_badges',
    recordId: badge.badgeId,
    before: { staffId, badge: 'issued' },
    after: { staffId, badge: 'revoked' },
  });
  scope.touch('staff');
  return done({ staffId });
}
