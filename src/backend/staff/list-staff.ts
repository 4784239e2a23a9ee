import { type Role, rolesMay } from '#shop/staff/permissions.ts';
import type { RequestContext } from '../context.ts';
import { selectStaff } from './staff-store.ts';

export interface StaffTile {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
  /** Until when the PIN is not accepted, UTC ms; null when it is. */
  readonly lockedUntilMs: number | null;
}

/** The people on the sign-in screen; those who left are listed only for who may edit the staff. */
export function listStaff({ env, clientId }: RequestContext): StaffTile[] {
  const shop = env.shop();
  if (shop === null) return [];
  const session = env.sessions.of(clientId);
  const maySeeAll = session !== null && !session.isLocked && rolesMay(session.roles, 'staff.edit');
  const nowMs = env.clock.nowMs();
  return selectStaff(env.db.read, shop.merchantId)
    .filter((person) => person.isActive || maySeeAll)
    .map(({ staffId, name, roles, isActive, lockedUntilMs }) => ({
      staffId,
      name,
      roles,
      isActive,
      lockedUntilMs: lockedUntilMs !== null && lockedUntilMs > nowMs ? lockedUntilMs : null,
    }));
}
