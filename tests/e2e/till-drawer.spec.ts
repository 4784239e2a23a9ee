import { expect, test } from './support/console.ts';
import { addProducts, digits, openShop, orderOf, tileOf } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const FLOAT_MINOR = 300_000;
/** 10 % tax that is in the price: an eleventh of it. */
const TAX_MINOR = COFFEE.priceMinor / 11;

test('a drawer that is counted says what came in how and with which tax', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [COFFEE]);
  await tileOf(page, COFFEE.name).click();
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog', { name: 'Open the cash drawer' })).toBeVisible();
  await page.keyboard.type(String(FLOAT_MINOR), { delay: 80 });
  await page.getByRole('button', { name: /^Open with/ }).click();
  await page.getByRole('button', { name: /^Paid ₲/ }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
  await page.evaluate(() => {
    window.location.hash = '#/till/shift';
  });
  const counted = FLOAT_MINOR + COFFEE.priceMinor;
  await expect(page.getByRole('heading', { name: 'Count and close' })).toBeVisible();
  await page.keyboard.type(String(counted), { delay: 80 });
  await page.getByRole('button', { name: /^Close with/ }).click();
  await expect(page.getByText('Drawer closed')).toBeVisible();
  const main = page.getByRole('main');
  await expect(main).toContainText('Matches');
  await expect(main).toContainText(new RegExp(`Cash\\s*₲\\s*${digits(COFFEE.priceMinor)}`));
  await expect(main).toContainText(digits(TAX_MINOR));
});
