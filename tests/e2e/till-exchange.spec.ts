import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { openRefund, paidOf, payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { COFFEE, openLoyalShop, PLATTER } from './support/loyalty.ts';
import { digits, MANAGER, orderOf, readRows, signIn, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

const POINTS = 'SELECT current_points FROM customer_loyalty_accounts';

/** Sells to Ana, then brings one of it back for something else. */
async function beginExchange(till: TestConsole, sold: readonly string[], back: string): Promise<void> {
  const { page } = till;
  await openLoyalShop(page, 0);
  await ringUp(page, sold);
  await payCash(page);
  const [sale] = readRows<{ id: string }>(till, "SELECT id FROM transactions WHERE status = 'completed'");
  const panel = await openRefund(page, sale?.id);
  await panel.getByRole('button', { name: `One more ${back}` }).click();
  await panel.getByLabel('Reason').fill('something else');
  await panel.getByRole('button', { name: 'Exchange' }).click();
  await expect(orderOf(page)).toContainText('Exchange for T1-1-000001');
}

function tendersOf(till: TestConsole): object[] {
  return readRows(
    till,
    `SELECT kind, amount_minor FROM transaction_tenders
     WHERE status = 'approved' AND transaction_id IN (SELECT exchange_transaction_id FROM refunds) ORDER BY amount_minor`,
  );
}

async function expectToCharge(page: Page, amountMinor: number): Promise<void> {
  await expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toContainText(digits(amountMinor));
}

test('T9: goods are exchanged in one ticket, and only the difference is paid', async ({ till }) => {
  const { page } = till;
  await beginExchange(till, [COFFEE.name, COFFEE.name], COFFEE.name);
  await expect(orderOf(page)).toContainText('−22 points');
  await tileOf(page, PLATTER.name).click();
  await expectToCharge(page, 98_000);
  await expect(orderOf(page)).toContainText('What comes back');
  await page.keyboard.press('F9');
  await expect(paymentOf(page).getByRole('button', { name: new RegExp(`^Paid .*${digits(98_000)}`) })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(paidOf(page)).toContainText(digits(120_000));
  await expect(paidOf(page)).toContainText('Goods returned');
  expect(readRows(till, 'SELECT amount_minor FROM refunds')).toEqual([{ amount_minor: 22_000 }]);
  expect(tendersOf(till)).toEqual([
    { kind: 'exchange', amount_minor: 22_000 },
    { kind: 'cash', amount_minor: 98_000 },
  ]);
  // 120 for the platter, 22 for the coffee that was kept; the tier of before the sale counts.
  expect(readRows(till, POINTS)).toEqual([{ current_points: 142 }]);
});

test('T9: an exchange stands when the process was killed, and its difference is paid in parts', async ({ till }) => {
  await beginExchange(till, [COFFEE.name], COFFEE.name);
  await tileOf(till.page, PLATTER.name).click();
  await expect
    .poll(() =>
      readRows(
        till,
        "SELECT json_array_length(draft, '$.lines') AS lines, json_extract(draft, '$.exchange.reason') AS reason FROM sale_drafts",
      ),
    )
    .toEqual([{ lines: 1, reason: 'something else' }]);
  await till.kill();
  await till.open();
  await signIn(till.page, MANAGER);
  const { page } = till;
  await expect(orderOf(page)).toContainText('Exchange for T1-1-000001');
  await expectToCharge(page, 98_000);

  await page.keyboard.press('F9');
  const payment = paymentOf(page);
  await expect(payment.getByRole('button', { name: /^Paid / })).toBeFocused();
  for (const key of ['4', '8', '000']) await payment.getByRole('button', { name: key, exact: true }).click();
  await payment.getByRole('button', { name: new RegExp(`^Take .*${digits(48_000)}`) }).click();
  await expect(payment).toContainText('Enter this amount on the card terminal');
  await expect(payment).toContainText(digits(50_000));
  expect(readRows(till, 'SELECT id FROM refunds')).toEqual([]);
  await payment.getByRole('button', { name: /^Approved / }).click();
  await expect(paidOf(page)).toBeVisible();
  expect(tendersOf(till)).toEqual([
    { kind: 'exchange', amount_minor: 22_000 },
    { kind: 'cash', amount_minor: 48_000 },
    { kind: 'card', amount_minor: 50_000 },
  ]);
  expect(readRows(till, 'SELECT sale_id FROM sale_drafts')).toEqual([]);
});

test('T9: goods that are worth more give the difference back', async ({ till }) => {
  const { page } = till;
  await beginExchange(till, [PLATTER.name], PLATTER.name);
  await tileOf(page, COFFEE.name).click();
  await expect(orderOf(page).getByRole('button', { name: /^Give back/ })).toContainText(digits(98_000));
  await page.keyboard.press('F9');
  const giveBack = paymentOf(page).getByRole('button', { name: new RegExp(`^Give .*${digits(98_000)}.* back`) });
  await expect(giveBack).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(paidOf(page)).toContainText('Give back');
  await expect(paidOf(page)).toContainText(digits(98_000));
  expect(readRows(till, 'SELECT kind, amount_minor FROM refund_tenders ORDER BY amount_minor')).toEqual([
    { kind: 'exchange', amount_minor: 22_000 },
    { kind: 'cash', amount_minor: 98_000 },
  ]);
  expect(readRows(till, POINTS)).toEqual([{ current_points: 22 }]);
});
