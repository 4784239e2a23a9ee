import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import {
  addProducts,
  CASHIER,
  digits,
  goTo,
  MANAGER,
  openShop,
  orderOf,
  readRows,
  signIn,
  tileOf,
} from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
/** Above the tenth that a cashier may give alone. */
const DISCOUNT_PERCENT = 20;
const LEFT_MINOR = 17_600;

test.beforeEach(async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [COFFEE]);
  await command(page, 'till.openShift', { floatMinor: 0 });
  await command(page, 'staff.create', { name: CASHIER.name, roles: ['cashier'], pin: CASHIER.pin });
  await command(page, 'staff.signOut', {});
  await page.reload();
  await signIn(page, CASHIER);
  await tileOf(page, COFFEE.name).click();
});

/** A manager comes to the till and types their PIN; the cashier stays signed in. */
async function approve(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: /^Approve / });
  await sheet.getByLabel("Manager's PIN").fill('111111');
  await expect(sheet.getByRole('alert')).not.toBeEmpty();
  await sheet.getByLabel("Manager's PIN").fill(MANAGER.pin);
  await expect(sheet).toBeHidden();
}

/** Names of who did an action and who approved it, as the log holds them. */
const loggedAs = (till: TestConsole, action: string) =>
  readRows<{ by: string; approvedBy: string | null }>(
    till,
    `SELECT (SELECT name FROM staff_members WHERE id = staff_id) AS by,
      (SELECT name FROM staff_members WHERE id = approved_by_staff_id) AS approvedBy
    FROM audit_logs WHERE action = '${action}' AND outcome = 'done'`,
  );

test('a discount beyond the role is lent by a manager in place, for this sale, and the log names both', async ({
  till,
}) => {
  const { page } = till;
  await page.keyboard.press('F8');
  await expect(page.getByRole('dialog', { name: 'Discount on the sale' })).toBeVisible();
  await page.keyboard.type(String(DISCOUNT_PERCENT), { delay: 80 });
  await page.getByRole('button', { name: /^Take .* off$/ }).click();
  await expect(orderOf(page)).toContainText('Charge asks for a manager PIN');
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  await approve(page);
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText(digits(LEFT_MINOR));
  await expect(page.getByRole('button', { name: /Jorge/ })).toBeVisible();
  expect(readRows(till, 'SELECT status, amount_minor FROM transactions')).toEqual([
    { status: 'completed', amount_minor: LEFT_MINOR },
  ]);
  expect(loggedAs(till, 'till.completeSale')).toEqual([{ by: CASHIER.name, approvedBy: MANAGER.name }]);
});

test('a refund is found by scanning the receipt and lent by a manager', async ({ till }) => {
  const { page } = till;
  await expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toBeEnabled();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
  await page.keyboard.press('Enter');
  await scannerType(page, 'T1-1-000001');
  const sale = page.getByRole('article', { name: 'Sale T1-1-000001' });
  await expect(sale).toBeVisible();
  await page.getByRole('button', { name: 'Everything' }).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('spilled');
  await page.getByRole('button', { name: new RegExp(`^Refund .*${digits(COFFEE.priceMinor)}`) }).click();
  await approve(page);
  await expect(page.getByRole('dialog', { name: /^Receipt / })).toBeVisible();
  expect(readRows(till, 'SELECT amount_minor FROM refunds')).toEqual([{ amount_minor: COFFEE.priceMinor }]);
  expect(loggedAs(till, 'till.refund')).toEqual([{ by: CASHIER.name, approvedBy: MANAGER.name }]);
});

test('a locked till keeps the open sale, and whoever unlocks it goes on with it', async ({ till }) => {
  const { page } = till;
  await expect(orderOf(page).locator('[data-line]')).toHaveCount(1);
  await page.keyboard.press('Control+L');
  await expect(page.getByRole('button', { name: MANAGER.name })).toBeVisible();
  await page.keyboard.press('F9');
  expect(readRows(till, 'SELECT id FROM transactions')).toEqual([]);
  await signIn(page, MANAGER);
  await expect(orderOf(page).locator('[data-line]')).toHaveCount(1);
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
  expect(loggedAs(till, 'till.completeSale')).toEqual([{ by: MANAGER.name, approvedBy: null }]);
});

test('X4: whoever is made a manager is asked for a PIN of six digits in the editor, and signs in with it', async ({
  till,
}) => {
  const { page } = till;
  await page.keyboard.press('Control+L');
  await signIn(page, MANAGER);
  await page.evaluate(() => {
    window.location.hash = '#/settings/staff';
  });
  await page
    .getByRole('button', { name: new RegExp(CASHIER.name) })
    .first()
    .click();
  const editor = page.getByRole('dialog', { name: CASHIER.name });
  const pin = editor.getByLabel('New PIN');
  const save = editor.getByRole('button', { name: 'Save' });
  await expect(save).toBeEnabled();
  await editor.getByText('Manager', { exact: true }).click();
  await expect(editor).toContainText('A new PIN of 6 digits');
  await pin.fill(CASHIER.pin);
  await expect(save).toBeDisabled();
  await pin.fill('123456');
  await save.click();
  await expect(editor).toContainText('easy to guess');
  await pin.fill('640917');
  await save.click();
  await expect(editor).toBeHidden();
  await goTo(page, 'Till');
  await page.keyboard.press('Control+L');
  await signIn(page, { name: CASHIER.name, pin: '640917' });
  await expect(page.getByRole('button', { name: /Jorge/ })).toBeVisible();
});
