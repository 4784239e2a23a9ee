import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, enrol, openShop, orderOf, readRows, type TestProduct, tileOf } from './support/shop.ts';

const PRODUCTS: readonly (TestProduct & { barcode: string })[] = [
  { name: 'Flat white', priceMinor: 22_000, barcode: '9780764544200' },
  { name: 'Medialuna', priceMinor: 8_000, barcode: '9780596008574' },
  { name: 'Chipa', priceMinor: 5_000, barcode: '9780441014989' },
];
const SCANS = 10;
const WITHIN_MS = 5_000;

/** Scans all products one after the other, ten scans in all, within five seconds. */
async function scanTen(page: Page): Promise<void> {
  const startedAtMs = Date.now();
  for (let count = 0; count < SCANS; count += 1) {
    const product = PRODUCTS[count % PRODUCTS.length];
    await scannerType(page, product?.barcode ?? '');
    await page.waitForTimeout(150);
  }
  expect(Date.now() - startedAtMs).toBeLessThan(WITHIN_MS);
}

const scansOf = (till: TestConsole) =>
  readRows<{ scans: number }>(till, "SELECT count(*) AS scans FROM qr_scan_logs WHERE scan_source = 'HID'")[0]?.scans;

const quantityOf = (page: Page, name: string) =>
  orderOf(page).locator('.order-line').filter({ hasText: name }).locator('.order-stepper b');

async function expectTenInCart(page: Page): Promise<void> {
  await expect(orderOf(page).locator('.order-line')).toHaveCount(3);
  await expect(quantityOf(page, 'Flat white')).toHaveText('4');
  await expect(quantityOf(page, 'Medialuna')).toHaveText('3');
  await expect(quantityOf(page, 'Chipa')).toHaveText('3');
}

/** Counts what a scan must never do: press something. */
async function watchPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const state = window as never as { presses: number };
    state.presses = 0;
    for (const kind of ['click', 'submit']) document.addEventListener(kind, () => (state.presses += 1), true);
  });
  return () => page.evaluate(() => (window as never as { presses: number }).presses);
}

test.beforeEach(async ({ till }) => {
  await openShop(till.page);
  await addProducts(till.page, PRODUCTS);
  await expect(tileOf(till.page, 'Chipa')).toBeVisible();
});

test('UX 1: ten scans in five seconds with the cursor in a text field: all routed, the field as it was, nothing pressed', async ({
  till,
}) => {
  const { page } = till;
  await page.getByRole('button', { name: /scanner/i }).click();
  const field = page.getByRole('textbox', { name: 'Type a code' });
  await field.pressSequentially('half a code', { delay: 70 });
  await field.evaluate((box: HTMLInputElement) => box.setSelectionRange(2, 6));
  const presses = await watchPresses(page);
  await scanTen(page);
  await expect.poll(() => scansOf(till)).toBe(SCANS);
  await expect(field).toHaveValue('half a code');
  await expect(field).toBeFocused();
  const selection = await field.evaluate((box: HTMLInputElement) => [box.selectionStart, box.selectionEnd]);
  expect(selection).toEqual([2, 6]);
  expect(await presses()).toBe(0);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await expectTenInCart(page);
});

test('UX 1: ten scans in five seconds with the focus on Charge: all routed, and nothing is charged', async ({
  till,
}) => {
  const { page } = till;
  await tileOf(page, 'Flat white').click();
  const charge = orderOf(page).getByRole('button', { name: /^Charge/ });
  await expect(charge).toBeEnabled();
  await charge.focus();
  const presses = await watchPresses(page);
  await scanTen(page);
  await expect.poll(() => scansOf(till)).toBe(SCANS);
  expect(await presses()).toBe(0);
  await expect(quantityOf(page, 'Flat white')).toHaveText('5');
  await expect(quantityOf(page, 'Medialuna')).toHaveText('3');
  await expect(quantityOf(page, 'Chipa')).toHaveText('3');
  await expect(charge).toBeFocused();
  expect(readRows(till, "SELECT id FROM transactions WHERE status = 'completed'")).toEqual([]);
});

test('UX 1: ten scans in five seconds in a dialog: each is answered, its field stays, nothing is pressed or sold', async ({
  till,
}) => {
  const { page } = till;
  await tileOf(page, 'Flat white').click();
  await page.keyboard.press('F8');
  const dialog = page.getByRole('dialog', { name: 'Discount on the sale' });
  await expect(dialog).toBeVisible();
  const before = await dialog.innerText();
  const presses = await watchPresses(page);
  await scanTen(page);
  await expect(page.getByLabel('Notices')).toContainText('Finish this first');
  expect(await presses()).toBe(0);
  expect(await dialog.innerText()).toBe(before);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(orderOf(page).locator('.order-line')).toHaveCount(1);
  await expect(quantityOf(page, 'Flat white')).toHaveText('1');
  expect(scansOf(till)).toBe(0);
});

test('a scan while somebody is paying waits with "Finish the payment first" and changes nothing', async ({ till }) => {
  const { page } = till;
  const { code } = await enrol(page, 'Ana Benítez');
  await tileOf(page, 'Flat white').click();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Open with / }).click();
  const payment = page.getByRole('complementary', { name: 'Payment' });
  await expect(payment.getByRole('button', { name: /^Paid / })).toBeFocused();
  await scannerType(page, code);
  await expect(page.getByLabel('Notices')).toContainText('Finish the payment first');
  await expect(payment).toBeVisible();
  expect(readRows(till, "SELECT id FROM transactions WHERE status = 'completed'")).toEqual([]);
  await page.keyboard.press('Escape');
  await scannerType(page, code);
  await expect(orderOf(page)).toContainText('Ana Benítez');
});
