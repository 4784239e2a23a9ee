import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { ask, command, newId, type PageAnswer, sendFromPage } from './support/page-api.ts';
import { addProducts, digits, openSecondWindow, openShop, orderOf, readRows, tileOf } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const AT_ONCE = 10;

const heldTab = (page: Page) => page.getByRole('navigation', { name: 'Open and held sales' }).getByText('held');

async function pay(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
}

/** Sales that were completed, and what the day table made of them. */
const sold = (till: TestConsole) =>
  readRows<{ sales: number; soldMinor: number }>(
    till,
    `SELECT (SELECT count(*) FROM transactions WHERE status = 'completed') AS sales,
      (SELECT coalesce(sum(total_sales_minor), 0) FROM merchant_daily_analytics) AS soldMinor`,
  )[0];

const once = { sales: 1, soldMinor: COFFEE.priceMinor };

test.beforeEach(async ({ till }) => {
  await openShop(till.page);
  await addProducts(till.page, [COFFEE]);
  await command(till.page, 'till.openShift', { floatMinor: 0 });
  await till.page.reload();
  await expect(tileOf(till.page, COFFEE.name)).toBeVisible();
});

test('two windows resume one held sale: the second to charge it is told, and it is sold once', async ({ till }) => {
  const first = till.page;
  await tileOf(first, COFFEE.name).click();
  await expect(orderOf(first).getByRole('button', { name: /^Charge/ })).toContainText(digits(COFFEE.priceMinor));
  await first.keyboard.press('F7');
  await expect(heldTab(first)).toBeVisible();
  const second = await openSecondWindow(till);
  await heldTab(second).click();
  await expect(orderOf(second).locator('.order-line')).toHaveCount(1);
  await heldTab(first)
    .or(first.getByRole('navigation', { name: 'Open and held sales' }).getByText('Sale'))
    .first()
    .click();
  await expect(orderOf(first).locator('.order-line')).toHaveCount(1);

  await pay(first);
  await expect(first.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
  await pay(second);
  await expect(second.getByRole('dialog', { name: 'This sale is already paid' })).toContainText('T1-1-000001');
  expect(sold(till)).toEqual(once);
});

/** What completes a sale of one coffee, as the till sends it. */
async function completionOf(page: Page, saleId: string): Promise<Record<string, unknown>> {
  const { products } = await ask<{ products: { productId: string; taxRateId: string }[] }>(page, 'catalogue.list');
  const [product] = products;
  const line = {
    lineId: newId(),
    productId: product?.productId,
    name: COFFEE.name,
    unitPriceMinor: COFFEE.priceMinor,
    quantityThousandths: 1000,
    taxRateId: product?.taxRateId,
    categoryId: null,
    discount: null,
    note: '',
  };
  const nobody = { customerId: null, customerIdentifiedBy: null, customerIdentifiedAtMs: null };
  const draft = { saleId, ...nobody, lines: [line], discount: null, label: '', note: '' };
  const tender = { tenderId: newId(), kind: 'cash', amountMinor: COFFEE.priceMinor, receivedMinor: COFFEE.priceMinor };
  return { draft, tenders: [tender], expectedTotalMinor: COFFEE.priceMinor };
}

function completeAtOnce(page: Page, operationIds: readonly string[], input: unknown): Promise<PageAnswer[]> {
  return sendFromPage(
    page,
    operationIds.map((operationId) => ({
      path: 'till.completeSale',
      kind: 'mutation',
      inputText: JSON.stringify({ operationId, input }),
    })),
  );
}

test('ten submissions with one key at once sell once, and all get the same answer', async ({ till }) => {
  const input = await completionOf(till.page, newId());
  const operationId = newId();
  const answers = await completeAtOnce(
    till.page,
    Array.from({ length: AT_ONCE }, () => operationId),
    input,
  );
  expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  expect(new Set(answers.map((answer) => JSON.stringify(answer.data))).size).toBe(1);
  expect(sold(till)).toEqual(once);
});

test('ten submissions of one held sale with keys of their own, from two windows: one sells it, the others are told', async ({
  till,
}) => {
  const input = await completionOf(till.page, newId());
  await command(till.page, 'till.saveDraft', { draft: input.draft, revision: 0, isHeld: true });
  const second = await openSecondWindow(till);
  const half = (page: Page) => completeAtOnce(page, Array.from({ length: AT_ONCE / 2 }, newId), input);
  const answers = (await Promise.all([half(till.page), half(second)])).flat();
  const done = answers.filter((answer) => answer.status === 200);
  const told = answers.filter((answer) => answer.refusal?.reason === 'sale-already-completed');
  expect([done.length, told.length]).toEqual([1, AT_ONCE - 1]);
  expect(sold(till)).toEqual(once);
  expect(readRows(till, 'SELECT sale_id FROM sale_drafts')).toEqual([]);
});
