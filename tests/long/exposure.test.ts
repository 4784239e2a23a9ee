import { expect, test } from 'vitest';
import { createCopiedShop } from '../allowance/copied-tills.ts';
import { checkExposure } from '../allowance/random-tills.ts';

// As tests/allowance/exposure.test.ts, from another seed each time: fast-check prints it.

test('V4 W9: 200 random histories at two to four tills give out too much by no more than their allowances say', async () => {
  const shop = await createCopiedShop();
  const { uses, minor, refusals } = await checkExposure(shop, 200);
  shop.base.close();
  expect(uses).toBeGreaterThan(0);
  expect(minor).toBeGreaterThan(0);
  expect(refusals['voucher-till-allowance']).toBeGreaterThan(0);
});
