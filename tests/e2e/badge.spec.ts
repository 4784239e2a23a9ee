import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { CASHIER, openShop, readRows } from './support/shop.ts';

test.use({ windowSize: { width: 1024, height: 768 } });
test.describe.configure({ timeout: 120_000 });

const person = (page: Page) => page.locator('.top-person');
const notices = (page: Page) => page.getByRole('region', { name: 'Notices' });

async function openCashier(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/settings/staff';
  });
  await page.getByText(CASHIER.name).first().click();
  await expect(page.getByRole('dialog', { name: CASHIER.name })).toBeVisible();
}

test('a manager issues a badge; scanning it signs in, switches and unlocks, until it is revoked', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await command(page, 'staff.create', { name: CASHIER.name, roles: ['cashier'], pin: CASHIER.pin });

  await test.step('issued and shown once', async () => {
    await openCashier(page);
    await page.getByRole('button', { name: 'Issue a badge' }).click();
    await expect(page.getByRole('img', { name: `Badge code of ${CASHIER.name}` })).toBeVisible();
    await keepPicture(page, 'staff-badge');
    if (till.electron === null) await expectAccessible(page, 'a new badge');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('button', { name: 'New badge' })).toBeVisible();
    await keepPicture(page, 'staff-badge-issued');
    await page.keyboard.press('Escape');
  });
  const { staffId } = readRows<{ staffId: string }>(till, 'SELECT staff_id AS staffId FROM staff_badges')[0] ?? {
    staffId: '',
  };
  // The code is only in the picture and on paper: a second badge, made from inside the page, gives one to scan.
  const { code } = await command<{ code: string }>(page, 'staff.issueBadge', { staffId });

  await test.step('unlocks and switches', async () => {
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await scannerType(page, code);
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeHidden();
    await expect(person(page)).toHaveAccessibleName(/Jorge/);
    await expect(notices(page)).toContainText(`${CASHIER.name} is signed in`);
  });

  await test.step('signs in where nobody is, and other codes wait', async () => {
    await command(page, 'staff.signOut', {});
    await page.reload();
    await expect(page.locator('.sign-in-tile').first()).toBeVisible();
    await keepPicture(page, 'sign-in-badge');
    await scannerType(page, '9780764544200');
    await expect(notices(page)).toContainText('Sign in first');
    await scannerType(page, code);
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await expect(person(page)).toHaveAccessibleName(/Jorge/);
  });

  await test.step('revoked: it opens nothing, and that is said', async () => {
    await page.keyboard.press('Control+l');
    await page.locator('.sign-in-people').getByRole('button', { name: /Lucía/ }).click();
    await page.locator('.ui-pin-input').fill('258025');
    await expect(person(page)).toHaveAccessibleName(/Lucía/);
    await openCashier(page);
    await page.getByRole('button', { name: 'Revoke badge' }).click();
    await expect(page.getByRole('button', { name: 'Issue a badge' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await page.waitForTimeout(1600);
    await scannerType(page, code);
    await expect(notices(page)).toContainText('This badge is not known here, or it was revoked');
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  });
});
