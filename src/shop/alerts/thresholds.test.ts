import { expect, test } from 'vitest';
import { isCampaignsFault, isFailedPayment, limitStandingOf } from './thresholds.ts';

test.each([
  [8_999, 10_000, null],
  [9_000, 10_000, 'near'],
  [9_999, 10_000, 'near'],
  [10_000, 10_000, 'reached'],
  [10_001, 10_000, 'reached'],
  [0, 1, null],
  [8, 9, null],
  [9_007_199_254_740_990, 9_007_199_254_740_991, 'near'],
])('%i used of %i is %s', (used, of, standing) => {
  expect(limitStandingOf({ limit: 'budget', used, of })).toBe(standing);
});

test('S3-100: a correction by the cashier is no failed payment', () => {
  expect(['declined', '', 'no money', 'taken-back', 'amount-changed'].map(isFailedPayment)).toEqual([
    ...[true, true, true],
    ...[false, false],
  ]);
});

test('a campaign that leaves out whom it is not for, or that is over, needs nobody', () => {
  const needless = ['voucher-tier', 'customer-blocked', 'voucher-expired', 'voucher-ended'];
  expect(needless.map(isCampaignsFault)).toEqual([false, false, false, false]);
  expect(['voucher-revoked', 'voucher-limit-reached'].map(isCampaignsFault)).toEqual([true, true]);
});
