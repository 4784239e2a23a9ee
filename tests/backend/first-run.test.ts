import { expect, test } from 'vitest';
import { createEmptyBackend, createTestBackend, MANAGER_PIN, refusalOf, STAFF_PIN } from '../support/test-backend.ts';

// proves S1-59
test('the first run makes the shop and signs the manager in', async () => {
  const backend = await createTestBackend();
  const status = await backend.caller('manager').system.status();
  expect(status).toMatchObject({
    phase: 'ready',
    shop: {
      shopName: 'Café Lapacho',
      currency: 'PYG',
      timeZone: 'America/Asuncion',
      taxMode: 'inclusive',
      region: 'es-PY',
      theme: 'system',
    },
    session: { name: 'Marta Benítez', roles: ['manager', 'admin'], isLocked: false },
    openShift: null,
  });
  backend.close();
});

test('the first run happens once', async () => {
  const backend = await createTestBackend();
  const again = backend.stranger().setup.createShop(
    backend.op({
      shopName: 'Other',
      country: 'PY',
      currency: 'PYG',
      timeZone: 'America/Asuncion',
      language: 'en',
      region: 'es-PY',
      taxMode: 'inclusive',
      dayStartsAtHour: 0,
      manager: { name: 'Eve', pin: MANAGER_PIN },
    }),
  );
  expect(await refusalOf(again)).toEqual({ reason: 'not-in-first-run', facts: {} });
  backend.close();
});

test('before the first run there is nothing but the status and the empty staff list', async () => {
  const backend = createEmptyBackend();
  const stranger = backend.stranger();
  expect(await stranger.system.status()).toMatchObject({ phase: 'first-run', shop: null, session: null });
  expect(await stranger.staff.list()).toEqual([]);
  expect(await refusalOf(stranger.settings.get())).toMatchObject({ reason: 'sign-in-required' });
  backend.close();
});

test('a PIN signs in, a wrong one says how many tries are left', async () => {
  const backend = await createTestBackend();
  const till = backend.stranger('till');
  const staffId = backend.staffId('cashier');
  expect(await refusalOf(till.staff.signIn(backend.op({ staffId, pin: '1111' })))).toEqual({
    reason: 'wrong-pin',
    facts: { triesLeft: 4 },
  });
  expect(await till.staff.signIn(backend.op({ staffId, pin: STAFF_PIN }))).toMatchObject({
    staffId,
    roles: ['cashier'],
  });
  await till.staff.lock(backend.op({}));
  expect(await refusalOf(till.settings.get())).toMatchObject({ reason: 'locked' });
  await till.staff.signIn(backend.op({ staffId: backend.managerId, pin: MANAGER_PIN }));
  expect((await till.system.status()).session).toMatchObject({ name: 'Marta Benítez', isLocked: false });
  await till.staff.signOut(backend.op({}));
  expect((await till.system.status()).session).toBeNull();
  backend.close();
});

test('C1 F11: a clock that is put right during the first run is believed, and nothing is asked about it', async () => {
  const backend = createEmptyBackend();
  await backend.stranger().system.status();
  backend.clock.moveWall(400 * 86_400_000);
  expect((await backend.stranger().system.status()).clock.standing).toBe('wall-jumped');
  const manager = backend.stranger('client-manager');
  await manager.setup.createShop(
    backend.op({
      shopName: 'Café Lapacho',
      country: 'PY',
      currency: 'PYG',
      timeZone: 'America/Asuncion',
      language: 'en',
      region: 'es-PY',
      taxMode: 'inclusive',
      dayStartsAtHour: 4,
      manager: { name: 'Marta Benítez', pin: MANAGER_PIN },
    }),
  );
  const { clock } = await manager.system.status();
  expect(clock).toMatchObject({ standing: 'agreed', trustedMs: backend.clock.wallNowMs() });
  expect((await manager.analytics.today()).businessDate).toBe('2027-04-06');
  backend.close();
});
