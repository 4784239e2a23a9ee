import { z } from 'zod';
import { permissionsOf } from '#shop/staff/permissions.ts';
import { command, publicMutation, publicQuery, query, router, secretCommand, signedInMutation } from '../trpc.ts';
import { badgeOfSchema, issueBadge, revokeBadge, showBadge } from './badges.ts';
import { changeOwnPin, changeOwnPinSchema } from './change-own-pin.ts';
import {
  createStaff,
  createStaffSchema,
  hashOfNewPin,
  hashOfPin,
  unlockSchema,
  unlockStaff,
  updateStaffMember,
  updateStaffSchema,
} from './edit-staff.ts';
import { grantOverride, grantOverrideSchema } from './grant-override.ts';
import { lockScreen, signOut } from './leave.ts';
import { customerOfStaffSchema, linkCustomerSchema, linkStaffCustomer, showStaffCustomer } from './link-customer.ts';
import { listStaff } from './list-staff.ts';
import { renewRecoveryCode, resetWithRecovery, resetWithRecoverySchema } from './recover.ts';
import { signIn, signInSchema } from './sign-in.ts';
import { signInByBadge, signInByBadgeSchema } from './sign-in-by-badge.ts';

const nothingSchema = z.strictObject({});

const withoutPin = <Input extends { readonly pin?: string | undefined }>({ pin: _pin, ...rest }: Input) => rest;

export const staffRouter = router({
  list: publicQuery('staff.list', z.void(), listStaff),
  me: query('staff.me', 'signed-in', z.void(), ({ session }) => ({
    ...session,
    permissions: permissionsOf(session.roles),
  })),
  signIn: publicMutation('staff.signIn', signInSchema, signIn),
  signInByBadge: publicMutation('staff.signInByBadge', signInByBadgeSchema, signInByBadge),
  signOut: publicMutation('staff.signOut', nothingSchema, signOut),
  lock: publicMutation('staff.lock', nothingSchema, lockScreen),
  grantOverride: signedInMutation('staff.grantOverride', 'signed-in', grantOverrideSchema, grantOverride),
  changeOwnPin: signedInMutation('staff.changeOwnPin', 'signed-in', changeOwnPinSchema, changeOwnPin),
  resetWithRecovery: publicMutation('staff.resetWithRecovery', resetWithRecoverySchema, resetWithRecovery),
  renewRecoveryCode: signedInMutation('staff.renewRecoveryCode', 'staff.edit', nothingSchema, renewRecoveryCode),
  create: secretCommand('staff.create', 'staff.edit', createStaffSchema, {
    prepare: hashOfPin,
    comparable: withoutPin,
    handle: createStaff,
  }),
  update: secretCommand('staff.update', 'staff.edit', updateStaffSchema, {
    prepare: hashOfNewPin,
    comparable: withoutPin,
    handle: updateStaffMember,
  }),
  unlock: command('staff.unlock', 'staff.edit', unlockSchema, unlockStaff),
  customer: query('staff.customer', 'staff.edit', customerOfStaffSchema, showStaffCustomer),
  linkCustomer: command('staff.linkCustomer', 'staff.edit', linkCustomerSchema, linkStaffCustomer),
  badge: query('staff.badge', 'staff.edit', badgeOfSchema, showBadge),
  issueBadge: signedInMutation('staff.issueBadge', 'staff.edit', badgeOfSchema, issueBadge),
  revokeBadge: command('staff.revokeBadge', 'staff.edit', badgeOfSchema, revokeBadge),
});
