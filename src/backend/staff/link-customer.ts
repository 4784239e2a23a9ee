import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { readCode } from '#shop/ids/code.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { soughtText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectCustomerByCode } from '../scanning/scans-store.ts';
import { selectCustomerOfStaff, setCustomerOfStaff } from './staff-customers-store.ts';
import { selectStaffMember } from './staff-store.ts';

export const linkCustomerSchema = z.strictObject({
  staffId: idSchema,
  /** As it stands on their card; null takes the link away. */
  customerCode: soughtText({ max: 40 }).nullable(),
});

/**
 * Says which customer a member of staff is, so that vouchers which they made or gave out are not redeemed for themself
 * (S3-57). Refuses 'not-found', also for a code that no customer has.
 */
export function linkStaffCustomer(
  scope: CommandScope,
  { staffId, customerCode }: z.output<typeof linkCustomerSchema>,
): Outcome<{ readonly customerId: string | null }> {
  const { db, moment } = scope;
  const { merchantId } = scope.shop;
  if (selectStaffMember(db, merchantId, staffId) === null) return refuse('not-found', { kind: 'staff' });
  const read = customerCode === null ? null : readCode(customerCode);
  const found = read?.kind === 'code' ? selectCustomerByCode(db, merchantId, read.code) : null;
  if (customerCode !== null && found === null) return refuse('not-found', { kind: 'customer' });
  const customerId = found?.customerId ?? null;
  const before = selectCustomerOfStaff(db, merchantId, staffId);
  if (before === customerId) return done({ customerId });
  const link = { staffId, merchantId, customerId, linkedAtMs: moment.atMs };
  setCustomerOfStaff(db, link);
  scope.personalFact('staff_customers', link);
  scope.changed({
    table: 'staff_customers',
    recordId: staffId,
    before: null,
    after: { staffId },
    personalBefore: { customerId: before },
    personalAfter: { customerId },
  });
  scope.touch('staff');
  return done({ customerId });
}

export const customerOfStaffSchema = z.strictObject({ staffId: idSchema });

/** The customer record of a member of staff, or null. */
export function showStaffCustomer(
  { db, shop }: ReadScope,
  { staffId }: z.output<typeof customerOfStaffSchema>,
): { readonly customerId: string; readonly name: string; readonly code: string } | null {
  const customerId = selectCustomerOfStaff(db, shop.merchantId, staffId);
  const customer = customerId === null ? null : selectCustomer(db, shop.merchantId, customerId);
  if (customerId === null || customer === null) return null;
  return { customerId, name: customer.personal.fullName, code: customer.code };
}
