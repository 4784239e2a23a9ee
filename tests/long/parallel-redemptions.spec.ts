import { test } from '../e2e/support/console.ts';
import { redeemAtOnce } from '../e2e/support/redeem-at-once.ts';
import { openShop } from '../e2e/support/shop.ts';

const ROUNDS = 100;
/** A round takes 4 to 10 seconds, by what else runs. */
const LIMIT_MS = 35 * 60_000;

test(`S3-42 S3-82 V2: ${ROUNDS} rounds of a thousand redemptions at once, of vouchers for 1 to 10 uses`, async ({
  till,
}) => {
  test.setTimeout(LIMIT_MS);
  await openShop(till.page);
  for (let round = 0; round < ROUNDS; round++) {
    // Somebody is there: a console that nobody touches locks itself.
    await till.page.mouse.move(5 + round, 5);
    await redeemAtOnce(till.page, 1 + (round % 10));
  }
});
