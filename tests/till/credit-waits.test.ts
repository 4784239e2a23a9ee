import { afterEach, beforeEach, expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { mustHave } from '#shop/must.ts';
import { replayedSnapshotOf, snapshotOf } from '../loyalty/replay-ops.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createValueShop, type ValueShop } from './value-shop.ts';

// Credit that ends while the card terminal is still asking.

const state: { shop: ValueShop | null } = { shop: null };
beforeEach(async () => {
  state.shop = await createValueShop();
});
afterEach(() => state.shop?.close());
const shopOf = (): ValueShop => mustHave(state.shop, 'the shop');
const DAY_MS = 86_400_000;
const jobs = async () => expect(await runJobs(shopOf().env, allJobs(shopOf().env))).toBe('done');

/** 15.00, of which 10.00 are set aside of credit that ends tomorrow, and 5.00 are asked of a card. */
async function waiting() {
  const shop = shopOf();
  const { adjust } = shop.caller('manager').credit;
  const give = async (customerId: string, amountMinor: number) => {
    const given = { of: { customerId }, amountMinor, reason: 'goodwill' as const, days: 1, note: 'cold soup' };
    return (await adjust(shop.op(given))).accountId;
  };
  const customerId = shop.addCustomer();
  const accountId = await give(customerId, 1_200);
  const other = await give(shop.addCustomer('Bo'), 700);
  const draft = shop.draft([shop.line(1_500)], { customerId });
  const byCredit = shop.byCredit(accountId, 1_000);
  const card = { kind: 'card' as const, amountMinor: 500 };
  const begin = () => shop.cashier.till.beginPayment(shop.op({ draft, tender: card, taken: [byCredit] }));
  const { tenderId } = await begin();
  shop.clock.advance(3 * DAY_MS);
  await jobs();
  return { shop, customerId, accountId, other, draft, byCredit, begin, asked: { ...card, tenderId, reference: 'OK' } };
}

test('C-35 S3-71 W7 W8: credit that was set aside in time pays, though it ends while the card is asked; the rest of it ends', async () => {
  const { shop, accountId, other, draft, byCredit, asked } = await waiting();
  // Nobody else's credit waits for it.
  expect(shop.balance(other)).toBe(0);
  const { value } = await shop.pay(draft, [byCredit, asked], 1_500);
  expect(value.credit).toMatchObject([{ accountId, spentMinor: 1_000 }]);
  await jobs();
  expect(shop.balance(accountId)).toBe(0);
  const entries = shop.env.db.read.all(
    `SELECT kind, amount_minor AS minor FROM store_credit_transactions WHERE account_id = :accountId ORDER BY seq` as never,
    { accountId },
  );
  expect(entries).toEqual([
    { kind: 'adjust', minor: 1_200 },
    { kind: 'spend', minor: -1_000 },
    { kind: 'expire', minor: -200 },
  ]);
  expect(replayedSnapshotOf(shop)).toEqual(snapshotOf(shop));
});

test('C-35 S3-62: more than was set aside is not had of credit that has ended', async () => {
  const { shop, accountId, draft, asked } = await waiting();
  const more = [shop.byCredit(accountId, 1_100), { ...asked }];
  expect(await refusalOf(shop.pay(draft, more, 1_500))).not.toBeNull();
  expect(shop.number('SELECT COUNT(*) AS n FROM store_credit_transactions WHERE kind = :kind', { kind: 'spend' })).toBe(
    0,
  );
});

test('C-35 S3-98: where the card is declined after its end, it has ended, and says so', async () => {
  const { shop, accountId, draft, begin, asked } = await waiting();
  await shop.cashier.till.failTender(shop.op({ saleId: draft.saleId, tenderId: asked.tenderId, reason: 'declined' }));
  await jobs();
  expect(shop.balance(accountId)).toBe(0);
  expect(await refusalOf(begin())).toMatchObject({ reason: 'credit-expired' });
});
