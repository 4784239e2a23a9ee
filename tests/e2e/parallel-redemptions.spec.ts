import { test } from './support/console.ts';
import { redeemAtOnce } from './support/redeem-at-once.ts';
import { openShop, readRows } from './support/shop.ts';
import { expect } from './support/console.ts';

test('S3-42 S3-60 S3-63 S3-82 V2: a thousand tries at once redeem a voucher as often as it may be, each try on record', async ({
  till,
}) => {
  await openShop(till.page);
  await redeemAtOnce(till.page, 7);
  const [attempts] = readRows<{ tries: number; good: number }>(
    till,
    `SELECT COUNT(*) AS tries, SUM(successful) AS good FROM redemption_attempts WHERE kind = 'redeem'`,
  );
  expect({ ...attempts }).toEqual({ tries: 1000, good: 7 });
});
