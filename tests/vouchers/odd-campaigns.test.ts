import { expect, test } from 'vitest';
import { voucherShopForEach } from './voucher-shop.ts';

const shopOfTest = voucherShopForEach();

// proves S3-27
test.each<[string, object]>([
  ['a limit of none', { limits: { total: 0 } }],
  ['a part of a use', { limits: { total: 1.5 } }],
  ['a budget of nothing', { limits: { budgetMinor: 0 } }],
  ['more than all of it off', { benefit: { kind: 'percent', rateBasisPoints: 10_001 } }],
  ['a negative amount', { benefit: { kind: 'amount', amountMinor: -1 } }],
  ['an end before its start', { validity: { startsOn: '2026-03-02', endsOn: '2026-03-01' } }],
  ['a recurrence without a first day', { validity: { recurrence: { everyDays: 7, forDays: 1 } } }],
  ['a day that does not exist', { validity: { endsOn: '2026-02-30' } }],
  ['a promotion that gives credit', { trigger: 'automatic', benefit: { kind: 'credit', amountMinor: 1, days: null } }],
])('S3-27: a campaign with %s is not saved', async (_what, odd) => {
  const shop = shopOfTest();
  const plain = shop.campaign();
  const { limits = {}, validity = {}, ...other } = odd as { limits?: object; validity?: object };
  const campaign = {
    ...plain,
    ...other,
    limits: { ...plain.limits, ...limits },
    validity: { ...plain.validity, ...validity },
  };
  const draft = { campaignId: null, campaign: campaign as never, revision: 0 };
  await expect(shop.caller('manager').vouchers.saveDraft(shop.op(draft))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect(shop.number('SELECT COUNT(*) AS n FROM campaigns')).toBe(0);
});
