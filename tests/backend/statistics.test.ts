import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createTillShop } from '../till/till-shop.ts';

test('S1-70: closing the database brings the statistics of its indexes up to date', async () => {
  const shop = await createTillShop({ inFile: true });
  const look = new Database(shop.env.db.path, { readonly: true });
  const known = () =>
    look.prepare("SELECT COUNT(*) AS count FROM sqlite_schema WHERE name = 'sqlite_stat1'").get() as { count: number };
  const customerId = shop.addCustomer();
  for (let sold = 0; sold < 40; sold += 1) await shop.sell(shop.draft([shop.line(1_000)], { customerId }));
  expect(known()).toEqual({ count: 0 });
  shop.env.db.close();
  expect(known()).toEqual({ count: 1 });
  const rows = look.prepare("SELECT stat FROM sqlite_stat1 WHERE idx = 'points_transactions_by_account'").all();
  expect(rows).toEqual([{ stat: expect.stringMatching(/^40 40 1/) }]);
  look.close();
  shop.close();
});
