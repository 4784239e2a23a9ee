import { LOCKED_UNTIL_MANAGER_MS } from '#shop/staff/lock-out.ts';
import { type Role, rolesMay } from '#shop/staff/permissions.ts';
import type { RequestContext } from '../context.ts';
import { selectStaff } from './staff-store.ts';

export interface StaffTile {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
  /** Until when the PIN is not accepted, as the computer's clock will show it, UTC ms; null when it is. */
  readonly lockedUntilMs: number | null;
}

/** The people on the sign-in screen; those who left are listed only for who may edit the staff. */
export function listStaff({ env, clientId }: RequestContext): StaffTile[] {
  const shop = env.shop();
  if (shop === null) return [];
  const session = env.sessions.of(clientId);
  const maySeeAll = session !== null && !session.isLocked && rolesMay(session.roles, 'staff.edit');
  const { trustedMs, wallMs } = env.time.now();
  const shownUntil = (untilMs: number) =>
    untilMs === LOCKED_UNTIL_MANAGER_MS ? untilMs : untilMs - trustedMs + wallMs;
  return selectStaff(env.db.read, shop.merchantId)
    .filter((person) => person.isActive || maySeeAll)
    .map(({ staffId, name, roles, isActive, lockedUntilMs }) => ({
      staffId,
      name,
      roles,
      isActive,
      lockedUntilMs: lockedUntilMs !== null && lockedUntilMs > trustedMs ? shownUntil(lockedUntilMs) : null,
    }));
}
