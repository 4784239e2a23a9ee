import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createVoucherShop } from '../vouchers/voucher-shop.ts';
import { DOLLAR_SHOP } from './till-shop.ts';

// What nothing else would have seen of the faults planted by hand (docs/testing.md).

const DAY = 86_400_000;

test('V5 L10 W8 F17: a clock that is turned back makes neither a voucher nor credit good again', async () => {
  const shop = await createVoucherShop({ shop: DOLLAR_SHOP });
  const customerId = shop.addCustomer();
  const { credit } = shop.caller('manager');
  const cashier = shop.caller('cashier');
  const of = { customerId };
  const given = { of, amountMinor: 500, days: 1, reason: 'goodwill' as const, note: 'x' };
  const { accountId } = await credit.adjust(shop.op(given));
  const validity = { startsOn: '2020-01-01', endsOn: new Date(shop.clock.wallNowMs()).toISOString().slice(0, 10) };
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null }, validity });
  const check = () => cashier.vouchers.check(shop.op({ code: 'BREK10', customerId, saleId: null }));
  await check();
  shop.clock.advance(4 * DAY);
  await shop.sell(shop.draft([shop.line(100)]));
  shop.clock.moveWall(-4 * DAY);
  expect(await refusalOf(check())).toMatchObject({ reason: 'voucher-expired' });
  expect(await credit.position({ accountId })).toMatchObject({ balanceMinor: 0 });
  const draft = shop.draft([shop.line(300)], { customerId });
  const tenders = [{ tenderId: shop.newId(), kind: 'credit' as const, amountMinor: 300, accountId }];
  const paid = cashier.till.completeSale(shop.op({ draft, tenders, expectedTotalMinor: 300 }));
  expect(await refusalOf(paid)).toMatchObject({ reason: 'credit-expired' });
  shop.close();
});

test('X5: a code is looked up among the shop’s own vouchers and cards alone', async () => {
  const shop = await createVoucherShop();
  // Before ours in every index.
  const other = '00000000-0000-7000-8000-000000000001';
  const row = { other, campaignId: shop.newId(), voucherId: shop.newId(), accountId: shop.newId() };
  const statements = [
    `INSERT INTO merchants (id, name, merchant_code, country, currency, created_at_ms)
     SELECT :other, 'Other', :other, country, currency, 0 FROM merchants`,
    `INSERT INTO campaigns (id, merchant_id, name, status, created_at_ms) VALUES (:campaignId, :other, 'Theirs', 'live', 0)`,
    `INSERT INTO vouchers (id, merchant_id, campaign_id, code, code_key, type, value, status, created_at_ms)
     VALUES (:voucherId, :other, :campaignId, 'THEIRS10', 'THE1RS10', 'percent', 1000, 'published', 0)`,
    `INSERT INTO credit_accounts (id, merchant_id, kind, code, code_key, created_at_ms)
     VALUES (:accountId, :other, 'gift-card', 'CARDTHEIRS', 'CARDTHE1RS', 0)`,
  ];
  for (const statement of statements) {
    const names = Object.entries(row).filter(([name]) => statement.includes(`:${name}`));
    shop.env.db.write((db) => db.run(statement as never, Object.fromEntries(names) as never));
  }
  const asked = { code: 'THEIRS10', customerId: null, saleId: null };
  const check = shop.caller('cashier').vouchers.check(shop.op(asked));
  expect(await refusalOf(check)).toMatchObject({ reason: 'voucher-unknown' });
  expect(await refusalOf(shop.caller('manager').credit.position({ code: 'CARDTHEIRS' }))).not.toBeNull();
  // The shop's own of the same code is found beside theirs.
  await shop.publish({ genericCode: 'THEIRS10', limits: { usesPerCode: null } });
  const found = await shop.caller('cashier').vouchers.check(shop.op(asked));
  expect(found.voucherId).not.toBe(row.voucherId);
  shop.close();
});
