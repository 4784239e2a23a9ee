import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, percent, type TillShop } from './till-shop.ts';

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});
afterEach(() => shop.close());

test('S3-111: a sale is paid in cash with change, earns points, and leaves document, events, audit row and op', async () => {
  const customerId = shop.addCustomer();
  const draft = shop.draft([shop.line(22_000), shop.line(15_500, { quantityThousandths: 2000 })], {
    customerId,
    customerIdentifiedBy: 'scan',
  });
  const preview = await shop.caller('cashier').till.preview({ draft });
  expect(preview).toMatchObject({
    priced: { totalMinor: 53_000 },
    points: { points: 53, balanceBefore: 0, balanceAfter: 53 },
  });
  const sold = await shop.sell(draft, [shop.cash(53_000, 60_000)], shop.caller('cashier'));
  expect(sold).toMatchObject({
    totalMinor: 53_000,
    changeMinor: 7_000,
    pointsEarned: 53,
    newBalance: 53,
    businessDate: '2026-03-02',
  });
  expect(sold.receiptNumber).toMatch(/^[A-Z0-9]+-1-000001$/);
  expect(shop.balanceOf(customerId)).toBe(53);
  expect(shop.number('SELECT total_sales_minor AS n FROM merchant_daily_analytics')).toBe(53_000);
  expect(shop.number('SELECT COUNT(*) AS n FROM customer_events WHERE group_id IN (SELECT id FROM outbox)')).toBe(2);
  expect(
    shop.number("SELECT COUNT(*) AS n FROM audit_logs WHERE action = 'till.completeSale' AND outcome = 'done'"),
  ).toBe(1);
  const detail = await shop.caller('manager').till.sale({ receiptNumber: sold.receiptNumber });
  expect(detail).toMatchObject({
    saleId: draft.saleId,
    totalMinor: 53_000,
    customerName: 'Ana Giménez',
    points: { earned: 53, balanceAfter: 53 },
  });
});

test('ten parallel submissions with one key sell once, and all get the same answer', async () => {
  const draft = shop.draft([shop.line(10_000)]);
  const submission = shop.op({ draft, tenders: [shop.cash(10_000)], expectedTotalMinor: 10_000 });
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => shop.caller('cashier').till.completeSale(submission)),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(shop.number('SELECT COUNT(*) AS n FROM transactions')).toBe(1);
  expect(shop.number("SELECT COUNT(*) AS n FROM operations WHERE action = 'till.completeSale'")).toBe(1);
});

test('two windows cannot sell one held sale twice: the second is told the receipt', async () => {
  const draft = shop.draft([shop.line(10_000)]);
  const saved = await shop.caller('cashier').till.saveDraft(shop.op({ draft, revision: 0, isHeld: true }));
  const input = { draft, tenders: [shop.cash(10_000)], expectedTotalMinor: 10_000, revision: saved.revision };
  const first = await shop.caller('cashier').till.completeSale(shop.op(input));
  const second = await refusalOf(shop.caller('manager').till.completeSale(shop.op(input)));
  expect(second).toEqual({
    reason: 'sale-already-completed',
    facts: { receiptNumber: first.receiptNumber, atMs: first.atMs },
  });
  expect(await shop.caller('cashier').till.drafts()).toEqual([]);
});

test('a draft changed in another window is not sold as it was', async () => {
  const draft = shop.draft([shop.line(10_000)]);
  await shop.caller('cashier').till.saveDraft(shop.op({ draft, revision: 0, isHeld: false }));
  const more = { ...draft, lines: [...draft.lines, shop.line(5_000)] };
  await shop.caller('manager').till.saveDraft(shop.op({ draft: more, revision: 1, isHeld: false }));
  const input = { draft, tenders: [shop.cash(10_000)], expectedTotalMinor: 10_000, revision: 1 };
  expect(await refusalOf(shop.caller('cashier').till.completeSale(shop.op(input)))).toEqual({
    reason: 'draft-changed-elsewhere',
    facts: { revision: 2 },
  });
});

test('refuses an empty sale, too little money, another total, and a discount beyond the limit until a manager approves', async () => {
  const till = shop.caller('cashier').till;
  const empty = shop.draft([]);
  expect(
    await refusalOf(till.completeSale(shop.op({ draft: empty, tenders: [], expectedTotalMinor: 0 }))),
  ).toMatchObject({ reason: 'empty-sale' });
  const draft = shop.draft([shop.line(10_000)]);
  const short = { draft, tenders: [shop.cash(9_000)], expectedTotalMinor: 10_000 };
  expect(await refusalOf(till.completeSale(shop.op(short)))).toEqual({
    reason: 'tender-too-small',
    facts: { dueMinor: 10_000 },
  });
  const other = { draft, tenders: [shop.cash(9_000)], expectedTotalMinor: 9_000 };
  expect(await refusalOf(till.completeSale(shop.op(other)))).toEqual({
    reason: 'price-changed',
    facts: { totalMinor: 10_000 },
  });
  const half = { ...draft, discount: percent(5000) };
  const cheap = { draft: half, tenders: [shop.cash(5_000)], expectedTotalMinor: 5_000 };
  expect(await refusalOf(till.completeSale(shop.op(cheap)))).toMatchObject({
    reason: 'discount-over-limit',
    facts: { limitBasisPoints: 1000, overridable: true },
  });
  const { overrideId } = await shop
    .caller('cashier')
    .staff.grantOverride(shop.op({ permission: 'discount.over-limit' as const, pin: '739164', reason: 'regular' }));
  const sold = await till.completeSale(shop.op({ ...cheap, overrideIds: [overrideId] }));
  expect(sold.totalMinor).toBe(5_000);
  expect(shop.number('SELECT COUNT(*) AS n FROM audit_logs WHERE approved_by_staff_id IS NOT NULL')).toBe(1);
});

test('an open amount may name a category; one that the shop does not have is left out', async () => {
  const draft = shop.draft([shop.line(1_000, { categoryId: shop.newId() }), shop.line(0)]);
  expect(await shop.sell(draft)).toMatchObject({ totalMinor: 1_000 });
  expect(shop.number('SELECT COUNT(*) AS n FROM transaction_items WHERE category_id IS NOT NULL')).toBe(0);
});
