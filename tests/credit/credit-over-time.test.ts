import { expect, test } from 'vitest';
import { CREDIT_WARN_DAYS } from '#backend/jobs/credit-job.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from '../vouchers/voucher-shop.ts';

// Credit as months go by: warned of, ended, counted. Through the router over a real database.

const DAY = 86_400_000;
const shop = voucherShopForEach();

const credit = () => shop().caller('manager').credit;
const give = (customerId: string, amountMinor: number, days: number | null) =>
  credit().adjust(shop().op({ of: { customerId }, amountMinor, reason: 'goodwill' as const, days, note: 'cold soup' }));
const jobs = async () => expect(await runJobs(shop().env, allJobs(shop().env))).toBe('done');
const warnings = (customerId: string) =>
  shop()
    .env.db.read.all<{ data: string }>(
      `SELECT data FROM customer_events WHERE customer_id = '${customerId}'
       AND event_type = 'customer.credit.expiring' ORDER BY created_at_ms, id` as never,
    )
    .map(({ data }) => JSON.parse(data) as { endingMinor: number; expiresAtMs: number });

test('W8: what ends within two weeks is told once for each end, however often the jobs run, and not of cards', async () => {
  const customerId = shop().addCustomer();
  const { accountId } = await give(customerId, 2_000, 30);
  await give(customerId, 500, 30);
  await give(customerId, 900, 60);
  await give(customerId, 70, null);
  await credit().giveCard(shop().op({ amountMinor: 800, days: 30, note: 'raffle' }));
  const { endsNextMs } = await credit().position({ accountId });
  await jobs();
  expect(warnings(customerId)).toEqual([]);
  shop().clock.advance((30 - CREDIT_WARN_DAYS) * DAY - DAY);
  await jobs();
  expect(warnings(customerId)).toEqual([]);
  shop().clock.advance(DAY);
  await jobs();
  expect(warnings(customerId)).toEqual([{ accountId, endingMinor: 2_500, expiresAtMs: endsNextMs }]);
  for (let hour = 0; hour < 3; hour += 1) {
    shop().clock.advance(3_600_000);
    await jobs();
  }
  expect(warnings(customerId)).toHaveLength(1);
  shop().clock.advance(30 * DAY);
  await jobs();
  expect(warnings(customerId).map(({ endingMinor }) => endingMinor)).toEqual([2_500, 900]);
  expect(await credit().position({ accountId })).toMatchObject({ balanceMinor: 970 });
});

test('W8: spent before the warning is due, nothing is told', async () => {
  const customerId = shop().addCustomer();
  const { accountId } = await give(customerId, 2_000, 30);
  await credit().adjust(
    shop().op({ of: { accountId }, amountMinor: -2_000, reason: 'correction' as const, note: 'typed twice' }),
  );
  shop().clock.advance(20 * DAY);
  await jobs();
  expect(warnings(customerId)).toEqual([]);
});

test('W1: figures count what is owed and what moved by month, from the ledger; only for whoever sees figures', async () => {
  const customerId = shop().addCustomer();
  await give(customerId, 2_000, 10);
  const card = await credit().giveCard(shop().op({ amountMinor: 800, days: null, note: 'raffle' }));
  const today = () =>
    shop().env.db.read.get<{ day: string }>(
      'SELECT MAX(business_date) AS day FROM store_credit_transactions' as never,
      {},
    )?.day ?? '';
  const first = today();
  shop().clock.advance(40 * DAY);
  await jobs();
  await credit().reissue(shop().op({ accountId: card.accountId }));
  const figures = await credit().figures({ fromDate: first, toDate: today() });
  expect(figures.owed).toEqual([{ kind: 'gift-card', accounts: 1, balanceMinor: 800 }]);
  expect(figures.moved).toEqual({
    ...{ sold: 0, granted: 800, spent: 0, refunded: 0, expired: -2_000, adjusted: 2_000, moved: 0 },
  });
  expect(figures.months).toHaveLength(2);
  expect(figures.months[0]).toMatchObject({ month: first.slice(0, 7), adjusted: 2_000, granted: 800, expired: 0 });
  expect(figures.months[1]).toMatchObject({ expired: -2_000, adjusted: 0 });
  const later = await credit().figures({ fromDate: today(), toDate: today() });
  expect(later.moved).toMatchObject({ adjusted: 0, expired: -2_000 });
  expect(await refusalOf(shop().caller('cashier').credit.figures({ fromDate: first, toDate: first }))).toMatchObject({
    reason: 'not-permitted',
  });
});

test('S3-86 W3 W13: the share of sales that credit paid comes from the ledger and the day book, and tax is as without it', async () => {
  const customerId = shop().addCustomer();
  const { accountId } = await give(customerId, 400, null);
  const { draft, line, cash, sell, clock } = shop();
  const goods = draft([line(1_000)], { customerId });
  const taxOf = (saleId: string) => shop().number('SELECT tax_minor FROM transactions WHERE id = :saleId', { saleId });
  const plain = await sell(goods);
  const paid = await sell({ ...draft([line(1_000)], { customerId }) }, [
    { tenderId: shop().newId(), kind: 'credit', accountId, amountMinor: 400 },
    cash(600),
  ]);
  expect(taxOf(plain.saleId)).toBeGreaterThan(0);
  expect(taxOf(paid.saleId)).toBe(taxOf(plain.saleId));
  expect(await credit().position({ accountId })).toMatchObject({ balanceMinor: 0 });
  clock.advance(1);
  const day = shop().env.db.read.get<{ day: string }>(
    'SELECT MAX(business_date) AS day FROM sale_entries' as never,
    {},
  );
  const range = { fromDate: day?.day ?? '', toDate: day?.day ?? '' };
  expect(await credit().figures(range)).toMatchObject({ usageBasisPoints: 2_000, moved: { spent: -400 } });
  const empty = await credit().figures({ fromDate: '2020-01-01', toDate: '2020-01-31' });
  expect(empty).toMatchObject({ usageBasisPoints: null, months: [] });
});

test('S3-19 S3-117 S3-118 VC1: a voucher gives credit and says the balance, which is the sum of the ledger; a pass says its voucher', async () => {
  const customerId = shop().addCustomer();
  const manager = shop().caller('manager');
  const publish = async (name: string, genericCode: string, benefit: Record<string, unknown>) => {
    const campaign = campaignSchema.parse({ name, genericCode, benefit, limits: { usesPerCode: null } });
    const saved = await manager.vouchers.saveDraft(shop().op({ campaignId: null, campaign, revision: 0 }));
    await manager.vouchers.publish(shop().op({ campaignId: saved.campaignId, revision: saved.revision }));
  };
  await publish('Twenty on us', 'TWENTY', { kind: 'credit', amountMinor: 2_000, days: null });
  await publish('Three coffees', 'THREE', { kind: 'package', name: 'Coffee pass', uses: 3, days: 30 });
  await give(customerId, 500, null);
  const redeem = (code: string) => shop().caller('cashier').vouchers.redeem(shop().op({ code, customerId }));
  const given = await redeem('TWENTY');
  expect(given).toMatchObject({ kind: 'given', credit: { amountMinor: 2_000, balanceMinor: 2_500 } });
  const position = await credit().position({ customerId });
  expect(position.balanceMinor).toBe(shop().number('SELECT SUM(amount_minor) FROM store_credit_transactions'));
  await redeem('THREE');
  const { planId } = await manager.passes.savePlan(
    shop().op({ name: 'Ten coffees', kind: 'package', terms: { units: 10, days: 90 } }),
  );
  await manager.passes.give(shop().op({ customerId, planId, note: 'raffle' }));
  const passes = await shop().caller('cashier').passes.ofCustomer({ customerId });
  expect(passes.map(({ name, fromVoucher }) => [name, fromVoucher])).toEqual([
    ['Coffee pass', 'Three coffees'],
    ['Ten coffees', null],
  ]);
});
