import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { refusalOf } from '../support/test-backend.ts';
import { voucherShopForEach } from '../vouchers/voucher-shop.ts';

// Credit of customers and gift cards, through the router over a real database.

const DAY = 86_400_000;
const shop = voucherShopForEach();

type Who = 'cashier' | 'manager';
const credit = (as: Who = 'manager') => shop().caller(as).credit;
const adjust = (
  of: { customerId: string } | { accountId: string },
  amountMinor: number,
  more = {},
  as: Who = 'manager',
) => credit(as).adjust(shop().op({ of, amountMinor, reason: 'goodwill' as const, note: 'cold soup', ...more }));
const giveCard = (amountMinor: number, days: number | null = null) =>
  credit().giveCard(shop().op({ amountMinor, days, note: 'raffle' }));
const jobs = async () => expect(await runJobs(shop().env, allJobs(shop().env))).toBe('done');
const hold = (accountId: string, amountMinor: number, endsAtMs: number | null) => {
  const { merchantId = '' } = shop().env.shop() ?? {};
  shop().env.db.write((tx) =>
    tx.run(
      `INSERT INTO value_holds (sale_id, subject_kind, subject_id, merchant_id, amount_minor, taken_at_ms, ends_at_ms)
       VALUES (:saleId, 'credit', :accountId, :merchantId, :amountMinor, 0, :endsAtMs)` as never,
      { saleId: shop().newId(), accountId, merchantId, amountMinor, endsAtMs },
    ),
  );
};
const events = (customerId: string) =>
  shop()
    .env.db.read.all<{ type: string }>(
      `SELECT event_type AS type FROM customer_events WHERE customer_id = '${customerId}'
       AND event_type LIKE 'customer.credit.%' ORDER BY created_at_ms, id` as never,
    )
    .map(({ type }) => type);

test('W1 L1: every change of credit is an entry, the balance is their sum, and it never goes below zero', async () => {
  const customerId = shop().addCustomer();
  expect(await credit('cashier').position({ customerId })).toMatchObject({
    accountId: null,
    balanceMinor: 0,
    lots: [],
  });
  expect(await refusalOf(adjust({ customerId }, -1))).toMatchObject({
    reason: 'credit-short',
    facts: { neededMinor: 1, availableMinor: 0 },
  });
  const { accountId, balanceMinor } = await adjust({ customerId }, 5_000);
  expect(balanceMinor).toBe(5_000);
  expect(await adjust({ accountId }, -1_200, { reason: 'correction' })).toMatchObject({ balanceMinor: 3_800 });
  expect(await refusalOf(adjust({ accountId }, -3_801))).toMatchObject({
    reason: 'credit-short',
    facts: { neededMinor: 3_801, availableMinor: 3_800, heldMinor: 0 },
  });
  const { entries, nextBeforeSeq } = await credit('cashier').entries({ accountId, limit: 1 });
  expect(entries.map(({ amountMinor, reason }) => [amountMinor, reason])).toEqual([[-1_200, 'correction']]);
  const older = await credit().entries({ accountId, beforeSeq: nextBeforeSeq ?? 0 });
  expect(older.entries.map(({ amountMinor }) => amountMinor)).toEqual([5_000]);
  expect(older.nextBeforeSeq).toBeNull();
  expect(await credit().position({ customerId })).toMatchObject({ accountId, kind: 'credit', balanceMinor: 3_800 });
  expect(shop().number('SELECT balance_minor FROM credit_accounts')).toBe(3_800);
  expect(events(customerId)).toEqual(['customer.credit.adjusted', 'customer.credit.adjusted']);
});

test('W1: whoever stands at the counter needs a manager to give credit; the same operation gives it once', async () => {
  const customerId = shop().addCustomer();
  expect(await refusalOf(adjust({ customerId }, 500, {}, 'cashier'))).toMatchObject({
    reason: 'not-permitted',
    facts: { permission: 'credit.adjust', overridable: true },
  });
  const request = shop().op({ of: { customerId }, amountMinor: 500, reason: 'goodwill' as const, note: 'late' });
  const first = await credit().adjust(request);
  expect(await credit().adjust(request)).toEqual(first);
  expect(shop().number('SELECT COUNT(*) FROM store_credit_transactions')).toBe(1);
  expect(await refusalOf(adjust({ customerId: shop().newId() }, 500))).toMatchObject({ reason: 'not-found' });
  expect(await refusalOf(adjust({ accountId: shop().newId() }, 500))).toMatchObject({ reason: 'not-found' });
});

test('S3-95: what an open sale has set aside can be neither taken nor counted as free, until the hold lapses', async () => {
  const { accountId } = await adjust({ customerId: shop().addCustomer() }, 1_000);
  hold(accountId, 700, shop().clock.wallNowMs() + 600_000);
  expect(await credit().position({ accountId })).toMatchObject({
    balanceMinor: 1_000,
    availableMinor: 300,
    heldMinor: 700,
  });
  expect(await refusalOf(adjust({ accountId }, -301))).toMatchObject({
    reason: 'credit-short',
    facts: { availableMinor: 300, heldMinor: 700 },
  });
  shop().clock.advance(600_000);
  expect(await credit().position({ accountId })).toMatchObject({ availableMinor: 1_000, heldMinor: 0 });
  expect(await adjust({ accountId }, -301)).toMatchObject({ balanceMinor: 699 });
});

test('W8 L10: credit ends with its day, is written off once by an entry, and what never ends stays', async () => {
  const customerId = shop().addCustomer();
  const { accountId } = await adjust({ customerId }, 2_000, { days: 10 });
  await adjust({ accountId }, 300);
  const { endsNextMs, lots } = await credit().position({ accountId });
  expect(lots.map(({ remainingMinor, expiresAtMs }) => [remainingMinor, expiresAtMs])).toEqual([
    [2_000, endsNextMs],
    [300, null],
  ]);
  await jobs();
  expect(shop().number('SELECT COUNT(*) FROM store_credit_transactions')).toBe(2);
  shop().clock.advance(11 * DAY);
  // It counts nothing before anybody has written so.
  expect(await credit().position({ accountId })).toMatchObject({ balanceMinor: 300, endsNextMs: null });
  await jobs();
  const written = () => shop().number('SELECT COUNT(*) FROM store_credit_transactions');
  expect(written()).toBe(3);
  shop().clock.advance(DAY);
  await jobs();
  expect(written()).toBe(3);
  const { entries } = await credit().entries({ accountId });
  expect(entries.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['expire', -2_000],
    ['adjust', 300],
    ['adjust', 2_000],
  ]);
  expect(shop().number('SELECT balance_minor FROM credit_accounts')).toBe(300);
  expect(events(customerId).at(-1)).toBe('customer.credit.expired');
});

test('W12: a lost card is frozen and replaced: its lots keep their ends, and the old code is worth nothing for ever', async () => {
  const card = await giveCard(5_000, 30);
  await adjust({ accountId: card.accountId }, 250);
  const typed = card.code.toLowerCase().replaceAll('-', ' ');
  expect(await credit('cashier').position({ code: typed })).toMatchObject({ kind: 'gift-card', balanceMinor: 5_250 });
  const { lots } = await credit().position({ accountId: card.accountId });
  const op = () => shop().op({ accountId: card.accountId });
  expect(await refusalOf(credit('cashier').freeze(op()))).toMatchObject({ reason: 'not-permitted' });
  await credit().freeze(op());
  expect(await credit().position({ code: card.code })).toMatchObject({
    status: 'frozen',
    balanceMinor: 5_250,
    availableMinor: 0,
  });
  expect(await refusalOf(adjust({ accountId: card.accountId }, 1))).toMatchObject({ reason: 'credit-frozen' });
  const fresh = await credit().reissue(op());
  expect(fresh.balanceMinor).toBe(5_250);
  expect(fresh.code).not.toBe(card.code);
  const moved = await credit().position({ code: fresh.code });
  const terms = (of: typeof lots) => of.map(({ remainingMinor, expiresAtMs }) => [remainingMinor, expiresAtMs]);
  expect(terms(moved.lots)).toEqual(terms(lots));
  expect(moved).toMatchObject({ status: 'active', availableMinor: 5_250 });
  expect(await refusalOf(credit().position({ code: card.code }))).toMatchObject({ reason: 'credit-replaced' });
  for (const call of [credit().freeze(op()), credit().unfreeze(op()), credit().reissue(op())]) {
    expect(await refusalOf(call)).toMatchObject({ reason: 'credit-replaced' });
  }
  // Nothing came of nothing: what left the one card is what the other got.
  expect(shop().number(`SELECT SUM(amount_minor) FROM store_credit_transactions WHERE kind = 'transfer'`)).toBe(0);
  expect(shop().number('SELECT balance_minor FROM credit_accounts WHERE id = :id', { id: card.accountId })).toBe(0);
});

test('W12: a card that was found again is opened; one that a sale has in hand is not replaced', async () => {
  const { accountId } = await giveCard(900);
  await credit().freeze(shop().op({ accountId }));
  await credit().unfreeze(shop().op({ accountId }));
  expect(await credit().position({ accountId })).toMatchObject({ status: 'active', availableMinor: 900 });
  hold(accountId, 400, null);
  expect(await refusalOf(credit().reissue(shop().op({ accountId })))).toMatchObject({
    reason: 'credit-short',
    facts: { neededMinor: 900, availableMinor: 500, heldMinor: 400 },
  });
});

test('W4: a code that is no card says so, and a customer account is no card to replace', async () => {
  expect(await refusalOf(credit().position({ code: 'ABCD-EFGH-JKM' }))).toMatchObject({ reason: 'gift-card-unknown' });
  const { accountId } = await adjust({ customerId: shop().addCustomer() }, 100);
  expect(await refusalOf(credit().reissue(shop().op({ accountId })))).toMatchObject({ reason: 'not-found' });
});

test('W4: the code of a card is in no event and no audit row', async () => {
  const { code } = await giveCard(900);
  const key = code.replaceAll('-', '');
  for (const table of ['customer_events', 'audit_logs']) {
    const text = JSON.stringify(shop().env.db.read.all(`SELECT * FROM ${table}` as never));
    expect(text.includes(code) || text.includes(key)).toBe(false);
  }
});
