import { expect, test } from 'vitest';
import { createTestBackend, refusalOf } from '../support/test-backend.ts';

test('S1-19: settings are typed: a value out of its bounds or an unknown key changes nothing', async () => {
  const backend = await createTestBackend();
  const manager = backend.caller('manager');
  const before = await manager.settings.get();
  const wrong: unknown[] = [
    { autoLockMinutes: -1 },
    { autoLockMinutes: 1.5 },
    { language: 'xx' },
    { cashRounding: { stepMinor: 0, mode: 'nearest' } },
    { discountLimitBasisPoints: { cashier: 10_001, manager: 0 } },
    { timeZone: "'; DROP TABLE merchants" },
    { timeZone: 'Mars/Base' },
    { anything: true },
    { __proto__: null, constructor: 1 },
  ];
  for (const changes of wrong)
    await expect(manager.settings.update(backend.op({ changes: changes as never }))).rejects.toThrow();
  expect(await manager.settings.get()).toEqual(before);
  backend.close();
});

test("a shop in Paraguay rounds cash to 50 in the customer's favour from its first day", async () => {
  const backend = await createTestBackend();
  expect(backend.env.settings()).toMatchObject({
    cashRounding: { stepMinor: 50, mode: 'customer' },
    taxMode: 'inclusive',
  });
  backend.close();
});

test('anybody signed in sets language, theme and sounds; the rest is for the manager, and is written down', async () => {
  const backend = await createTestBackend();
  const cashier = backend.caller('cashier');
  await cashier.settings.update(backend.op({ changes: { theme: 'dark' as const, language: 'es' as const } }));
  expect((await cashier.system.status()).shop).toMatchObject({ theme: 'dark', language: 'es' });
  const refusal = await refusalOf(
    cashier.settings.update(backend.op({ changes: { theme: 'light', autoLockMinutes: 1 } })),
  );
  expect(refusal).toEqual({ reason: 'not-permitted', facts: { permission: 'settings.shop', overridable: false } });
  expect((await cashier.system.status()).shop).toMatchObject({ theme: 'dark', autoLockMinutes: 5 });
  const manager = backend.caller('manager');
  await manager.settings.update(
    backend.op({ changes: { shopName: 'Café Yvoty', dayStartsAtHour: 5, autoLockMinutes: 2 } }),
  );
  expect((await manager.system.status()).shop).toMatchObject({
    shopName: 'Café Yvoty',
    dayStartsAtHour: 5,
    autoLockMinutes: 2,
  });
  backend.close();
});

test('an answer stays the same for its key, whatever happened since', async () => {
  const backend = await createTestBackend();
  const command = backend.op({ changes: { autoLockMinutes: 7 } });
  const first = await backend.caller('manager').settings.update(command);
  await backend.caller('manager').settings.update(backend.op({ changes: { autoLockMinutes: 9 } }));
  backend.env.forgetShop();
  expect(await backend.caller('manager').settings.update(command)).toEqual(first);
  expect(backend.env.settings().autoLockMinutes).toBe(9);
  backend.close();
});

test('X4: an approval that does not exist, or for another thing, opens nothing', async () => {
  const backend = await createTestBackend();
  const cashier = backend.caller('cashier');
  const refund = (overrideId: string) =>
    refusalOf(
      cashier.till.refund(
        backend.op({
          saleId: backend.newId(),
          lines: [{ lineId: backend.newId(), quantityThousandths: 1000 }],
          tenderKind: 'cash' as const,
          reason: 'x',
          overrideIds: [overrideId],
        }),
      ),
    );
  expect(await refund(backend.newId())).toMatchObject({ reason: 'override-invalid' });
  const other = await cashier.staff.grantOverride(backend.op({ permission: 'points.adjust', pin: '739164' }));
  expect(await refund(other.overrideId)).toMatchObject({ reason: 'override-invalid' });
  const right = await cashier.staff.grantOverride(backend.op({ permission: 'sale.refund', pin: '739164' }));
  expect(await refund(right.overrideId)).toMatchObject({ reason: 'not-found' });
  expect(await refund(right.overrideId)).toMatchObject({ reason: 'override-invalid' });
  backend.close();
});
