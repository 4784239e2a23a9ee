import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { readTenCodes, scannerType } from './support/scanner.ts';
import { CASHIER, enrol, goTo, MANAGER, openShop, readRows, signIn } from './support/shop.ts';

test('C-44: Award says what stands against a scanned customer and asks for a PIN before it gives points', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  const { code } = await enrol(page, 'Ana Ruiz');
  await command(page, 'staff.create', { name: CASHIER.name, roles: ['cashier'], pin: CASHIER.pin });
  await command(page, 'staff.signOut', {});
  await page.reload();
  await signIn(page, CASHIER);
  await goTo(page, 'Award');
  const result = page.getByRole('region', { name: 'Points to award' });
  // A scan goes to the screen that listens, and this one is fetched when it is opened.
  await expect(result).toBeVisible();
  await readTenCodes(page);
  await scannerType(page, code);
  await expect(page.getByRole('main').getByText('Ana Ruiz')).toBeVisible();
  await expect(result.getByRole('alert')).toHaveText('10 scans in a minute. Ask a manager.');
  await page.keyboard.type('50000', { delay: 80 });
  const sheet = page.getByRole('dialog', { name: 'Approve this customer' });
  const give = result.getByRole('button', { name: 'Award 50 points' });
  await give.click();
  await expect(sheet).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/award-risk.png' });
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  const given = (): unknown[] => readRows(till, "SELECT points FROM points_transactions WHERE kind = 'earn'");
  expect(given()).toEqual([]);
  await give.click();
  await sheet.getByLabel("Manager's PIN").fill(MANAGER.pin);
  await expect(sheet).toBeHidden();
  await expect.poll(given).toEqual([{ points: 50 }]);
  expect(readRows(till, 'SELECT scan_id FROM scan_approvals')).toHaveLength(1);
});
