import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, digits, enrol, MANAGER, openShop, orderOf, readRows, signIn, tileOf } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const PASTRY = { name: 'Medialuna', priceMinor: 8_000 } as const;
/** How long after the press on Charge the power goes: before, while and after the sale is written. */
const CUT_AFTER_MS = [0, 4, 15];

interface Kept {
  readonly sales: number;
  readonly drafts: number;
  readonly soldMinor: number;
}

/** What the disk holds after the cut: sales completed, carts open, and the day's money. */
function keptIn(till: TestConsole): Kept | undefined {
  return readRows<Kept>(
    till,
    `SELECT (SELECT count(*) FROM transactions WHERE status = 'completed') AS sales,
      (SELECT count(*) FROM sale_drafts) AS drafts,
      (SELECT coalesce(sum(total_sales_minor), 0) FROM merchant_daily_analytics) AS soldMinor`,
  )[0];
}

async function prepare(page: Page): Promise<{ code: string }> {
  await openShop(page);
  await addProducts(page, [COFFEE, PASTRY]);
  await command(page, 'till.openShift', { floatMinor: 0 });
  const customer = await enrol(page, 'Ana Benítez');
  await page.reload();
  await expect(tileOf(page, COFFEE.name)).toBeVisible();
  return customer;
}

async function reopen(till: TestConsole): Promise<Page> {
  await till.kill();
  await till.open();
  await signIn(till.page, MANAGER);
  await expect(till.page.getByRole('region', { name: 'Items' })).toBeVisible();
  return till.page;
}

test('F2 F3, UX 4: the power goes after Charge: on restart the sale is there, once, with its points', async ({
  till,
}) => {
  const { code } = await prepare(till.page);
  await tileOf(till.page, COFFEE.name).click();
  await scannerType(till.page, code);
  await expect(orderOf(till.page)).toContainText('Ana Benítez');
  await till.page.keyboard.press('F9');
  await till.page.getByRole('button', { name: /^Paid / }).click();
  await expect(till.page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');

  const page = await reopen(till);
  expect(keptIn(till)).toEqual({ sales: 1, drafts: 0, soldMinor: COFFEE.priceMinor });
  expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([{ current_points: 22 }]);
  await expect(orderOf(page).locator('[data-line]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Sales', exact: true }).click();
  await expect(page.getByText('T1-1-000001')).toHaveCount(1);
});

test('F2 F3: the power goes while a sale is being charged: it is there once, or its cart is, and nothing is half', async ({
  till,
}) => {
  await prepare(till.page);
  for (const [round, cutAfterMs] of CUT_AFTER_MS.entries()) {
    const { page } = till;
    const before = keptIn(till);
    if ((await orderOf(page).locator('[data-line]').count()) === 0) await tileOf(page, COFFEE.name).click();
    await expect.poll(() => keptIn(till)?.drafts).toBe(1);
    await page.keyboard.press('F9');
    const paid = page.getByRole('button', { name: /^Paid / });
    await expect(paid).toBeFocused();
    await Promise.all([
      page.evaluate((ms) => {
        const button = document.activeElement as HTMLButtonElement;
        setTimeout(() => button.click(), 50);
        return new Promise((resolve) => setTimeout(resolve, 50 + ms));
      }, cutAfterMs),
    ]);
    await reopen(till);
    const after = keptIn(till);
    const sold = (after?.sales ?? 0) - (before?.sales ?? 0);
    expect(sold, `round ${round}`).toBeLessThanOrEqual(1);
    expect((after?.drafts ?? 0) + sold, `round ${round}`).toBe(1);
    expect((after?.soldMinor ?? 0) - (before?.soldMinor ?? 0)).toBe(sold * COFFEE.priceMinor);
    await expect(orderOf(till.page).locator('[data-line]')).toHaveCount(1 - sold);
  }
});

test('F2, UX 4: an open cart survives a power cut with its lines, its customer and its discount', async ({ till }) => {
  const { code } = await prepare(till.page);
  await tileOf(till.page, COFFEE.name).click();
  await tileOf(till.page, COFFEE.name).click();
  await tileOf(till.page, PASTRY.name).click();
  await scannerType(till.page, code);
  await expect(orderOf(till.page)).toContainText('Ana Benítez');
  await till.page.keyboard.press('F8');
  await till.page.getByRole('button', { name: /^10 ?%$/ }).click();
  await till.page.getByRole('button', { name: /^Take .* off$/ }).click();
  await expect(orderOf(till.page)).toContainText(digits(46_800));
  const saved = () => readRows<{ draft: string }>(till, 'SELECT draft FROM sale_drafts')[0]?.draft ?? '';
  await expect.poll(saved).toContain('rateBasisPoints');

  const page = await reopen(till);
  await expect(orderOf(page).locator('[data-line]')).toHaveCount(2);
  await expect(orderOf(page)).toContainText('Ana Benítez');
  await expect(orderOf(page)).toContainText(digits(46_800));
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText(digits(46_800));
  expect(keptIn(till)).toEqual({ sales: 1, drafts: 0, soldMinor: 46_800 });
});
