import { expect, test } from './support/console.ts';
import { SAMPLE_PEOPLE, signIn } from './support/sample-shop.ts';
import { readTenCodes, scannerType } from './support/scanner.ts';
import { enrol, orderOf, readRows } from './support/shop.ts';

test.use({ isDemo: true, windowSize: { width: 1024, height: 768 } });
test.describe.configure({ timeout: 150_000 });

const LINE = '10 scans in a minute.';

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
