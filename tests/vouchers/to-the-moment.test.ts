import { expect, test } from 'vitest';
import { mustHave } from '#shop/must.ts';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from './voucher-shop.ts';

// What ends does so with its moment, and what is limited with its last unit of money: the least that goes wrong.

const shopOfTest = voucherShopForEach();
const CREDIT = { kind: 'credit', amountMinor: 700 } as const;

function given() {
  const shop = shopOfTest();
  const [cashier, manager] = [shop.caller('cashier'), shop.caller('manager')];
  const ana = shop.addCustomer('Ana');
  return {
    ...{ shop, cashier, manager, ana },
    redeem: (code: string) => cashier.vouchers.redeem(shop.op({ code, customerId: ana })),
    claim: (code: string) => cashier.vouchers.claim(shop.op({ code, customerId: ana, saleId: null })),
    /** Goes on to an instant. */
    until: (atMs: number | null) => shop.clock.advance(mustHave(atMs, 'an end') - shop.clock.wallNowMs()),
    topUp: (customerId: string, days: number | null) => {
      const more = { amountMinor: 700, days, reason: 'goodwill' as const, note: 'x' };
      return manager.credit.adjust(shop.op({ of: { customerId }, ...more }));
    },
  };
}

test('C-36: what has ended is given anew from the moment in which it ends, before any job has seen it', async () => {
  const { shop, manager, claim, until } = given();
  await shop.publish({ genericCode: 'BREK10', limits: { usesPerCode: null }, validity: { claimDays: 5 } });
  const { customerVoucherId, expiresAtMs } = await claim('BREK10');
  const again = () => manager.vouchers.reissue(shop.op({ customerVoucherId }));
  until((expiresAtMs ?? 0) - 1);
  expect(await refusalOf(again())).toMatchObject({ reason: 'voucher-already-claimed' });
  until(expiresAtMs);
  expect((await again()).code).not.toBe('BREK10');
});

test('C-36 S3-54: what a customer has used up of a code for everybody is used, and not given anew after its end', async () => {
  const { shop, manager, ana, claim, redeem, until } = given();
  const limits = { usesPerCode: null, perCustomer: 1 };
  await shop.publish({ benefit: CREDIT, genericCode: 'COINS7', limits, validity: { claimDays: 5 } });
  const { customerVoucherId, expiresAtMs } = await claim('COINS7');
  await redeem('COINS7');
  const { now, used } = await manager.vouchers.wallet({ customerId: ana });
  expect([now.length, used.length]).toEqual([0, 1]);
  const again = () => manager.vouchers.reissue(shop.op({ customerVoucherId }));
  expect(await refusalOf(again())).toMatchObject({ reason: 'voucher-used' });
  until(expiresAtMs);
  expect(await refusalOf(again())).toMatchObject({ reason: 'voucher-used' });
});

test('VC6: a voucher gives credit up to the last unit of its budget, and not one beyond', async () => {
  const { shop, redeem } = given();
  const limits = (budgetMinor: number) => ({ usesPerCode: null, budgetMinor });
  await shop.publish({ name: 'Short', benefit: CREDIT, genericCode: 'SHORT7', limits: limits(699) });
  await shop.publish({ name: 'Whole', benefit: CREDIT, genericCode: 'WHOLE7', limits: limits(700) });
  expect(await refusalOf(redeem('SHORT7'))).toMatchObject({ reason: 'voucher-budget-spent' });
  expect(await redeem('WHOLE7')).toMatchObject({ kind: 'given' });
});

test('VC13 W8: credit that a voucher gives for days ends with the last of them', async () => {
  const { shop, manager, ana, redeem, until } = given();
  await shop.publish({ benefit: { ...CREDIT, days: 3 }, genericCode: 'COINS7', limits: { usesPerCode: null } });
  const redeemed = await redeem('COINS7');
  if (redeemed.kind !== 'given') throw new Error('kept');
  const endsAtMs = mustHave(redeemed.credit, 'credit').endsAtMs;
  const position = () => manager.credit.position({ customerId: ana });
  until((endsAtMs ?? 0) - 1);
  expect(await position()).toMatchObject({ balanceMinor: 700 });
  until(endsAtMs);
  expect(await position()).toMatchObject({ balanceMinor: 0 });
});

test('C-48: a merge is undone beside credit that ends in this moment, and not while an open sale has what came along', async () => {
  const { shop, cashier, manager, ana, topUp, until } = given();
  const bo = shop.addCustomer('Bo');
  await topUp(bo, null);
  const { mergeId } = await manager.customers.merge(shop.op({ fromCustomerId: bo, intoCustomerId: ana }));
  const { accountId } = await manager.credit.position({ customerId: ana });
  const held = { saleId: shop.newId(), customerId: ana, vouchers: [], passes: [] };
  const credit = [{ accountId: mustHave(accountId, 'an account'), amountMinor: 1 }];
  await cashier.value.hold(shop.op({ ...held, credit }));
  const undo = (id: string) => manager.customers.undoMerge(shop.op({ mergeId: id }));
  expect(await refusalOf(undo(mergeId))).toMatchObject({ reason: 'merge-credit-spent', facts: { amountMinor: 1 } });
  await cashier.value.release(shop.op({ saleId: held.saleId }));
  await undo(mergeId);
  const cy = shop.addCustomer('Cy');
  await topUp(cy, 3);
  const second = await manager.customers.merge(shop.op({ fromCustomerId: cy, intoCustomerId: ana }));
  const { lots } = await manager.credit.position({ customerId: ana });
  until(lots[0]?.expiresAtMs ?? null);
  await undo(second.mergeId);
  expect(await manager.credit.position({ customerId: cy })).toMatchObject({ balanceMinor: 0 });
});
