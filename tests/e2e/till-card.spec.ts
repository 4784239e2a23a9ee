import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { addProducts, digits, MANAGER, openShop, orderOf, readRows, signIn, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;

const paymentOf = (page: Page) => page.getByRole('complementary', { name: 'Payment' });

/** Rings a coffee up and starts its payment on the card terminal. */
async function startCard(page: Page): Promise<void> {
  await openShop(page);
  await addProducts(page, [COFFEE]);
  await tileOf(page, COFFEE.name).click();
  await orderOf(page)
    .getByRole('button', { name: /^Payment: / })
    .click();
  await page.getByRole('menuitem', { name: 'Card', exact: true }).click();
  await page.keyboard.press('F9');
  await expect(paymentOf(page)).toContainText('Enter this amount on the card terminal');
}

test('a card payment goes on where it was after the process was killed, and is taken once', async ({ till }) => {
  await startCard(till.page);
  await till.kill();
  await till.open();
  await signIn(till.page, MANAGER);
  const { page } = till;
  const payment = paymentOf(page);
  await expect(payment).toContainText('Enter this amount on the card terminal');
  await expect(payment).toContainText(digits(COFFEE.priceMinor));
  await payment.getByRole('textbox', { name: 'Reference' }).fill('004711');
  await payment.getByRole('button', { name: /^Approved / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
  const sales = readRows(till, "SELECT amount_minor FROM transactions WHERE status = 'completed'");
  expect(sales).toEqual([{ amount_minor: COFFEE.priceMinor }]);
  const tenders = readRows(
    till,
    "SELECT kind, amount_minor, reference FROM transaction_tenders WHERE status = 'approved'",
  );
  expect(tenders).toEqual([{ kind: 'card', amount_minor: COFFEE.priceMinor, reference: '004711' }]);
});

test('a card that was declined leaves the sale with its lines, to be paid again', async ({ till }) => {
  const { page } = till;
  await startCard(page);
  const payment = paymentOf(page);
  await payment.getByRole('button', { name: 'Declined' }).click();
  await expect(payment.getByRole('alert')).toContainText('The card was declined');
  await expect(payment.getByRole('alert')).toContainText('Nothing was charged and the sale is unchanged');
  await payment.getByRole('button', { name: 'Back to the sale' }).last().click();
  await expect(orderOf(page)).toContainText(COFFEE.name);
  await expect(orderOf(page).locator('.order-line')).toHaveCount(1);
  expect(readRows(till, "SELECT id FROM transactions WHERE status = 'completed'")).toEqual([]);

  await page.keyboard.press('F9');
  await payment.getByRole('button', { name: /^Approved / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toBeVisible();
  const sold = readRows(till, 'SELECT status FROM transactions ORDER BY created_at_ms');
  expect(sold).toEqual([{ status: 'failed' }, { status: 'completed' }]);
});
