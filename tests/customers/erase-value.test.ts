import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop } from '../vouchers/voucher-shop.ts';

// What a person held of vouchers, credit and passes, told to them and then taken out.

const NOTE = 'Zebrafinch';

async function personWithValue() {
  const shop = await createVoucherShop();
  const manager = shop.caller('manager');
  const { customerId } = await manager.customers.enrol(shop.op({ name: 'Ana Ruiz', consentMarketing: false }));
  const topUp = (amountMinor: number, days: number | null) =>
    manager.credit.adjust(
      shop.op({ of: { customerId }, amountMinor, days, reason: 'goodwill' as const, note: `${NOTE} credit` }),
    );
  await topUp(2_000, 30);
  const { accountId } = await topUp(500, null);
  await shop.publish({ name: 'Breakfast', genericCode: 'BREK10', limits: { usesPerCode: null } });
  const cashier = shop.caller('cashier').vouchers;
  const { voucherId } = await cashier.check(shop.op({ code: 'BREK10', customerId: null, saleId: null }));
  await cashier.claim(shop.op({ voucherId, customerId, saleId: null }));
  const plan = { name: 'Ten coffees', kind: 'package' as const, terms: { units: 10, days: 60 } };
  const { planId } = await manager.passes.savePlan(shop.op(plan));
  const { passId } = await manager.passes.give(shop.op({ customerId, planId, note: `${NOTE} pass` }));
  const card = await manager.credit.giveCard(shop.op({ amountMinor: 1_000, days: null, note: 'raffle' }));
  shop.env.db.write((db) => {
    db.run('UPDATE credit_accounts SET customer_id = :customerId WHERE id = :id' as never, {
      customerId,
      id: card.accountId,
    });
    db.run(
      `INSERT INTO redemption_attempts (id, merchant_id, voucher_id, code_hash, kind, business_id, terminal_id, staff_id,
         customer_id, attempted_at_ms, failure_reason, location)
       SELECT :id, v.merchant_id, v.id, 'x', 'redeem', s.id, t.id, m.id, :customerId, 1, 'voucher-used', '{"lat":1}'
       FROM vouchers v, shops s, terminals t, staff_members m LIMIT 1` as never,
      { id: shop.newId(), customerId },
    );
  });
  return { shop, manager, customerId, accountId, passId, card };
}

test('C-48 C-50: erasing books credit off with a reason, ends claims and passes, leaves a gift card good, and no note of the person anywhere', async () => {
  const { shop, manager, customerId, accountId, passId, card } = await personWithValue();
  const told = () => shop.number(`SELECT COUNT(*) AS n FROM audit_logs WHERE pii LIKE '%${NOTE}%'`);
  const inOps = () => shop.number(`SELECT COUNT(*) AS n FROM outbox WHERE pii LIKE '%${NOTE}%'`);
  expect(told()).toBe(3);
  shop.clock.advance(40 * 86_400_000);
  expect(await manager.customers.erase(shop.op({ customerId }))).toMatchObject({ creditErasedMinor: 500 });
  expect([told(), inOps()]).toEqual([0, 0]);
  const entries = shop.env.db.read.all<{ kind: string; amountMinor: number; reason: string }>(
    `SELECT kind, amount_minor AS amountMinor, reason FROM store_credit_transactions
     WHERE account_id = '${accountId}' AND amount_minor < 0 ORDER BY seq` as never,
  );
  expect(entries).toEqual([
    { kind: 'expire', amountMinor: -2_000, reason: '' },
    { kind: 'adjust', amountMinor: -500, reason: 'ERASED' },
  ]);
  expect(await manager.credit.position({ code: card.code })).toMatchObject({ balanceMinor: 1_000, status: 'active' });
  expect(
    shop.env.db.read.all("SELECT customer_id AS holder FROM credit_accounts WHERE kind = 'gift-card'" as never),
  ).toEqual([{ holder: null }]);
  expect(shop.env.db.read.all('SELECT status FROM customer_vouchers' as never)).toEqual([{ status: 'VOIDED' }]);
  expect(shop.number(`SELECT revoked_at_ms IS NOT NULL AS n FROM customer_packages WHERE id = '${passId}'`)).toBe(1);
  expect(shop.env.db.read.all('SELECT customer_id AS customer, location FROM redemption_attempts' as never)).toEqual([
    { customer: null, location: null },
  ]);
  shop.close();
});

test('C-50: a code that was given to an erased person alone says that it was withdrawn, and asks for nobody', async () => {
  const { shop, manager, customerId } = await personWithValue();
  const { campaignId } = await shop.publish({ name: 'Thanks' });
  const { code } = await manager.vouchers.give(shop.op({ campaignId, customerId }));
  const { vouchers } = shop.caller('cashier');
  const check = () => vouchers.check(shop.op({ code, customerId: null, saleId: null }));
  expect(await refusalOf(check())).toMatchObject({ reason: 'voucher-needs-customer' });
  await manager.customers.erase(shop.op({ customerId }));
  expect(await refusalOf(check())).toMatchObject({ reason: 'voucher-revoked' });
  shop.close();
});

test('DP1: the export tells what a person holds and used of vouchers, credit and passes', async () => {
  const { shop, manager, customerId } = await personWithValue();
  const { jsonText, csvText } = await manager.customers.exportPerson(shop.op({ customerId }));
  const data = JSON.parse(jsonText);
  expect(data.vouchers).toMatchObject([{ campaign: 'Breakfast', code: 'BREK10', status: 'CLAIMED' }]);
  expect(data.credit).toMatchObject([
    { account: 'credit', kind: 'adjust', amountMinor: 2_000 },
    { account: 'credit', kind: 'adjust', amountMinor: 500 },
    { account: 'gift-card', kind: 'grant', amountMinor: 1_000 },
  ]);
  expect(data.passes).toMatchObject([{ name: 'Ten coffees', kind: 'grant', units: 10 }]);
  expect(data.attempts).toMatchObject([{ code: 'BREK10', reason: 'voucher-used', location: '{"lat":1}' }]);
  expect([data.redemptions, data.experiments]).toEqual([[], []]);
  expect(csvText).toContain('Ten coffees');
  shop.close();
});
