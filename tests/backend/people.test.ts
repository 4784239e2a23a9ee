import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBackend } from '#backend/start.ts';
import { createPinHasher } from '#backend/staff/pin-hasher.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { sql } from '#backend/db/database.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import {
  createTestBackend,
  MANAGER_PIN,
  refusalOf,
  STAFF_PIN,
  TEST_WORKERS,
  type TestBackend,
} from '../support/test-backend.ts';

const state: { backend: TestBackend } = { backend: null as unknown as TestBackend };
const SELECT_DENIED = sql`SELECT action, reason FROM audit_logs WHERE outcome = 'denied' ORDER BY seq`;

beforeEach(async () => {
  state.backend = await createTestBackend();
});
afterEach(() => state.backend.close());

const signIn = (pin: string, staffId: string) => {
  const { backend } = state;
  return refusalOf(backend.stranger().staff.signIn(backend.op({ staffId, pin })));
};

test('A3: after five wrong PINs comes a wait that grows, after ten only a manager helps, and every try is logged', async () => {
  const { backend } = state;
  const cashier = backend.staffId('cashier');
  for (const triesLeft of [4, 3, 2, 1]) {
    expect(await signIn('4711', cashier)).toEqual({ reason: 'wrong-pin', facts: { triesLeft } });
  }
  const untilMs = backend.clock.wallNowMs() + 30_000;
  expect(await signIn('4711', cashier)).toEqual({ reason: 'pin-locked', facts: { untilMs } });
  expect(await signIn(STAFF_PIN, cashier)).toEqual({ reason: 'pin-locked', facts: { untilMs } });
  expect(await signIn(MANAGER_PIN, backend.managerId)).toBeNull();
  for (let tries = 6; tries <= 10; tries += 1) {
    backend.clock.advance(3_600_000);
    expect(await signIn('4711', cashier)).toMatchObject({ reason: 'pin-locked' });
  }
  backend.clock.advance(365 * 86_400_000);
  expect(await signIn(STAFF_PIN, cashier)).toEqual({ reason: 'pin-locked', facts: { untilMs: null } });
  await backend.caller('manager').staff.unlock(backend.op({ staffId: cashier }));
  expect(await signIn(STAFF_PIN, cashier)).toBeNull();
  expect(backend.env.db.read.all(SELECT_DENIED)).toHaveLength(12);
});

test('of many PINs tried at once, the right one does not pass a lock that closed meanwhile', async () => {
  const { backend } = state;
  const staffId = backend.staffId('cashier');
  const tries = Array.from({ length: 30 }, (_, n) => signIn(n === 29 ? STAFF_PIN : String(4000 + n), staffId));
  const refused = (await Promise.all(tries)).filter((refusal) => refusal?.reason === 'wrong-pin');
  expect(refused.length).toBeLessThanOrEqual(4);
});

test('F11: with the clock set back after a wait is over, the right PIN still opens and is not counted as wrong', async () => {
  const { backend } = state;
  const cashier = backend.staffId('cashier');
  for (let tries = 0; tries < 5; tries += 1) await signIn('4711', cashier);
  backend.clock.advance(60_000);
  expect(await signIn(MANAGER_PIN, backend.managerId)).toBeNull();
  backend.clock.moveWall(-3_600_000);
  expect(await signIn(STAFF_PIN, cashier)).toBeNull();
});

test('X3: a restart forgives no wrong PIN', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-pin-'));
  const clock = createFakeClock();
  const open = async () => {
    const workers = TEST_WORKERS;
    const pinHashCost = { memoryKib: 8, passes: 1 };
    const options = {
      dataFolder: folder,
      host: 'web' as const,
      appVersion: '0',
      workers,
      devices: null,
      clock,
      pinHashCost,
    };
    const backend = await openBackend(options);
    return { backend, caller: createCallerFactory(backend.router)(backend.createContext({ clientId: 'a' })) };
  };
  const first = await open();
  const { newId } = state.backend;
  const op = <T>(input: T) => ({ operationId: newId(), input });
  const { staffId } = await first.caller.setup.createShop(
    op({
      shopName: 'S',
      country: 'PY',
      currency: 'PYG',
      timeZone: 'America/Asuncion',
      language: 'es' as const,
      region: 'es-PY',
      taxMode: 'inclusive' as const,
      dayStartsAtHour: 0,
      manager: { name: 'M', pin: MANAGER_PIN },
    }),
  );
  for (let tries = 0; tries < 5; tries += 1) await refusalOf(first.caller.staff.signIn(op({ staffId, pin: '111111' })));
  await first.backend.close();
  const second = await open();
  const refusal = await refusalOf(second.caller.staff.signIn(op({ staffId, pin: MANAGER_PIN })));
  expect(refusal?.reason).toBe('pin-locked');
  clock.advance(30_001);
  expect(await refusalOf(second.caller.staff.signIn(op({ staffId, pin: MANAGER_PIN })))).toBeNull();
  await second.backend.close();
  rmSync(folder, { recursive: true, force: true });
});

test('X4: an approval opens one command, once, for two minutes, for the person it was given to', async () => {
  const { backend } = state;
  const cashier = backend.caller('cashier');
  const grant = () =>
    cashier.staff.grantOverride(backend.op({ permission: 'sale.refund', pin: MANAGER_PIN, reason: 'cold coffee' }));
  expect(
    await refusalOf(cashier.staff.grantOverride(backend.op({ permission: 'sale.refund', pin: '000000' }))),
  ).toMatchObject({
    reason: 'wrong-pin',
  });
  expect(
    await refusalOf(cashier.staff.grantOverride(backend.op({ permission: 'staff.edit', pin: MANAGER_PIN }))),
  ).toMatchObject({
    reason: 'not-permitted',
  });
  const granted = await grant();
  expect(granted.approvedBy).toBe('Marta Benítez');
  const { selectOverride, spendOverride } = await import('#backend/staff/overrides-store.ts');
  const take = (overrideId: string, staffId: string, nowMs: number) =>
    backend.env.db.write((db) => {
      const override = selectOverride(db, { overrideId, staffId, nowMs });
      if (override !== null) spendOverride(db, overrideId, backend.newId());
      return override;
    });
  const nowMs = backend.clock.wallNowMs();
  expect(take(granted.overrideId, backend.staffId('auditor'), nowMs)).toBeNull();
  expect(take(granted.overrideId, backend.staffId('cashier'), nowMs + 120_001)).toBeNull();
  expect(take(granted.overrideId, backend.staffId('cashier'), nowMs)).toMatchObject({ permission: 'sale.refund' });
  expect(take(granted.overrideId, backend.staffId('cashier'), nowMs)).toBeNull();
});

test('the shop keeps a manager, and a change of roles ends the sessions of the person', async () => {
  const { backend } = state;
  const manager = backend.caller('manager');
  const staffId = backend.managerId;
  const demote = manager.staff.update(backend.op({ staffId, name: 'Marta', roles: ['cashier'], isActive: true }));
  expect(await refusalOf(demote)).toMatchObject({ reason: 'last-manager' });
  expect((await backend.caller('cashier').system.status()).session).not.toBeNull();
  const cashier = backend.staffId('cashier');
  await manager.staff.update(
    backend.op({ staffId: cashier, name: 'Carlos', roles: ['cashier', 'auditor'], isActive: true }),
  );
  expect((await backend.caller('cashier').system.status()).session).toBeNull();
});

test('a new PIN signs out whoever came in with the old one, and not the manager who set it', async () => {
  const { backend } = state;
  const session = async (role: 'manager' | 'cashier') => (await backend.caller(role).system.status()).session;
  const manager = backend.caller('manager');
  expect(await session('cashier')).not.toBeNull();
  const cashier = { staffId: backend.staffId('cashier'), name: 'Carlos', roles: ['cashier' as const], isActive: true };
  await manager.staff.update(backend.op({ ...cashier, pin: '9047' }));
  expect(await session('cashier')).toBeNull();
  const self = {
    staffId: backend.managerId,
    name: 'Marta',
    roles: [...(await manager.staff.me()).roles],
    isActive: true,
  };
  await manager.staff.update(backend.op({ ...self, pin: '640917' }));
  expect(await session('manager')).not.toBeNull();
  const { recoveryCode } = backend;
  const input = { recoveryCode, staffId: backend.managerId, newPin: '805213' };
  await backend.stranger().staff.resetWithRecovery(backend.op(input));
  expect(await session('manager')).toBeNull();
});

test('X4: whoever becomes a manager or administrator gets a PIN of six digits in the same step, or stays what they were', async () => {
  const { backend } = state;
  const manager = backend.caller('manager');
  const person = { staffId: backend.staffId('cashier'), name: 'Carlos', isActive: true };
  const promote = (role: 'manager' | 'admin', pin?: string) => {
    const roles = ['cashier' as const, role];
    return refusalOf(manager.staff.update(backend.op({ ...person, roles, ...(pin === undefined ? {} : { pin }) })));
  };
  expect(await promote('manager')).toEqual({ reason: 'pin-required-for-role', facts: { minLength: 6 } });
  expect(await promote('admin')).toEqual({ reason: 'pin-required-for-role', facts: { minLength: 6 } });
  expect(await promote('manager', '9047')).toMatchObject({ reason: 'pin-too-short' });
  expect(await promote('manager', '123456')).toMatchObject({ reason: 'pin-too-common' });
  expect(await signIn(STAFF_PIN, person.staffId)).toBeNull();
  expect(await promote('manager', '904713')).toBeNull();
  expect(await signIn(STAFF_PIN, person.staffId)).toMatchObject({ reason: 'wrong-pin' });
  expect(await signIn('904713', person.staffId)).toBeNull();
  expect(await promote('admin')).toBeNull();
});

test('PINs of managers have six digits, common ones are refused, and everybody may change their own', async () => {
  const { backend } = state;
  const manager = backend.caller('manager');
  const create = (pin: string) =>
    refusalOf(manager.staff.create(backend.op({ name: 'Nora', roles: ['manager'], pin })));
  expect(await create('5829')).toEqual({ reason: 'pin-too-short', facts: { minLength: 6 } });
  expect(await create('123456')).toMatchObject({ reason: 'pin-too-common' });
  expect(await create('640917')).toBeNull();
  const cashier = backend.caller('cashier');
  const change = (currentPin: string) =>
    refusalOf(cashier.staff.changeOwnPin(backend.op({ currentPin, newPin: '9047' })));
  expect(await change('4711')).toMatchObject({ reason: 'wrong-pin' });
  expect(await change(STAFF_PIN)).toBeNull();
  expect(await signIn('9047', backend.staffId('cashier'))).toBeNull();
});

test('the recovery code sets a manager PIN, and no other code does', async () => {
  const { backend } = state;
  const reset = (recoveryCode: string) =>
    refusalOf(
      backend
        .stranger()
        .staff.resetWithRecovery(backend.op({ recoveryCode, staffId: backend.managerId, newPin: '640917' })),
    );
  expect(await reset('AAAAA-AAAAA-AAAAA-AAAAA')).toMatchObject({ reason: 'recovery-code-wrong' });
  expect(await reset(backend.recoveryCode.toLowerCase())).toBeNull();
  expect(await signIn('640917', backend.managerId)).toBeNull();
  const here = backend.stranger('client-manager');
  await here.staff.signIn(backend.op({ staffId: backend.managerId, pin: '640917' }));
  const { recoveryCode } = await here.staff.renewRecoveryCode(backend.op({}));
  expect(await reset(backend.recoveryCode)).toMatchObject({ reason: 'recovery-code-wrong' });
  expect(await reset(recoveryCode)).toBeNull();
});

test('A4: no PIN and no recovery code is found in any byte of the database', async () => {
  const backend = await createTestBackend({ inFile: true });
  const pin = '850317';
  const { staffId } = await backend
    .caller('manager')
    .staff.create(backend.op({ name: 'Nora', roles: ['manager'], pin }));
  const nora = { staffId, name: 'Nora', roles: ['manager' as const], isActive: true };
  await backend.caller('manager').staff.update(backend.op({ ...nora, pin: '402961' }));
  await backend.stranger().staff.signIn(backend.op({ staffId, pin: '402961' }));
  await refusalOf(backend.stranger().staff.signIn(backend.op({ staffId, pin: '917350' })));
  const folder = join(backend.env.db.path, '..');
  const bytes = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
  // Digits of a PIN may stand inside a longer number by chance: only a PIN of its own is a leak.
  for (const secret of [pin, '402961', '917350', MANAGER_PIN])
    expect(bytes).not.toMatch(new RegExp(`(?<![0-9a-f])${secret}(?![0-9a-f])`));
  expect(bytes).not.toContain(backend.recoveryCode);
  backend.close();
});

test('a PIN is kept as argon2id, keyed with the pepper, and takes 30 to 1000 ms to check', async () => {
  const hasher = createPinHasher(randomBytes(32));
  const stored = await hasher.hash('5829');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
  const startedMs = performance.now();
  expect(await hasher.verify(stored, '5829')).toBe(true);
  const tookMs = performance.now() - startedMs;
  expect(tookMs).toBeGreaterThan(30);
  expect(tookMs).toBeLessThan(1000);
  expect(await createPinHasher(randomBytes(32)).verify(stored, '5829')).toBe(false);
});

test('X4: nothing is opened for IT or the auditor, whoever approves: they look and change nothing', async () => {
  const { backend } = state;
  for (const role of ['admin', 'auditor'] as const) {
    const caller = backend.caller(role);
    const ask = { permission: 'sale.refund' as const, pin: MANAGER_PIN, reason: 'for a guest' };
    expect(await refusalOf(caller.staff.grantOverride(backend.op(ask))), role).toEqual({
      reason: 'not-permitted',
      facts: { permission: 'sale.refund', overridable: false },
    });
    const refund = { saleId: backend.newId(), lines: [{ lineId: backend.newId(), quantityThousandths: 1000 }] };
    const given = { ...refund, tenderKind: 'cash' as const, reason: '' };
    expect(await refusalOf(caller.till.refund(backend.op(given))), role).toMatchObject({
      facts: { permission: 'sale.refund', overridable: false },
    });
  }
});
