import { expect, test } from 'vitest';
import { type ReadableDb, sql } from '#backend/db/database.ts';
import { readSaleVouchers } from '#backend/value/sale-vouchers.ts';
import { readCustomer, readVoucher } from '#backend/value/voucher-facts.ts';
import { insertVoucher } from '#backend/vouchers/vouchers-store.ts';
import { mustHave } from '#shop/must.ts';
import { decideVoucher } from '#shop/vouchers/decide-voucher.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const shopOfTest = voucherShopForEach();

/** What validates codes, as the cashier, and counts what it reads. */
function given() {
  const shop = shopOfTest();
  const { env } = shop;
  const reads = { count: 0 };
  const counted = <Result>(result: Result): Result => {
    reads.count += 1;
    return result;
  };
  const db: ReadableDb = {
    get: (statement, parameters) => counted(env.db.read.get(statement, parameters)),
    all: (statement, parameters) => counted(env.db.read.all(statement, parameters)),
  };
  const scopeOf = (role: 'cashier' | 'manager') => {
    const atMs = env.time.now().trustedMs;
    const moment = { wallMs: atMs, atMs, trustedAtMs: atMs, businessDate: '2026-11-21', localHour: 12 };
    const session = { staffId: shop.staffId(role), roles: [] };
    return { db, env, shop: mustHave(env.shop(), 'a shop'), moment, session };
  };
  const validate = (code: string, customerId: string | null = null) => {
    reads.count = 0;
    const key = { codeKey: codeKeyOf(code) ?? '' };
    const read = readVoucher(scopeOf('cashier'), key, { customerId, saleId: null });
    if (read === null) return { reads: reads.count, reason: 'voucher-unknown' };
    const decided = decideVoucher(read.voucher, read.facts, read.situation);
    return { reads: reads.count, reason: decided.kind === 'refused' ? decided.reason : null };
  };
  const idOf = (code: string): string =>
    mustHave(env.db.read.get<{ id: string }>(sql`SELECT id FROM vouchers WHERE code = :code`, { code }) ?? null, code)
      .id;
  return { shop, idOf, manager: shop.caller('manager'), scopeOf, reads, validate };
}

test('S2-40: a plain code is validated by one read, and what was changed meanwhile is seen at once', async () => {
  const { shop, manager, idOf, validate } = given();
  const { campaignId } = await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null } });
  expect(validate('BREK10').reason).toBeNull();
  expect(validate('brek-1o')).toEqual({ reads: 1, reason: null });
  expect(validate('NOBODYS1')).toEqual({ reads: 1, reason: 'voucher-unknown' });
  await manager.vouchers.setStatus(shop.op({ campaignId, to: 'paused' }));
  expect(validate('BREK10').reason).toBe('voucher-paused');
  await manager.vouchers.setStatus(shop.op({ campaignId, to: 'live' }));
  const campaign = shop.campaign({ genericCode: 'BREK10', audience: { needsCustomer: true } });
  const draft = await manager.vouchers.saveDraft(shop.op({ campaignId, campaign, revision: 0 }));
  await manager.vouchers.publish(shop.op({ campaignId, revision: draft.revision }));
  expect(validate('BREK10').reason).toBe('voucher-needs-customer');
  await manager.vouchers.revoke(shop.op({ voucherId: idOf('BREK10') }));
  expect(validate('BREK10')).toEqual({ reads: 1, reason: 'voucher-revoked' });
});

test('S3-57: of several vouchers of a sale each is asked whose it is, whichever is first', async () => {
  const { shop, idOf, scopeOf } = given();
  const { campaignId } = await shop.publish({ genericCode: 'SECOND2', limits: { usesPerCode: null } });
  const by = { createdByStaffId: null, issuedByStaffId: null, holderCustomerId: null, expiresAtMs: null };
  const { merchantId } = mustHave(shop.env.shop(), 'a shop');
  const kind = { type: 'percent', value: 1_000, usageLimit: 1 } as const;
  const row = { ...by, ...kind, merchantId, campaignId, code: 'FIRST1', codeKey: 'F1RST1', createdAtMs: 0 };
  shop.env.db.write((tx) => insertVoucher(tx, { ...row, id: shop.env.newId() }));
  const [first, second] = [idOf('FIRST1'), idOf('SECOND2')];
  for (const asked of [
    [first, second],
    [second, first],
  ]) {
    const vouchers = asked.map((voucherId) => ({ voucherId, choice: null }));
    const sale = { saleId: shop.env.newId(), customerId: null, lines: [], vouchers };
    const refused = readSaleVouchers(scopeOf('manager'), sale).onSale.refused;
    expect(refused).toEqual([{ voucherId: second, refusal: expect.objectContaining({ reason: 'voucher-own' }) }]);
  }
});

test('S0-32: what only some campaigns ask of a customer is read for those alone', async () => {
  const { shop, validate, scopeOf, reads } = given();
  const customerId = shop.addCustomer();
  await shop.publish({ genericCode: 'PLAIN10', limits: { usesPerCode: null } });
  await shop.publish({ genericCode: 'FIRSTBUY', limits: { usesPerCode: null }, audience: { isFirstPurchase: true } });
  await shop.publish({ genericCode: 'THRICE', limits: { usesPerCode: null, perCustomer: 3, total: 9 } });
  for (const code of ['PLAIN10', 'FIRSTBUY', 'THRICE']) validate(code);
  const plain = validate('PLAIN10', customerId);
  expect(plain.reason).toBeNull();
  expect(validate('FIRSTBUY', customerId).reads).toBeGreaterThan(plain.reads);
  expect(validate('THRICE', customerId).reads).toBeGreaterThan(plain.reads);
  reads.count = 0;
  const customer = mustHave(readCustomer(scopeOf('cashier'), customerId), 'a customer');
  expect([customer.segmentIds, customer.segmentIds, customer.completedSales, customer.completedSales]).toEqual([
    [],
    [],
    0,
    0,
  ]);
  expect(reads.count).toBe(3);
});
