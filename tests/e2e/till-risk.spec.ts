import type { Page } from '@playwright/test';
import { checkCharacterOf } from '#shop/ids/code.ts';
import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { SAMPLE_PEOPLE, signIn } from './support/sample-shop.ts';
import { scannerType } from './support/scanner.ts';
import { enrol, goTo, orderOf, readRows } from './support/shop.ts';

test.use({ isDemo: true, windowSize: { width: 1024, height: 768 } });
test.describe.configure({ timeout: 150_000 });

const LINE = '10 scans in a minute.';

/** Ten codes that nobody has, within a moment. */
async function readTenCodes(page: Page): Promise<void> {
  for (let number = 1; number <= 10; number += 1) {
    const body = String(number).padStart(10, '0');
    const scan = { source: 'HID', screen: 'till', atMs: Date.now() };
    await command(page, 'scanning.submit', { ...scan, text: body + checkCharacterOf(body) });
  }
}

test('C-44: the eleventh code in a minute stops Charge until a manager lets it go on; the PIN is asked once', async ({
  till,
}) => {
  const { page } = till;
  await signIn(page, 'Lucía');
  const { code } = await enrol(page, 'Ana Ruiz');
  await page.locator('.till-tile').first().click();
  await readTenCodes(page);
  await scannerType(page, code);
  const order = orderOf(page);
  await expect(order).toContainText('Ana Ruiz');
  await expect(order.getByRole('alert')).toHaveText(`${LINE} Ask a manager.`);
  await page.screenshot({ path: 'test-results/screens/till-risk.png' });

  const sheet = page.getByRole('dialog', { name: 'Approve this customer' });
  const paying = page.getByRole('complementary', { name: 'Payment' });
  await page.keyboard.press('F9');
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(paying).toBeHidden();

  await page.keyboard.press('F9');
  await sheet.getByLabel("Manager's PIN").fill(SAMPLE_PEOPLE.Diego);
  await expect(sheet).toBeHidden();
  const opening = page.getByRole('dialog', { name: 'Open the cash drawer' });
  await expect(opening.or(paying)).toBeVisible();
  if (await opening.isVisible()) {
    await page.keyboard.type('300000', { delay: 80 });
    await opening.getByRole('button', { name: /^Open with/ }).click();
  }
  await paying.getByRole('button', { name: /^Paid / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toBeVisible();
  const [approval] = readRows<{ approver: string; cashier: string; permission: string }>(
    till,
    `SELECT m.name AS approver, c.name AS cashier, g.permission
       FROM scan_approvals a
       JOIN staff_members m ON m.id = a.approved_by_staff_id
       JOIN staff_members c ON c.id = a.requested_by_staff_id
       JOIN override_grants g ON g.approved_by_staff_id = m.id`,
  );
  expect(approval?.approver).toContain('Diego');
  expect(approval?.cashier).toContain('Lucía');
  expect(approval?.permission).toBe('scan.risky');
});

test('C-44: Award shows the same line and asks for the same PIN before it gives points', async ({ till }) => {
  const { page } = till;
  await signIn(page, 'Lucía');
  const { code } = await enrol(page, 'Ana Ruiz');
  await goTo(page, 'Award');
  await readTenCodes(page);
  await scannerType(page, code);
  await expect(page.getByText('Ana Ruiz').first()).toBeVisible();
  const result = page.getByRole('region', { name: 'Points to award' });
  await expect(result.getByRole('alert')).toHaveText(`${LINE} Ask a manager.`);
  await page.keyboard.type('50000', { delay: 80 });
  const sheet = page.getByRole('dialog', { name: 'Approve this customer' });
  const give = result.getByRole('button', { name: /^Award \d/ });
  await give.click();
  await expect(sheet).toBeVisible();
  await page.screenshot({ path: 'test-results/screens/award-risk.png' });
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  const given = (): unknown[] =>
    readRows(
      till,
      `SELECT t.id FROM transactions t JOIN customers c ON c.id = t.customer_id WHERE c.customer_code = '${code}'`,
    );
  expect(given()).toEqual([]);
  await give.click();
  await sheet.getByLabel("Manager's PIN").fill(SAMPLE_PEOPLE.Diego);
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Ana Ruiz');
  await expect.poll(() => given().length).toBe(1);
  expect(readRows(till, 'SELECT scan_id FROM scan_approvals')).toHaveLength(1);
});
