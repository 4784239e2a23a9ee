import { randomFillSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { sql } from '#backend/db/database.ts';
import { makeCode } from '#shop/ids/code.ts';
import { createTestBackend, refusalOf, type TestBackend } from '../support/test-backend.ts';

const KEPT = [
  sql`SELECT * FROM staff_badges`,
  sql`SELECT * FROM audit_logs`,
  sql`SELECT * FROM outbox`,
  sql`SELECT * FROM operations`,
  sql`SELECT * FROM qr_scan_logs`,
];

const issue = (shop: TestBackend, staffId: string) => shop.caller('manager').staff.issueBadge(shop.op({ staffId }));

const scanIn = (shop: TestBackend, text: string, client = 'client-stranger') =>
  shop.stranger(client).staff.signInByBadge(shop.op({ text }));

test('a badge signs its person in, in place of whoever was there, until it is revoked', async () => {
  const shop = await createTestBackend();
  const staffId = shop.staffId('cashier');
  const { code } = await issue(shop, staffId);
  expect(code).toMatch(/^SB-[0-9A-HJKMNP-TV-Z]{11}$/);
  expect(await scanIn(shop, code.toLowerCase(), 'client-manager')).toMatchObject({ staffId, roles: ['cashier'] });
  expect(shop.env.sessions.of('client-manager')).toMatchObject({ staffId, isLocked: false });
  expect(await refusalOf(shop.stranger('client-manager').staff.issueBadge(shop.op({ staffId })))).toMatchObject({
    reason: 'not-permitted',
  });
  const manager = shop.stranger('client-new');
  await manager.staff.signIn(shop.op({ staffId: shop.managerId, pin: '739164' }));
  expect(await manager.staff.badge({ staffId })).toMatchObject({ issuedAtMs: expect.any(Number) });
  await manager.staff.revokeBadge(shop.op({ staffId }));
  expect(await manager.staff.badge({ staffId })).toBeNull();
  expect((await refusalOf(scanIn(shop, code)))?.reason).toBe('badge-not-known');
  expect((await refusalOf(manager.staff.revokeBadge(shop.op({ staffId }))))?.reason).toBe('not-found');
  const actions = shop.env.db.read.all<{ action: string; outcome: string }>(
    sql`SELECT action, outcome FROM audit_logs WHERE action LIKE '%adge%' AND outcome <> 'refused' ORDER BY seq`,
  );
  expect(actions.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'staff.issueBadge done',
    'staff.signInByBadge done',
    'staff.revokeBadge done',
    'staff.signInByBadge denied',
  ]);
  shop.close();
});

test('a new badge ends the one before; somebody who left has none that opens and gets none', async () => {
  const shop = await createTestBackend();
  const staffId = shop.staffId('cashier');
  const { code: lost } = await issue(shop, staffId);
  const { code } = await issue(shop, staffId);
  expect((await refusalOf(scanIn(shop, lost)))?.reason).toBe('badge-not-known');
  expect((await scanIn(shop, code)).staffId).toBe(staffId);
  const left = { staffId, name: 'Carlos Ayala', roles: ['cashier' as const], isActive: false };
  await shop.caller('manager').staff.update(shop.op(left));
  expect((await refusalOf(scanIn(shop, code)))?.reason).toBe('staff-inactive');
  expect(shop.env.sessions.of('client-stranger')).toBeNull();
  expect((await refusalOf(issue(shop, staffId)))?.reason).toBe('staff-inactive');
  shop.close();
});

test('a code that is no badge signs nobody in, and no badge is kept in clear', async () => {
  const shop = await createTestBackend();
  const { code } = await issue(shop, shop.staffId('cashier'));
  const body = code.slice(3);
  for (const text of [body, `SB-${body.slice(0, -1)}${body.endsWith('A') ? 'B' : 'A'}`, 'SB-', '739164'])
    expect((await refusalOf(scanIn(shop, text)))?.reason).toBe('badge-not-known');
  await scanIn(shop, code);
  const atMs = Date.now();
  await shop.stranger().scanning.submit(shop.op({ text: code, source: 'HID', screen: 'sign-in', atMs }));
  const kept = JSON.stringify(KEPT.map((statement) => shop.env.db.read.all(statement)));
  expect(kept).not.toContain(body);
  expect(kept).not.toContain(body.slice(0, 8));
  shop.close();
});

test('X3: badges that are guessed count against the terminal, which then waits; a badge opens for somebody locked out by PIN and forgives nothing', async () => {
  const shop = await createTestBackend();
  const staffId = shop.staffId('cashier');
  const { code } = await issue(shop, staffId);
  const wrong = () => refusalOf(shop.stranger().staff.signIn(shop.op({ staffId, pin: '111111' })));
  for (let tries = 0; tries < 5; tries += 1) await wrong();
  expect((await wrong())?.reason).toBe('pin-locked');
  expect((await scanIn(shop, code)).staffId).toBe(staffId);
  expect((await wrong())?.reason).toBe('pin-locked');
  const guess = () => refusalOf(scanIn(shop, `SB-${makeCode((bytes) => void randomFillSync(bytes))}`));
  const reasons: (string | undefined)[] = [];
  for (let tries = 0; tries < 20; tries += 1) reasons.push((await guess())?.reason);
  expect(reasons[0]).toBe('badge-not-known');
  expect(reasons.at(-1)).toBe('pin-locked');
  expect((await refusalOf(scanIn(shop, code)))?.reason).toBe('pin-locked');
  shop.clock.advance(30_001);
  expect((await scanIn(shop, code)).staffId).toBe(staffId);
  shop.close();
});
