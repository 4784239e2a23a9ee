import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, digits, enrol, openShop, orderOf, readRows } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const PASTRY = { name: 'Medialuna', priceMinor: 8_000 } as const;

test('UX 2: a sale by the keyboard alone: scan the customer, F2, item, Enter, F9, Enter', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [COFFEE, PASTRY]);
  const { code } = await enrol(page, 'Ana Benítez');
  await command(page, 'till.openShift', { floatMinor: 0 });
  await page.reload();
  await expect(orderOf(page)).toBeVisible();
  // From here on nothing but keys; the pointer would tell.
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      window.addEventListener(kind, () => document.body.setAttribute('data-pointer-used', 'true'), true);
  });

  await scannerType(page, code);
  await expect(orderOf(page)).toContainText('Ana Benítez');
  await page.keyboard.press('F2');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('flat', { delay: 80 });
  await expect(page.getByRole('option').first()).toContainText(COFFEE.name);
  await page.keyboard.press('Enter');
  await expect(orderOf(page).locator('.order-line')).toHaveCount(1);
  await expect(orderOf(page)).toContainText('+22');
  await page.keyboard.press('F9');
  const payment = page.getByRole('complementary', { name: 'Payment' });
  await expect(payment.getByRole('button', { name: /^Paid / })).toBeFocused();
  // Help is at hand in a payment too, and gives the keys back where it took them.
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByRole('heading', { name: 'Ring up a sale' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(payment.getByRole('button', { name: /^Paid / })).toBeFocused();
  await page.keyboard.press('Enter');
  const paid = page.getByRole('complementary', { name: 'Paid' });
  await expect(paid).toContainText('T1-1-000001');
  await expect(paid).toContainText(digits(22_000));
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();

  await expect(page.locator('body')).not.toHaveAttribute('data-pointer-used', 'true');
  const sales = readRows(
    till,
    'SELECT status, amount_minor, customer_id IS NOT NULL AS has_customer FROM transactions',
  );
  expect(sales).toEqual([{ status: 'completed', amount_minor: 22_000, has_customer: 1 }]);
  expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([{ current_points: 22 }]);
});

test('a first sale on a new till asks for the float, and goes on by keys', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [COFFEE]);
  await expect(orderOf(page)).toBeVisible();
  await page.keyboard.press('F2');
  await expect(page.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('3 x flat', { delay: 80 });
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toContainText(digits(66_000));
  await page.keyboard.press('F9');
  await expect(page.getByRole('button', { name: /^Open with / })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Paid / })).toBeFocused();
  await page.keyboard.type('70000', { delay: 80 });
  await expect(page.getByRole('complementary', { name: 'Payment' })).toContainText(digits(4_000));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText(digits(4_000));
});
