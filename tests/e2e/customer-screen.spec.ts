import { publishCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { giveCode, openCustomerPage } from './support/customer-page.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { COFFEE, openLoyalShop } from './support/loyalty.ts';
import { paidOf } from './support/loyal-sales.ts';
import { command, sendFromPage } from './support/page-api.ts';
import { digits, goTo, orderOf, readRows, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

// proves S3-1, S3-87, S0-9
test('UX-12: the customer reads the sale, scans an own card, chooses a voucher and says how it was', async ({
  till,
}) => {
  const { page } = till;
  const ana = await openLoyalShop(page, 0);
  await command(page, 'settings.update', { changes: { askSatisfactionEvery: 1 } });
  await publishCode(page, 'BREK10', { kind: 'percent', rateBasisPoints: 1000 }, { name: 'Breakfast 10 %' });
  await command(page, 'vouchers.claim', { code: 'BREK10', customerId: ana.customerId, saleId: null });
  await page.reload();
  const tab = await openCustomerPage(till);
  const lookAt = async (name: string): Promise<void> => {
    await keepPicture(tab, `customer-${name}`);
    if (till.electron === null) await expectAccessible(tab, name);
  };
  await goTo(page, 'Till');
  await expect(tab.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await lookAt('idle');

  // The sale as it is rung up, and what a card would bring.
  await tileOf(page, COFFEE.name).click();
  await tileOf(page, COFFEE.name).click();
  const bill = tab.getByRole('region', { name: 'Your purchase' });
  await expect(bill.getByRole('listitem')).toHaveText([new RegExp(`^2.*${COFFEE.name}.*${digits(44_000)}`)]);
  await expect(tab.getByText('With your card you would earn')).toBeVisible();
  await expect(tab.getByText('+44')).toBeVisible();

  // A code that nobody knows, then the own card: the till has the customer, the screen a first name and no more.
  await tab.getByRole('button', { name: 'Scan your code' }).click();
  await giveCode(tab, 'NOSUCH');
  await expect(tab.getByText('We do not know this code.')).toBeVisible();
  await lookAt('scan');
  await giveCode(tab, ana.code);
  await expect(tab.getByText('We found you, Ana.')).toBeVisible();
  await expect(orderOf(page)).toContainText('Ana Benítez');
  const notices = page.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('At their screen: Ana Benítez');
  await expect(tab.getByRole('heading', { name: 'Hi, Ana!' })).toBeVisible();
  await expect(tab.getByText('56 to go')).toBeVisible();
  await expect(tab.getByRole('dialog')).toBeHidden();
  await expect(tab.locator('body')).not.toContainText('Benítez');

  // The voucher goes on the till's sale, and what it takes off stands on both.
  await lookAt('sale');
  await bill.getByRole('button', { name: 'Use now: Breakfast 10 %' }).click();
  await expect(orderOf(page).locator('.order-line-less')).toContainText('Breakfast 10 %');
  await expect(notices).toContainText('Chosen by the customer: Breakfast 10 %');
  await expect(bill.getByRole('listitem').filter({ hasText: 'Breakfast 10 %' })).toContainText(digits(4_400));
  await expect(bill.locator('.customer-total')).toContainText(digits(39_600));

  // Paid, with thanks and the one question; the answer is one row and stands on Today.
  await page.keyboard.press('F9');
  await expect(tab.getByRole('heading', { name: 'Ana, to pay' })).toBeVisible();
  await page.getByRole('button', { name: /^Paid / }).click();
  await expect(paidOf(page)).toBeVisible();
  await expect(tab.getByRole('heading', { name: 'Thank you, Ana!' })).toBeVisible();
  await lookAt('question');
  await tab.getByRole('group', { name: 'How was it today?' }).getByRole('button', { name: 'Great' }).click();
  await expect(tab.getByText('Thank you for telling us')).toBeVisible();
  expect(readRows(till, 'SELECT score FROM satisfaction_answers')).toEqual([{ score: 5 }]);
  await goTo(page, 'Analytics');
  await expect(page.getByRole('region', { name: 'How it was' })).toContainText('1 answer');
  await keepPicture(page, 'customer-screen-today');
  expect(
    readRows(till, "SELECT DISTINCT scan_source AS source FROM qr_scan_logs WHERE scan_type = 'CUSTOMER'"),
  ).toEqual([{ source: 'MANUAL' }]);

  // Nothing of the till can be asked from the customer's tab, whatever it sends; its window is tried by a spec of its own.
  if (till.electron !== null) return;
  const token = await tab.evaluate(() => sessionStorage.getItem('regulars.customer-token') ?? '');
  await tab.evaluate((value) => sessionStorage.setItem('regulars.token', value), token);
  const [denied] = await sendFromPage(tab, [{ path: 'customers.search', kind: 'query', inputText: '{"text":"Ana"}' }]);
  expect(denied?.status).toBe(404);
  expect(denied?.text).not.toContain('Benítez');
});
