import type { Permission } from '#shop/staff/permissions.ts';

/** For looks ahead: what somebody else may allow is shown as allowed, because the payment asks for their PIN (S3-57). */
export function assumedApprover(permission: Permission): string | null {
  return permission === 'vouchers.own' ? 'whoever approves' : null;
}
