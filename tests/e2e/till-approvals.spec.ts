import type { Locator, Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { SAMPLE_PEOPLE } from './support/sample-shop.ts';
import { orderOf, readRows, signIn } from './support/shop.ts';

test.use({ isDemo: true });
test.describe.configure({ timeout: 150_000 });

const CASHIER = 'Lucía';
const MANAGER = 'Diego';
const FLOAT_MINOR = 300_000;

/** The manager PIN sheet, by what it approves. */
const sheetOf = (page: Page, approves: string): Locator => page.getByRole('dialog', { name: approves });

/** Approves as the manager: a wrong PIN is answered in words and changes nothing, then the right one. */
async function approve(page: Page, approves: string): Promise<void> {
  const sheet = sheetOf(page, approves);
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('You stay signed in');
  const pin = sheet.getByLabel("Manager's PIN");
  const who = sheet.getByRole('radio', { name: new RegExp(MANAGER) });
  if (await who.isVisible()) await who.click();
  await pin.fill('000111');
  await expect(sheet).toContainText(/Wrong PIN\. \d+ tr(y|ies) left/);
  await pin.fill(SAMPLE_PEOPLE[MANAGER]);
  await expect(sheet).toBeHidden();
}

/** Rings one item up with a discount that a cashier may not give, pays it in cash; returns its receipt number. */
async function sellWithBigDiscount(page: Page): Promise<string> {
  await page.locator('.till-tile').first().click();
  await page.keyboard.press('F8');
  const discount = page.getByRole('dialog', { name: 'Discount on the sale' });
  await expect(discount).toBeVisible();
  await page.keyboard.type('25', { delay: 80 });
  await expect(discount).toContainText(/Above 10\s?% needs a manager PIN to charge/);
  await discount.getByRole('button', { name: /^Take .* off$/ }).click();
  await expect(orderOf(page)).toContainText('The discount is over your limit');
  await page.keyboard.press('F9');
  const opening = page.getByRole('dialog', { name: 'Open the cash drawer' });
  const paying = page.getByRole('complementary', { name: 'Payment' });
  await expect(opening.or(paying)).toBeVisible();
  if (await opening.isVisible()) {
    await page.keyboard.type(String(FLOAT_MINOR), { delay: 80 });
    await opening.getByRole('button', { name: /^Open with/ }).click();
  }
  await paying.getByRole('button', { name: /^Paid / }).click();
  await approve(page, 'Approve this discount');
  const paid = page.getByRole('complementary', { name: 'Paid' });
  await expect(paid).toBeVisible();
  const words = await paid.getByText(/^Receipt /).innerText();
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
  return words.replace('Receipt ', '');
}

async function openSale(page: Page, number: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Sales', exact: true }).click();
  await page.getByText(number).first().click();
  const sale = page.getByRole('article', { name: `Sale ${number}` });
  await expect(sale).toBeVisible();
  return sale;
}

const backToTill = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Till' }).click();

interface Approved {
  readonly permission: string;
  readonly by: string;
  readonly cashier: string;
  readonly isUsed: number;
}

const approvalsOf = (till: TestConsole): Approved[] =>
  readRows<Approved>(
    till,
    `SELECT g.permission, a.name AS by, r.name AS cashier, g.used_by_operation_id IS NOT NULL AS isUsed
       FROM override_grants g
       JOIN staff_members a ON a.id = g.approved_by_staff_id
       JOIN staff_members r ON r.id = g.requested_by_staff_id
      ORDER BY g.granted_at_ms`,
  );

test('discount over the limit, refund and void: a cashier goes on with a manager PIN and stays signed in', async ({
  till,
}) => {
  const { page } = till;
  await expect(page.getByText(CASHIER).first()).toBeVisible({ timeout: 30_000 });
  await signIn(page, { name: CASHIER, pin: SAMPLE_PEOPLE[CASHIER] });

  const refunded = await sellWithBigDiscount(page);
  await test.step('refund', async () => {
    const sale = await openSale(page, refunded);
    await sale.getByRole('button', { name: 'Refund', exact: true }).click();
    const panel = page.getByRole('dialog', { name: `Refund ${refunded}` });
    await panel.getByRole('button', { name: 'Everything' }).click();
    await panel.getByRole('textbox', { name: 'Reason' }).fill('cold coffee');
    await panel.getByRole('button', { name: /^Refund ₲/ }).click();
    await approve(page, 'Approve this refund');
    const receipt = page.getByRole('dialog', { name: /^Receipt / });
    await expect(receipt).toContainText(`For receipt ${refunded}`);
    await expect(receipt).toContainText('Refunded');
    await receipt.getByRole('button', { name: 'Close' }).click();
    await expect(sale.getByText('Refunded', { exact: true }).first()).toBeVisible();
    await backToTill(page);
  });

  const voided = await sellWithBigDiscount(page);
  await test.step('void', async () => {
    const sale = await openSale(page, voided);
    await sale.getByRole('button', { name: 'Void', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Void this sale of/ });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('rung up twice');
    await dialog.getByRole('button', { name: /^Void ₲/ }).click();
    await approve(page, 'Approve voiding this sale');
    await expect(sale.getByText('Voided', { exact: true })).toBeVisible();
    await sale.getByRole('button', { name: 'Receipt', exact: true }).click();
    await expect(page.getByRole('dialog', { name: `Receipt ${voided}` })).toContainText('VOIDED');
    await page.keyboard.press('Escape');
  });

  await expect(page.getByRole('button', { name: new RegExp(CASHIER) }).first()).toBeVisible();
  const approvals = approvalsOf(till);
  const permissions = approvals.map(({ permission }) => permission);
  expect(permissions).toEqual(['discount.over-limit', 'sale.refund', 'discount.over-limit', 'sale.void']);
  for (const { by, cashier, isUsed } of approvals) {
    expect(by).toContain(MANAGER);
    expect(cashier).toContain(CASHIER);
    expect(isUsed).toBe(1);
  }
});

test('a manager PIN that is not given leaves the sale as it was', async ({ till }) => {
  const { page } = till;
  await expect(page.getByText(CASHIER).first()).toBeVisible({ timeout: 30_000 });
  await signIn(page, { name: CASHIER, pin: SAMPLE_PEOPLE[CASHIER] });
  const refunded = await sellWithBigDiscount(page);
  const sale = await openSale(page, refunded);
  await sale.getByRole('button', { name: 'Void', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /^Void this sale of/ });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('rung up twice');
  await dialog.getByRole('button', { name: /^Void ₲/ }).click();
  await sheetOf(page, 'Approve voiding this sale').getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeVisible();
  await expect(page.getByText('Your role cannot do this. Ask a manager.').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep sale' }).click();
  await expect(sale.getByText('Paid', { exact: true }).first()).toBeVisible();
});
