import { afterEach, beforeEach, expect, test } from 'vitest';
import { MANAGER_PIN, refusalOf, type TestCaller } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from './till-shop.ts';

let shop: TillShop;
let customerId: string;
beforeEach(async () => {
  shop = await createTillShop();
  customerId = shop.addCustomer();
});
afterEach(() => shop.close());

const award = (
  input: Partial<Parameters<TestCaller['points']['award']>[0]['input']>,
  as: 'cashier' | 'manager' = 'cashier',
) => shop.caller(as).points.award(shop.op({ customerId, reason: 'purchase' as const, ...input }));

async function approve(permission: 'points.adjust' | 'points.undo-late'): Promise<string> {
  const grant = shop.op({ permission, pin: MANAGER_PIN, reason: 'asked' });
  return (await shop.caller('cashier').staff.grantOverride(grant)).overrideId;
}

test('a purchase elsewhere earns what its preview said, and counts as a visit and in the day', async () => {
  const preview = await shop
    .caller('cashier')
    .points.previewAward({ customerId, reason: 'purchase', amountMinor: 85_900 });
  expect(preview).toMatchObject({ points: 85, balanceBefore: 0, balanceAfter: 85 });
  expect(await award({ amountMinor: 85_900, receiptNumber: 'F-001' })).toMatchObject({ points: 85, newBalance: 85 });
  expect(shop.number('SELECT total_sales_minor AS n FROM merchant_daily_analytics')).toBe(85_900);
  expect(shop.number('SELECT total_transactions AS n FROM customers WHERE id = :customerId', { customerId })).toBe(1);
});

test('a receipt number counts once, unless a manager approves', async () => {
  await award({ amountMinor: 50_000, receiptNumber: 'F-001' });
  const again = await refusalOf(award({ amountMinor: 50_000, receiptNumber: 'F-001' }));
  expect(again).toMatchObject({
    reason: 'receipt-number-used',
    facts: { byName: 'Carlos Ayala', overridable: true, permission: 'points.adjust' },
  });
  const overrideId = await approve('points.adjust');
  expect(await award({ amountMinor: 50_000, receiptNumber: 'F-001', overrideIds: [overrideId] })).toMatchObject({
    newBalance: 100,
  });
  expect(await refusalOf(award({ amountMinor: 50_000, receiptNumber: 'F-001' }, 'manager'))).toMatchObject({
    reason: 'receipt-number-used',
  });
  const accepted = await award({ amountMinor: 50_000, receiptNumber: 'F-001', acceptsUsedReceipt: true }, 'manager');
  expect(accepted.newBalance).toBe(150);
});

test('who used a receipt number is told by the name of today, also again; the stored answer holds the id alone', async () => {
  await award({ amountMinor: 50_000, receiptNumber: 'F-001' });
  const input = shop.op({ customerId, reason: 'purchase' as const, amountMinor: 50_000, receiptNumber: 'F-001' });
  const again = () => refusalOf(shop.caller('cashier').points.award(input));
  const first = await again();
  const staffId = shop.staffId('cashier');
  expect(first).toMatchObject({ reason: 'receipt-number-used', facts: { byStaffId: staffId, byName: 'Carlos Ayala' } });
  const person = { staffId, name: 'Carlos Benítez', roles: ['cashier' as const], isActive: true };
  await shop.caller('manager').staff.update(shop.op(person));
  expect(await again()).toMatchObject({ facts: { byStaffId: staffId, byName: 'Carlos Benítez' } });
  expect(shop.number("SELECT COUNT(*) AS n FROM operations WHERE outcome LIKE '%Carlos%'")).toBe(0);
});

test('goodwill and corrections need a note and a manager, and never leave a negative balance', async () => {
  expect(await refusalOf(award({ reason: 'goodwill', points: 20, note: 'late order' }))).toMatchObject({
    reason: 'not-permitted',
    facts: { permission: 'points.adjust', overridable: true },
  });
  expect(await refusalOf(award({ reason: 'goodwill', points: 20 }, 'manager'))).toMatchObject({
    reason: 'note-required',
  });
  const overrideId = await approve('points.adjust');
  expect(await award({ reason: 'goodwill', points: 20, note: 'late order', overrideIds: [overrideId] })).toMatchObject({
    newBalance: 20,
    saleId: null,
  });
  expect(await refusalOf(award({ reason: 'correction', points: -21, note: 'typo' }, 'manager'))).toMatchObject({
    reason: 'points-out-of-range',
  });
  expect(await award({ reason: 'correction', points: -5, note: 'typo' }, 'manager')).toMatchObject({ newBalance: 15 });
  expect(shop.number("SELECT COUNT(*) AS n FROM outbox WHERE body LIKE '%late order%'")).toBe(0);
});

test('the same person undoes within five minutes; later a manager approves; never twice', async () => {
  const first = await award({ amountMinor: 30_000 });
  const { undo } = shop.caller('cashier').points;
  expect(await undo(shop.op({ entryId: first.entryId }))).toEqual({ points: -30, newBalance: 0, deductedMinor: 0 });
  expect(shop.number('SELECT total_sales_minor AS n FROM merchant_daily_analytics')).toBe(0);
  expect(await refusalOf(undo(shop.op({ entryId: first.entryId })))).toMatchObject({ reason: 'already-undone' });
  const second = await award({ reason: 'goodwill', points: 9, note: 'sorry' }, 'manager');
  const third = await award({ amountMinor: 10_000 });
  expect(await refusalOf(undo(shop.op({ entryId: second.entryId })))).toMatchObject({ reason: 'undo-too-late' });
  shop.clock.advance(5 * 60_000 + 1);
  expect(await refusalOf(undo(shop.op({ entryId: third.entryId })))).toMatchObject({
    reason: 'undo-too-late',
    facts: { permission: 'points.undo-late' },
  });
  expect(await undo(shop.op({ entryId: third.entryId, overrideIds: [await approve('points.undo-late')] }))).toEqual({
    points: -10,
    newBalance: 9,
    deductedMinor: 0,
  });
  expect(await shop.caller('manager').points.undo(shop.op({ entryId: second.entryId }))).toEqual({
    points: -9,
    newBalance: 0,
    deductedMinor: 0,
  });
  const recent = await shop.caller('cashier').points.recentAwards({ limit: 10 });
  expect(recent.map(({ points, kind, reason, canUndo }) => ({ points, kind, reason, canUndo }))).toEqual([
    { points: 10, kind: 'award', reason: 'purchase', canUndo: false },
    { points: 9, kind: 'award', reason: 'goodwill', canUndo: false },
    { points: 30, kind: 'award', reason: 'purchase', canUndo: false },
  ]);
});

test('an award undone on a later business day leaves the day gone by as it was', async () => {
  const given = await award({ amountMinor: 30_000 });
  shop.clock.advance(24 * 3_600_000);
  expect(await shop.caller('manager').points.undo(shop.op({ entryId: given.entryId }))).toEqual({
    points: -30,
    newBalance: 0,
    deductedMinor: 0,
  });
  expect(
    shop.number("SELECT total_sales_minor AS n FROM merchant_daily_analytics WHERE business_date = '2026-03-02'"),
  ).toBe(30_000);
  expect(
    shop.number("SELECT total_sales_minor AS n FROM merchant_daily_analytics WHERE business_date = '2026-03-03'"),
  ).toBe(-30_000);
});

// proves S1-10
test('L8: each published version stays as it was, and the next award uses the newest', async () => {
  const { publishProgramme, programme } = shop.caller('manager').points;
  const before = await programme();
  await publishProgramme(
    shop.op({ name: 'Lapacho', points: 3, perMinor: 1000, minimumSpendMinor: 5_000, expiryMonths: 12 }),
  );
  expect(await programme()).toMatchObject({
    version: before.version + 1,
    pointsPerUnit: { points: 3, perMinor: 1000 },
    expiryMonths: 12,
  });
  expect(await refusalOf(award({ amountMinor: 4_999 }))).toMatchObject({
    reason: 'below-minimum',
    facts: { minimumMinor: 5_000 },
  });
  expect(await award({ amountMinor: 5_000 })).toMatchObject({ points: 15 });
  // Earned on 2 March 2026 in Asunción: usable through 2 March 2027, gone at midnight (UTC-3).
  expect(shop.number("SELECT expires_at_ms AS n FROM points_transactions WHERE kind = 'earn'")).toBe(
    Date.UTC(2027, 2, 3, 3),
  );
});

test('a blocked customer is refused at the till and on the award screen', async () => {
  shop.env.db.write((tx) =>
    tx.run("UPDATE customers SET status = 'blocked' WHERE id = :customerId" as never, { customerId }),
  );
  expect(await refusalOf(award({ amountMinor: 10_000 }))).toMatchObject({ reason: 'customer-blocked' });
  const draft = shop.draft([shop.line(10_000)], { customerId });
  expect(await refusalOf(shop.sell(draft))).toMatchObject({ reason: 'customer-blocked' });
});
