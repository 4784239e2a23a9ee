import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { addProducts, openShop, orderOf, readRows, tileOf } from './support/shop.ts';

test('S1-3: the shop’s code is printed as a QR code that reads as the shop’s, and the till says whose it is', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await page.evaluate(() => {
    window.location.hash = '#/settings/shop';
  });
  const code = page.getByRole('img', { name: /^QR code of the shop/ });
  await code.scrollIntoViewIfNeeded();
  await expect(code).toBeVisible();
  const picture = await code.screenshot();
  await page.evaluate(() => {
    Object.assign(window, { print: () => window.dispatchEvent(new Event('afterprint')) });
  });
  await page.getByRole('button', { name: 'Print the code' }).click();
  await page.evaluate(() => {
    window.location.hash = '#/till';
  });
  await page.getByRole('button', { name: /scanner/i }).click();
  await page
    .locator('input[type="file"]')
    .setInputFiles({ name: 'poster.png', mimeType: 'image/png', buffer: picture });
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('This is the code of this shop');
});

test('S1-30: a manager lets all days be added up again, and it is done while the till goes on', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [{ name: 'Flat white', priceMinor: 22_000 }]);
  await command(page, 'till.openShift', { floatMinor: 0 });
  await page.reload();
  await tileOf(page, 'Flat white').click();
  await expect(orderOf(page)).toContainText('Flat white');
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  const day = () => readRows(till, 'SELECT total_sales_minor AS minor FROM merchant_daily_analytics');
  await expect.poll(day).toEqual([{ minor: 22_000 }]);
  await page.evaluate(() => {
    window.location.hash = '#/settings/about';
  });
  await page.getByRole('button', { name: 'Add up all days again' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Within a minute');
  const marks = () => readRows(till, "SELECT mark_at_ms > 0 AS isDone FROM job_states WHERE job = 'days'");
  await expect.poll(marks, { timeout: 60_000 }).toEqual([{ isDone: 1 }]);
  expect(day()).toEqual([{ minor: 22_000 }]);
});
