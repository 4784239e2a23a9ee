/** The roles of a shop. On screen, admin reads "IT". One person may hold several. */
export const ROLES = ['cashier', 'manager', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

interface PermissionRule {
  readonly roles: readonly Role[];
  /** For whom a manager's PIN given in place opens it for one command, without changing who is signed in. */
  readonly openedFor: readonly Role[];
}

const COUNTER: readonly Role[] = ['cashier', 'manager'];
const MANAGER: readonly Role[] = ['manager'];
const EVERYBODY: readonly Role[] = ['cashier', 'manager', 'admin', 'auditor'];

const only = (roles: readonly Role[]): PermissionRule => ({ roles, openedFor: [] });
const orOverride = (roles: readonly Role[], openedFor = COUNTER): PermissionRule => ({ roles, openedFor });

/**
 * Who may do what: the table of UX.md section 3. The admin looks at till and customers and changes neither;
 * the auditor reads everything and changes nothing; what needs a manager can be opened at the counter by a manager's PIN.
 */
const RULES = {
  'sale.make': only(COUNTER),
  'sale.refund': orOverride(MANAGER),
  'sale.void': orOverride(MANAGER),
  'discount.give': only(COUNTER),
  'discount.over-limit': orOverride(MANAGER),
  'customers.read': only(EVERYBODY),
  'customers.edit': only(COUNTER),
  'customers.import': only(MANAGER),
  'customers.block': only(MANAGER),
  'customers.merge': only(MANAGER),
  'customers.segments': only(MANAGER),
  'customers.fields': only(MANAGER),
  'customers.export': only(MANAGER),
  'customers.erase': only(MANAGER),
  'points.award': only(COUNTER),
  'points.adjust': orOverride(MANAGER),
  'points.undo-late': orOverride(MANAGER),
  'catalogue.read': only(EVERYBODY),
  'catalogue.edit': only(MANAGER),
  'programme.edit': only(MANAGER),
  'staff.edit': only(MANAGER),
  'settings.read': only(EVERYBODY),
  'settings.shop': only(MANAGER),
  'time.confirm': orOverride(['manager', 'admin'], EVERYBODY),
  'settings.devices': only(['admin']),
  'analytics.today': only(['cashier', 'manager', 'auditor']),
  'analytics.all': only(['manager', 'auditor']),
  'activity.own': only(EVERYBODY),
  'activity.all': only(['manager', 'admin', 'auditor']),
  'alerts.read': only(['manager', 'admin', 'auditor']),
  'alerts.handle': only(['manager', 'admin']),
  'backups.make': only(['manager', 'admin']),
  'backups.restore': only(['manager', 'admin']),
  'shift.run': only(COUNTER),
  'screen.open': only(['cashier', 'manager', 'admin']),
  'scan.risky': orOverride(MANAGER),
  'vouchers.read': only(EVERYBODY),
  'vouchers.redeem': only(COUNTER),
  'vouchers.give': orOverride(MANAGER),
  'vouchers.rollback': orOverride(MANAGER),
  'vouchers.own': orOverride(MANAGER),
  'vouchers.edit': only(MANAGER),
  'credit.adjust': orOverride(MANAGER),
  'passes.edit': only(MANAGER),
  'experiments.edit': only(MANAGER),
  scan: only(['cashier', 'manager', 'admin']),
} as const satisfies Record<string, PermissionRule>;

/** A thing that somebody may be allowed to do. */
export type Permission = keyof typeof RULES;

/** Every permission, in the order of the table. */
export const PERMISSIONS = Object.keys(RULES) as readonly Permission[];

/** Whether any of the roles holds the permission. */
export function rolesMay(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => RULES[permission].roles.includes(role));
}

/** Whether a manager's PIN can open the permission in place for somebody who does not hold it. */
export function isOverridable(permission: Permission): boolean {
  return RULES[permission].openedFor.length > 0;
}

/** Whether a manager's PIN opens the permission for somebody with these roles: who only looks goes on looking. */
export function mayBeOpenedFor(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => RULES[permission].openedFor.includes(role));
}

/** All permissions that the roles hold together. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return PERMISSIONS.filter((permission) => rolesMay(roles, permission));
}

/** Whether the roles may approve an override of the permission: it can be overridden and they hold it. */
export function mayApprove(roles: readonly Role[], permission: Permission): boolean {
  return isOverridable(permission) && rolesMay(roles, permission);
}
