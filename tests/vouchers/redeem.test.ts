import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const CREDIT = { kind: 'credit', amountMinor: 2500, days: 30 } as const;
const STAMPS = { kind: 'units', name: 'Coffee', units: 5 } as const;
const PASS = { kind: 'package', name: 'Ten visits', uses: 10, days: 60 } as const;

const shopOfTest = voucherShopForEach();

function given() {
  const shop = shopOfTest();
  const cashier = shop.caller('cashier').vouchers;
  const redeem = (code: string, customerId: string | null, more: { accountId?: string } = {}) =>
    cashier.redeem(shop.op({ code, customerId, ...more }));
  const attempts = () =>
    shop.env.db.read.all<{ ok: number; reason: string | null }>(
      `SELECT successful AS ok, failure_reason AS reason FROM redemption_attempts WHERE kind = 'redeem' ORDER BY id` as never,
    );
  return { shop, cashier, redeem, attempts, ana: shop.addCustomer('Ana') };
}

test('VC13 W1 S3-17 S3-18 S3-26 S3-61 S0-31: a credit voucher adds to the balance with its ledger row, its redemption and its audit row', async () => {
  const { shop, redeem, attempts, ana } = given();
  await shop.publish({ benefit: CREDIT, genericCode: 'COINS25' });
  const redeemed = await redeem('coins-25', ana);
  expect(redeemed).toMatchObject({ kind: 'given', credit: { amountMinor: 2500, balanceMinor: 2500 }, pass: null });
  const { redemptionId, credit } = redeemed as {
    redemptionId: string;
    credit: { accountId: string; endsAtMs: number };
  };
  const entry = shop.env.db.read.get<object>(
    `SELECT kind, system_account AS other, amount_minor AS amountMinor, redemption_id AS redemptionId
     FROM store_credit_transactions WHERE account_id = :accountId` as never,
    { accountId: credit.accountId },
  );
  expect(entry).toEqual({ kind: 'grant', other: 'granted', amountMinor: 2500, redemptionId });
  const row = shop.env.db.read.get<object>(
    `SELECT r.redemption_type AS type, r.discount_amount_minor AS cost, r.uses, r.status_before AS before, v.status,
       v.usage_count AS used
     FROM voucher_redemptions r JOIN vouchers v ON v.id = r.voucher_id WHERE r.id = :redemptionId` as never,
    { redemptionId },
  );
  expect(row).toEqual({ type: 'credit', cost: 2500, uses: 1, before: 'published', status: 'redeemed', used: 1 });
  expect(attempts()).toEqual([{ ok: 1, reason: null }]);
  const audited = `SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'vouchers.redeem' AND outcome = 'done'`;
  expect(shop.number(audited)).toBe(1);
  expect(shop.number(`SELECT COUNT(*) AS n FROM customer_events WHERE event_type = 'customer.voucher.redeemed'`)).toBe(
    1,
  );
});

test('C-34 S3-59 S3-82: the same key again answers the same, another key is refused, another body is a protocol refusal', async () => {
  const { shop, cashier, attempts, ana } = given();
  await shop.publish({ benefit: CREDIT, genericCode: 'COINS25' });
  const asked = shop.op({ code: 'COINS25', customerId: ana });
  const first = await cashier.redeem(asked);
  shop.clock.advance(86_400_000);
  expect(await cashier.redeem(asked)).toEqual(first);
  expect(await refusalOf(cashier.redeem(shop.op({ code: 'COINS25', customerId: ana })))).toMatchObject({
    reason: 'voucher-used',
  });
  const other = { ...asked, input: { ...asked.input, code: 'COINS26' } };
  expect(await refusalOf(cashier.redeem(other))).toMatchObject({ reason: 'operation-id-reused' });
  expect(attempts()).toEqual([
    { ok: 1, reason: null },
    { ok: 0, reason: 'voucher-used' },
  ]);
  const refusedAudits = `SELECT COUNT(*) AS n FROM audit_logs WHERE outcome = 'refused' AND reason = 'operation-id-reused'`;
  expect(shop.number(refusedAudits)).toBe(1);
  expect(shop.number('SELECT SUM(amount_minor) AS n FROM store_credit_transactions')).toBe(2500);
});

test('VC12 S3-14 S3-15 S3-16 S3-46: a units voucher adds to the pass of that name, and each grant is in the ledger', async () => {
  const { shop, redeem, ana } = given();
  await shop.publish({ benefit: STAMPS, genericCode: 'STAMPS5', limits: { usesPerCode: null } });
  const first = await redeem('STAMPS5', ana);
  const second = await redeem('STAMPS5', ana);
  expect(first).toMatchObject({ pass: { name: 'Coffee', units: 5, unitsLeft: 5, endsAtMs: null } });
  expect(second).toMatchObject({ pass: { unitsLeft: 10 } });
  expect((second as { pass: { passId: string } }).pass.passId).toBe(
    (first as { pass: { passId: string } }).pass.passId,
  );
  expect(shop.number(`SELECT COUNT(*) AS n FROM package_uses WHERE kind = 'grant' AND redemption_id IS NOT NULL`)).toBe(
    2,
  );
  expect(shop.number('SELECT units_total AS n FROM customer_packages')).toBe(10);
});

test('VC14 S3-20 S3-21 S3-22 S3-23 S3-48: a package voucher makes a pass, active at once, with its dates and its voucher', async () => {
  const { shop, redeem, ana } = given();
  await shop.publish({ benefit: PASS, genericCode: 'VISITS10', limits: { usesPerCode: null } });
  const first = await redeem('VISITS10', ana);
  const second = await redeem('VISITS10', ana);
  const voucherId = shop.env.db.read.get<{ id: string }>('SELECT id FROM vouchers' as never)?.id;
  const rows = shop.env.db.read.all<{ id: string; startsAtMs: number; endsAtMs: number; voucherId: string }>(
    `SELECT id, starts_at_ms AS startsAtMs, ends_at_ms AS endsAtMs, voucher_id AS voucherId
     FROM customer_packages ORDER BY id` as never,
  );
  expect(rows.map(({ id }) => id)).toEqual(
    [first, second].map((each) => (each as { pass: { passId: string } }).pass.passId),
  );
  for (const row of rows) {
    expect(row.voucherId).toBe(voucherId);
    expect(row.startsAtMs).toBeLessThanOrEqual(shop.env.time.now().trustedMs);
    expect(row.endsAtMs).toBeGreaterThan(row.startsAtMs + 60 * 86_400_000 - 1);
  }
  const shown = await shop.caller('cashier').passes.ofCustomer({ customerId: ana });
  expect(shown.map(({ standing, unitsLeft }) => [standing, unitsLeft])).toEqual([
    ['running', 10],
    ['running', 10],
  ]);
});

test('VC15 S3-24: what takes something off a sale is kept for the next purchase, once', async () => {
  const { shop, redeem, cashier, ana } = given();
  await shop.publish({ genericCode: 'NEXT20', use: 'next-sale', limits: { usesPerCode: null } });
  expect(await redeem('NEXT20', ana)).toMatchObject({ kind: 'kept', name: 'Breakfast' });
  expect((await cashier.wallet({ customerId: ana })).now.map(({ code }) => code)).toEqual(['NEXT20']);
  expect(await refusalOf(redeem('NEXT20', ana))).toMatchObject({ reason: 'voucher-already-claimed' });
  expect(await refusalOf(redeem('NEXT20', null))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_redemptions')).toBe(0);
});

test('S3-53 S3-54 VC6 VC20: as often as the code and each customer may, and what is refused is on record and on the timeline', async () => {
  const { shop, redeem, attempts, ana } = given();
  const [beto, carla] = [shop.addCustomer('Beto'), shop.addCustomer('Carla')];
  await shop.publish({ benefit: CREDIT, genericCode: 'TWICE', limits: { usesPerCode: 2, perCustomer: 1 } });
  await redeem('TWICE', ana);
  expect(await refusalOf(redeem('TWICE', ana))).toMatchObject({
    reason: 'voucher-customer-limit',
    facts: { limit: 1 },
  });
  await redeem('TWICE', beto);
  expect(await refusalOf(redeem('TWICE', carla))).toMatchObject({
    reason: 'voucher-limit-reached',
    facts: { limit: 2 },
  });
  expect(attempts().map(({ ok, reason }) => reason ?? ok)).toEqual([
    1,
    'voucher-customer-limit',
    1,
    'voucher-limit-reached',
  ]);
  const told = `SELECT COUNT(*) AS n FROM customer_events WHERE event_type = 'customer.voucher.refused'`;
  expect(shop.number(told)).toBe(2);
});

test('VC6 VC13: credit within the budget, and onto a gift card that is good', async () => {
  const { shop, redeem, ana } = given();
  const manager = shop.caller('manager');
  await shop.publish({ benefit: CREDIT, genericCode: 'BUDGET', limits: { usesPerCode: null, budgetMinor: 6000 } });
  const card = await manager.credit.giveCard(shop.op({ amountMinor: 100, note: 'prize' }));
  expect(await redeem('BUDGET', null, { accountId: card.accountId })).toMatchObject({ credit: { balanceMinor: 2600 } });
  await redeem('BUDGET', ana);
  expect(await refusalOf(redeem('BUDGET', ana))).toMatchObject({
    reason: 'voucher-budget-spent',
    facts: { budgetMinor: 6000 },
  });
  await manager.credit.freeze(shop.op({ accountId: card.accountId }));
  await shop.publish({ name: 'Other', benefit: CREDIT, genericCode: 'OTHER', limits: { usesPerCode: null } });
  expect(await refusalOf(redeem('OTHER', null, { accountId: card.accountId }))).toMatchObject({
    reason: 'credit-frozen',
  });
  expect(await refusalOf(redeem('OTHER', null))).toMatchObject({ reason: 'voucher-needs-customer' });
  expect(await refusalOf(redeem('OTHER', null, { accountId: shop.newId() }))).toMatchObject({ reason: 'not-found' });
  expect(shop.number('SELECT cost_minor AS n FROM campaign_totals WHERE cost_minor > 0')).toBe(5000);
});

test('VC11 VC21 S0-22 S0-23 S0-24: a wallet keeps its order, when it was last shown, and whom to remind', async () => {
  const { shop, cashier, ana } = given();
  const ids: string[] = [];
  for (const genericCode of ['ONE10', 'TWO10', 'SIX10']) {
    await shop.publish({ name: genericCode, genericCode, limits: { usesPerCode: null } });
    const { voucherId } = await cashier.check(shop.op({ code: genericCode, customerId: ana, saleId: null }));
    ids.push((await cashier.claim(shop.op({ voucherId, customerId: ana, saleId: null }))).customerVoucherId);
  }
  const [, , third = ''] = ids;
  await cashier.reorder(shop.op({ customerId: ana, customerVoucherIds: [third] }));
  await cashier.viewed(shop.op({ customerId: ana, customerVoucherIds: [third, shop.newId()] }));
  await cashier.setReminder(shop.op({ customerId: ana, customerVoucherId: third, isWanted: false }));
  const { now } = await cashier.wallet({ customerId: ana });
  expect(now.map(({ code }) => code)).toEqual(['SIX10', 'ONE10', 'TWO10']);
  expect(now.map(({ isReminded }) => isReminded)).toEqual([0, 1, 1]);
  expect(now[0]?.lastViewedAtMs).toEqual(expect.any(Number));
  const others = await cashier.alternatives({ customerId: ana, saleId: null, exceptVoucherId: null });
  expect(others.map(({ code }) => code)).toEqual(['SIX10', 'ONE10', 'TWO10']);
  const beto = shop.addCustomer('Beto');
  const wrong = cashier.reorder(shop.op({ customerId: beto, customerVoucherIds: [third] }));
  expect(await refusalOf(wrong)).toMatchObject({ reason: 'not-found' });
});

/** What the answers had when they were first given. Fields may be added; none of these may go. */
const FIRST_CHECKED = 'voucherId campaignId code name kind value isGrant use usesLeft endsAtMs'.split(' ');
const FIRST_GIVEN = 'voucherId name kind redemptionId credit pass'.split(' ');
const FIRST_KEPT = 'voucherId name kind customerVoucherId endsAtMs'.split(' ');

test('S3-119: a check and a redemption are taken as they were first sent, by code and by voucher, and answer all they did', async () => {
  const { shop, cashier, ana } = given();
  await shop.publish({ benefit: CREDIT, genericCode: 'COINS25' });
  await shop.publish({ genericCode: 'NEXT10' });
  const checked = await cashier.check(shop.op({ code: 'COINS25', customerId: ana, saleId: null }));
  const { voucherId } = checked;
  const again = await cashier.check(shop.op({ voucherId, customerId: ana, saleId: null }));
  for (const answer of [checked, again]) expect(Object.keys(answer)).toEqual(expect.arrayContaining(FIRST_CHECKED));
  const credited = await cashier.redeem(shop.op({ voucherId, customerId: ana }));
  expect(Object.keys(credited)).toEqual(expect.arrayContaining(FIRST_GIVEN));
  const kept = await cashier.redeem(shop.op({ code: 'NEXT10', customerId: ana }));
  expect(Object.keys(kept)).toEqual(expect.arrayContaining(FIRST_KEPT));
});
