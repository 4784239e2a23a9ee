import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { voucherShopForEach } from './voucher-shop.ts';

const DAY = 86_400_000;
const shopOfTest = voucherShopForEach();

test('L7 S2-27: what was scanned, claimed, given, withdrawn, redeemed, taken back, given anew and expired follows from the log alone', async () => {
  const shop = shopOfTest();
  const [manager, cashier] = [shop.caller('manager'), shop.caller('cashier')];
  const jobs = async () => expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
  const ana = shop.addCustomer('Ana');
  const limits = { usesPerCode: null };
  await shop.publish({ genericCode: 'BREK10', limits, validity: { claimDays: 5 }, remindDays: 2 });
  await shop.publish({ name: 'Coins', benefit: { kind: 'credit', amountMinor: 2500 }, genericCode: 'COINS25' });
  const pack = { kind: 'package', name: 'Ten', uses: 10, days: 60 } as const;
  const { campaignId } = await shop.publish({ name: 'Ten', benefit: pack });
  await shop.publish({ name: 'Welcome', distribution: { kind: 'enrolment' }, validity: { claimDays: 3 } });
  await cashier.customers.enrol(shop.op({ name: 'Beto', consentMarketing: false }));
  const read = { text: 'BREK10', source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() };
  await cashier.scanning.submit(shop.op({ ...read, customerId: ana }));
  const claim = await cashier.vouchers.claim(shop.op({ code: 'BREK10', customerId: ana, saleId: null }));
  const { code } = await manager.vouchers.give(shop.op({ campaignId, customerId: ana }));
  await cashier.vouchers.redeem(shop.op({ code, customerId: ana }));
  const { voucherId } = await manager.vouchers.give(shop.op({ campaignId, customerId: ana }));
  await manager.vouchers.revoke(shop.op({ voucherId }));
  const coins = await cashier.vouchers.redeem(shop.op({ code: 'COINS25', customerId: ana }));
  if (coins.kind !== 'given') throw new Error('kept');
  await manager.vouchers.rollback(shop.op({ redemptionId: coins.redemptionId, reason: 'wrong customer' }));
  const customerVoucherIds = [claim.customerVoucherId];
  await cashier.vouchers.reorder(shop.op({ customerId: ana, customerVoucherIds }));
  await cashier.vouchers.viewed(shop.op({ customerId: ana, customerVoucherIds }));
  await jobs();
  for (let day = 0; day < 7; day++) {
    shop.clock.advance(DAY);
    await jobs();
  }
  await manager.vouchers.reissue(shop.op({ customerVoucherId: claim.customerVoucherId }));
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
  expect(shop.number(`SELECT COUNT(*) AS n FROM customer_vouchers WHERE status = 'EXPIRED'`)).toBeGreaterThan(1);
});
