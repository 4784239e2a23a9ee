import { expect, test } from './support/console.ts';
import { keepPicture } from './support/looks.ts';
import { addProducts, goTo, goToAddress, openShop } from './support/shop.ts';

test.use({ windowSize: { width: 1366, height: 768 } });

test('VC4: a product gets tags, and a voucher counts what has one of them', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [
    { name: 'Mate cocido', priceMinor: 9_000 },
    { name: 'Medialuna', priceMinor: 6_000 },
  ]);
  await goToAddress(page, '#/settings/catalogue');
  await page.getByText('Mate cocido').first().click();
  const panel = page.getByRole('dialog', { name: 'Mate cocido' });
  await panel.getByRole('textbox', { name: 'Tags' }).fill('Hot, vegan, hot');
  await keepPicture(page, 'product-tags');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel).toBeHidden();
  await page.getByText('Mate cocido').first().click();
  await expect(panel.getByRole('textbox', { name: 'Tags' })).toHaveValue('hot, vegan');
  await page.keyboard.press('Escape');
  await goTo(page, 'Vouchers');
  await page.getByRole('button', { name: 'New voucher' }).first().click();
  const editor = page.getByRole('dialog', { name: 'New voucher' });
  await editor.getByRole('button', { name: 'Weekday breakfast' }).click();
  const items = editor.getByRole('combobox', { name: 'Items that count' });
  await items.fill('veg');
  await page.getByRole('option', { name: 'vegan (tag)' }).click();
  await expect(editor.locator('.voucher-sentence')).toContainText('#vegan');
  await keepPicture(page, 'voucher-tags');
});
