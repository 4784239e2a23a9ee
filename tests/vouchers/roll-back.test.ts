import { expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const DAY = 86_400_000;
const shopOfTest = voucherShopForEach();

function given() {
  const shop = shopOfTest();
  const manager = shop.caller('manager');
  const redeem = async (code: string, customerId: string) => {
    const redeemed = await shop.caller('cashier').vouchers.redeem(shop.op({ code, customerId }));
    if (redeemed.kind !== 'given') throw new Error('kept');
    return redeemed;
  };
  const rollBack = (redemptionId: string) =>
    manager.vouchers.rollback(shop.op({ redemptionId, reason: 'wrong customer' }));
  return { shop, manager, redeem, rollBack, ana: shop.addCustomer('Ana') };
}

test('VC19 L1 V1: unspent credit is taken back whole, the use comes back, and it can be redeemed again', async () => {
  const { shop, manager, redeem, rollBack, ana } = given();
  const benefit = { kind: 'credit', amountMinor: 2500 } as const;
  await shop.publish({ benefit, genericCode: 'COINS25' });
  const { redemptionId, voucherId, credit } = await redeem('COINS25', ana);
  expect(await rollBack(redemptionId)).toEqual({ claimStatus: 'CLAIMED' });
  expect(await manager.credit.position({ accountId: credit?.accountId ?? '' })).toMatchObject({ balanceMinor: 0 });
  const counts = () =>
    shop.env.db.read.get<object>(
      `SELECT v.usage_count AS used, v.status, t.uses, t.cost_minor AS cost FROM vouchers v
       JOIN campaign_totals t ON t.campaign_id = v.campaign_id WHERE v.id = :voucherId` as never,
      { voucherId },
    );
  expect(counts()).toEqual({ used: 0, status: 'published', uses: 0, cost: 0 });
  expect(await refusalOf(rollBack(redemptionId))).toMatchObject({ reason: 'voucher-not-redeemed' });
  await redeem('COINS25', ana);
  expect(counts()).toEqual({ used: 1, status: 'redeemed', uses: 1, cost: 2500 });
});

test('VC19: what was spent of it stays: then nothing is taken back', async () => {
  const { shop, manager, redeem, rollBack, ana } = given();
  await shop.publish({ benefit: { kind: 'credit', amountMinor: 2500 }, genericCode: 'COINS25' });
  const { redemptionId, credit } = await redeem('COINS25', ana);
  const accountId = credit?.accountId ?? '';
  const taken = { of: { accountId }, amountMinor: -1, reason: 'correction' as const, note: 'counted' };
  await manager.credit.adjust(shop.op(taken));
  expect(await refusalOf(rollBack(redemptionId))).toMatchObject({
    reason: 'credit-already-used',
    facts: { balanceMinor: 2499 },
  });
  expect(shop.number('SELECT COUNT(*) AS n FROM voucher_rollbacks')).toBe(0);
});

test('VC19 VC12 VC14: units and packages are taken back unused; a package of its own is over then', async () => {
  const { shop, manager, redeem, rollBack, ana } = given();
  const limits = { usesPerCode: null };
  await shop.publish({ benefit: { kind: 'units', name: 'Coffee', units: 5 }, genericCode: 'STAMPS5', limits });
  const pack = { kind: 'package', name: 'Ten', uses: 10, days: 60 } as const;
  await shop.publish({ name: 'Ten', benefit: pack, genericCode: 'VISITS10', limits });
  const first = await redeem('STAMPS5', ana);
  const second = await redeem('STAMPS5', ana);
  await rollBack(first.redemptionId);
  const passId = second.pass?.passId ?? '';
  await manager.passes.adjust(shop.op({ passId, units: -2, reason: 'correction' as const, note: 'two too many' }));
  expect(await refusalOf(rollBack(second.redemptionId))).toMatchObject({
    reason: 'pass-short',
    facts: { needed: 5, have: 3 },
  });
  const visits = await redeem('VISITS10', ana);
  await rollBack(visits.redemptionId);
  const passes = await manager.passes.ofCustomer({ customerId: ana });
  expect(passes.map(({ name, standing, unitsLeft }) => [name, standing, unitsLeft]).sort()).toEqual([
    ['Coffee', 'running', 3],
    ['Ten', 'revoked', 0],
  ]);
});

test('C-36: what has ended is given anew by a manager, once, with a code of its own', async () => {
  const { shop, manager, ana } = given();
  const cashier = shop.caller('cashier').vouchers;
  const limits = { usesPerCode: null };
  await shop.publish({ genericCode: 'BREK10', limits, validity: { claimDays: 5 } });
  const { customerVoucherId } = await cashier.claim(shop.op({ code: 'brek-10', customerId: ana, saleId: null }));
  const again = () => manager.vouchers.reissue(shop.op({ customerVoucherId }));
  expect(await refusalOf(again())).toMatchObject({ reason: 'voucher-already-claimed' });
  shop.clock.advance(7 * DAY);
  const given2 = await again();
  expect(given2.code).not.toBe('BREK10');
  expect(await cashier.check(shop.op({ code: given2.code, customerId: ana, saleId: null }))).toMatchObject({
    endsAtMs: given2.endsAtMs,
  });
  expect(await refusalOf(again())).toMatchObject({ reason: 'voucher-already-claimed' });
  const unknown = cashier.claim(shop.op({ code: 'NOSUCH1', customerId: ana, saleId: null }));
  expect(await refusalOf(unknown)).toMatchObject({ reason: 'voucher-unknown' });
  const nobodys = manager.vouchers.reissue(shop.op({ voucherId: shop.newId() }));
  expect(await refusalOf(nobodys)).toMatchObject({ reason: 'not-found' });
});
