import { expect, test } from 'vitest';
import { createCopiedShop } from './copied-tills.ts';
import { checkExposure } from './random-tills.ts';

/** The same in every run unless it is given: what was found once is found again. */
const SEED = Number(process.env.ALLOWANCE_SEED ?? 20_261_122);

test(`V4 W9: histories at two to four tills give out too much by no more than their allowances say, seed ${SEED}`, async () => {
  const shop = await createCopiedShop();
  const { uses, minor, refusals } = await checkExposure(shop, 12, SEED);
  shop.base.close();
  // There was something to bound: more was given out than there is, and the allowances refused more of it.
  expect([uses > 0, minor > 0]).toEqual([true, true]);
  expect(Object.keys(refusals)).toEqual(expect.arrayContaining(['credit-day-allowance', 'voucher-till-allowance']));
});
