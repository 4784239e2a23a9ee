import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/console.ts';
import { dress, expectAccessible, keepPicture } from './support/looks.ts';
import { addProducts, goToAddress, MANAGER, openShop, readRows } from './support/shop.ts';

test.use({ windowSize: { width: 1440, height: 900 } });

test('S0-75 S3-76 S3-78: IT copies the shop, is told what going back loses, and finds the shop as it was after the start', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await goToAddress(page, '#/settings/backups');
  const copies = page.getByRole('table', { name: 'Copies' });
  await page.getByRole('button', { name: 'Copy now' }).click();
  await expect(copies.getByRole('row').filter({ hasText: 'Asked for' })).toBeVisible();
  await expect(page.getByText('There is a good copy')).toBeVisible();
  await expect(page.getByText('Nothing unexpected happened')).toBeVisible();
  await addProducts(page, [{ name: 'Mate cocido', priceMinor: 9_000 }]);
  await expectAccessible(page, 'copies');
  await keepPicture(page, 'backups');
  await copies.getByRole('row').filter({ hasText: 'Asked for' }).getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('0 sales');
  await expect(dialog).toContainText(/changes? in all/);
  await keepPicture(page, 'backups-restore');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(dialog.getByLabel('Your PIN').first()).toBeVisible();
  await keepPicture(page, 'backups-pin');
  await dialog.getByLabel('Your PIN').first().fill(MANAGER.pin);
  await expect(dialog).toContainText('Start it again');
  await keepPicture(page, 'backups-again');
  await till.kill();
  await till.open();
  expect(readRows(till, "SELECT name FROM products WHERE name = 'Mate cocido'")).toEqual([]);
  await page.close();
});

test('S3-76: a copy that fails says so, in both languages and by night', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  const inTheWay = join(till.dataFolder, 'backups');
  rmSync(inTheWay, { recursive: true, force: true });
  writeFileSync(inTheWay, 'not a folder');
  await goToAddress(page, '#/settings/backups');
  await page.getByRole('button', { name: 'Copy now' }).click();
  await expect(page.getByText('The last copy failed')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Errors of the last time' })).toContainText('makeCopy');
  await page.setViewportSize({ width: 1024, height: 768 });
  await dress(page, 'es', 'dark');
  await goToAddress(page, '#/settings/backups');
  await expect(page.getByText('La última copia falló')).toBeVisible();
  await expect(page.getByText('makeCopy')).toBeVisible();
  await keepPicture(page, 'backups-failed');
});
