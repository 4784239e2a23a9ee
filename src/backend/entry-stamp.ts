import type { SystemScope } from './command-scope.ts';

/** Who writes an entry of a ledger, when, and in which command: the same for points, credit and units. Instants are UTC ms. */
export function entryStampOf({ session, approvedByStaffId, moment, groupId }: SystemScope) {
  const { businessDate, atMs, trustedAtMs } = moment;
  return { staffId: session.staffId, approvedByStaffId, businessDate, atMs, trustedAtMs, groupId };
}
