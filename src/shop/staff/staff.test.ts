import { expect, test } from 'vitest';
import { isCommonPin, LISTED_PINS } from './common-pins.ts';
import { LOCKED_UNTIL_MANAGER_MS, lockOutAfter } from './lock-out.ts';
import {
  isOverridable,
  mayApprove,
  mayBeOpenedFor,
  PERMISSIONS,
  type Permission,
  permissionsOf,
  ROLES,
  rolesMay,
} from './permissions.ts';
import { decidePin } from './pin.ts';

test('each role may do what the published table says', () => {
  const table = Object.fromEntries(ROLES.map((role) => [role, permissionsOf([role])]));
  expect(table).toEqual({
    cashier: [
      'sale.make',
      'discount.give',
      'customers.read',
      'customers.edit',
      'points.award',
      'catalogue.read',
      'settings.read',
      'analytics.today',
      'activity.own',
      'shift.run',
      'screen.open',
      'vouchers.read',
      'vouchers.redeem',
      'scan',
    ],
    manager: PERMISSIONS.filter((permission) => permission !== 'settings.devices'),
    admin: [
      'customers.read',
      'catalogue.read',
      'settings.read',
      'time.confirm',
      'settings.devices',
      'activity.own',
      'activity.all',
      'alerts.read',
      'alerts.handle',
      'backups.make',
      'backups.restore',
      'screen.open',
      'vouchers.read',
      'scan',
    ],
    auditor: [
      'customers.read',
      'catalogue.read',
      'settings.read',
      'analytics.today',
      'analytics.all',
      'activity.own',
      'activity.all',
      'alerts.read',
      'vouchers.read',
    ],
  });
});

test('the auditor changes nothing, and several roles add up', () => {
  const reading = /\.(read|today|all|own)$/;
  expect(permissionsOf(['auditor']).every((permission) => reading.test(permission))).toBe(true);
  expect(rolesMay(['manager', 'admin'], 'settings.devices')).toBe(true);
  expect(rolesMay([], 'customers.read')).toBe(false);
});

test('only what a manager may do can be overridden, and only a manager approves; the time, IT as well', () => {
  const overridable = PERMISSIONS.filter(isOverridable);
  expect(overridable).toEqual([
    'sale.refund',
    'sale.void',
    'discount.over-limit',
    'points.adjust',
    'points.undo-late',
    'time.confirm',
    'scan.risky',
    'vouchers.give',
    'vouchers.rollback',
    'vouchers.own',
    'credit.adjust',
  ]);
  const approversOf = (permission: Permission) => ROLES.filter((role) => mayApprove([role], permission));
  for (const permission of overridable) {
    expect(approversOf(permission)).toEqual(permission === 'time.confirm' ? ['manager', 'admin'] : ['manager']);
  }
  expect(mayApprove(['manager'], 'staff.edit')).toBe(false);
});

test('five wrong PINs bring a wait that doubles, ten need a manager', () => {
  const waits = Array.from({ length: 10 }, (_, index) => lockOutAfter(index + 1, 0).lockedUntilMs);
  expect(waits).toEqual([null, null, null, null, 30_000, 60_000, 120_000, 240_000, 480_000, LOCKED_UNTIL_MANAGER_MS]);
  expect(lockOutAfter(2, 0).triesLeft).toBe(3);
});

test('at least a hundred PINs are refused by name, and shapes on top', () => {
  expect(LISTED_PINS).toBeGreaterThanOrEqual(100);
  const shapes = [
    '0000',
    '7777',
    '1234',
    '4321',
    '9012',
    '1212',
    '1221',
    '123123',
    '123321',
    '1987',
    '2026',
    '2580',
    '654321',
    '696969',
  ];
  expect(shapes.filter((pin) => !isCommonPin(pin))).toEqual([]);
  const fine = ['5829', '7391', '4906', '739164', '820573', '60719'];
  expect(fine.filter(isCommonPin)).toEqual([]);
});

test('managers and IT need six digits, others four', () => {
  expect(decidePin('7391', ['cashier'])).toBeNull();
  expect(decidePin('739', ['cashier'])).toMatchObject({ reason: 'pin-too-short', facts: { minLength: 4 } });
  expect(decidePin('7391', ['cashier', 'manager'])).toMatchObject({ reason: 'pin-too-short', facts: { minLength: 6 } });
  expect(decidePin('739164', ['admin'])).toBeNull();
  expect(decidePin('123456', ['manager'])).toMatchObject({ reason: 'pin-too-common' });
  expect(decidePin('73a1', ['cashier'])).toMatchObject({ reason: 'pin-too-short' });
});

test('a manager opens what is locked for the counter; IT and the auditor go on looking, and anybody may set the clock right', () => {
  for (const permission of PERMISSIONS.filter(isOverridable)) {
    const opened = ROLES.filter((role) => mayBeOpenedFor([role], permission));
    expect(opened, permission).toEqual(permission === 'time.confirm' ? ROLES : ['cashier', 'manager']);
  }
  expect(ROLES.filter((role) => mayBeOpenedFor([role], 'staff.edit'))).toEqual([]);
});
