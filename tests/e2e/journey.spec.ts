import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import {
  BOOK,
  COFFEE,
  CUSTOMER,
  DISCOUNT_PERCENT,
  FLOAT_MINOR,
  PASTRY,
  RECEIVED_MINOR,
  WANT,
} from './support/journey-numbers.ts';
import { scannerType } from './support/scanner.ts';
import {
  addProducts,
  digits,
  goTo,
  MANAGER,
  openSecondWindow,
  openShopByHand,
  orderOf,
  readRows,
  tileOf,
} from './support/shop.ts';

const BOOK_PICTURE = 'tests/fixtures/barcodes/ean13-3-13.png';
/** Between the keys of a person; scanners are faster. */
const PERSON_MS = 80;
const LIVE_WITHIN_MS = 1_000;
const REPEAT_WITHIN_MS = 1_500;

const numberCard = (page: Page, name: string, why: string) =>
  page.getByRole('region', { name, exact: true }).getByRole('button', { name: `${why}: why this number` });

/** Draws the customer's card as it is printed, and returns the picture of its QR code. */
async function printCard(page: Page): Promise<Buffer> {
  // There is no printer here: what would be printed is looked at instead.
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-asked-to-print', 'true');
  });
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Print card with QR' }).click();
  await page.getByRole('button', { name: 'Print card', exact: true }).click();
  await expect(page.locator('body')).toHaveAttribute('data-asked-to-print', 'true');
  await page.emulateMedia({ media: 'print' });
  const code = page.locator('.ui-print').getByRole('img', { name: /^QR / });
  await expect(code).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden();
  const picture = await code.screenshot({ scale: 'device' });
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await page.getByRole('button', { name: 'Close' }).last().click();
  return picture;
}

/** Offers a picture file to the scanner panel, as somebody choosing it would. */
async function choosePicture(page: Page, picture: Buffer): Promise<void> {
  await page.getByRole('button', { name: /scanner/i }).click();
  const file = { name: 'card.png', mimeType: 'image/png', buffer: picture };
  await page.locator('input[type="file"]').setInputFiles(file);
}

/** Drops a picture file on the window, as dragged from the desktop. */
async function dropPicture(page: Page, file: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'dropped.png', { type: 'image/png' }));
      return data;
    },
    readFileSync(file, 'base64'),
  );
  await page.dispatchEvent('main', 'drop', { dataTransfer });
}

const closePanel = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

test.describe.configure({ timeout: 120_000 });

test('S1-46 S1-47 S1-48 S1-49: a customer is enrolled, scanned, served and refunded, and every number is right to the unit', async ({
  till,
}) => {
  const { page } = till;
  await openShopByHand(page);
  await addProducts(page, [COFFEE, BOOK, PASTRY]);

  const code = await test.step('enrol, and print the card', async () => {
    await goTo(page, 'Customers');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(CUSTOMER);
    await page.getByRole('textbox', { name: 'Phone' }).fill('0981 442 107');
    await page.getByRole('button', { name: `Create ${CUSTOMER}` }).click();
    await page.getByRole('button', { name: 'Open Ana' }).click();
    await expect(page.getByRole('heading', { name: CUSTOMER })).toBeVisible();
    const picture = await printCard(page);
    const [row] = readRows<{ code: string }>(till, 'SELECT customer_code AS code FROM customers');
    await choosePicture(page, picture);
    await expect(page.getByText('Picture · Customer')).toBeVisible();
    await closePanel(page);
    return row?.code ?? '';
  });
  expect(code).toMatch(/^[0-9A-Z]{11}$/);

  await test.step('scan it while the cursor stands in a text field', async () => {
    await goTo(page, 'Till');
    await page.getByRole('button', { name: /scanner/i }).click();
    const field = page.getByRole('textbox', { name: 'Type a code' });
    await field.pressSequentially('half a co', { delay: PERSON_MS });
    // The picture was read a moment ago: within this time the same code counts as the same reading.
    await page.waitForTimeout(REPEAT_WITHIN_MS);
    await scannerType(page, code);
    await expect(page.getByText('Scanner · Customer')).toBeVisible();
    await expect(field).toHaveValue('half a co');
    await expect(field).toBeFocused();
    await closePanel(page);
    await expect(orderOf(page)).toContainText(CUSTOMER);
    await expect(orderOf(page).locator('.order-line')).toHaveCount(0);
  });

  await test.step('the cart: two coffees, a pastry, and a book by its picture', async () => {
    for (const name of [COFFEE.name, COFFEE.name, PASTRY.name]) {
      await tileOf(page, name).click();
    }
    await dropPicture(page, BOOK_PICTURE);
    await expect(orderOf(page).locator('.order-line')).toHaveCount(3);
    await expect(orderOf(page)).toContainText(digits(WANT.subtotal));
  });

  await test.step('discount, and cash with change', async () => {
    await page.keyboard.press('F8');
    await expect(page.getByRole('dialog', { name: 'Discount on the sale' })).toBeVisible();
    await page.keyboard.type(String(DISCOUNT_PERCENT));
    await page.getByRole('button', { name: /^Take .* off$/ }).click();
    await expect(orderOf(page)).toContainText(`−₲ ${digits(WANT.discount)}`);
    await expect(orderOf(page)).toContainText(`+${WANT.earned}`);
    await page.keyboard.press('F9');
    await expect(page.getByRole('dialog', { name: 'Open the cash drawer' })).toBeVisible();
    await page.keyboard.type(String(FLOAT_MINOR), { delay: PERSON_MS });
    await page.getByRole('button', { name: new RegExp(`^Open with .*${digits(FLOAT_MINOR)}`) }).click();
    const payment = page.getByRole('complementary', { name: 'Payment' });
    await expect(payment).toContainText(digits(WANT.due));
    await page.keyboard.type(String(RECEIVED_MINOR), { delay: PERSON_MS });
    await expect(payment).toContainText(digits(WANT.change));
  });

  const watching = await watchToday(till);
  await page.getByRole('button', { name: new RegExp(`^Paid .*${digits(RECEIVED_MINOR)}`) }).click();
  const paid = page.getByRole('complementary', { name: 'Paid' });
  await expect(paid).toContainText(digits(WANT.change));
  await expect(paid).toContainText(`+${WANT.earned}`);
  await watching();
  await checkSale(till);
  await page.getByRole('button', { name: 'New sale' }).first().click();

  await test.step('give one coffee back', async () => {
    await page.getByRole('button', { name: 'Sales', exact: true }).click();
    await page.getByText('T1-1-000001').first().click();
    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByRole('button', { name: `One more ${COFFEE.name}` }).click();
    const panel = page.getByRole('dialog');
    await expect(panel).toContainText(digits(WANT.handedBack));
    await expect(panel).toContainText(`−${WANT.reversed}`);
    await panel.getByRole('textbox', { name: 'Reason' }).fill('cold coffee');
    await panel.getByRole('button', { name: new RegExp(`^Refund .*${digits(WANT.handedBack)}`) }).click();
    await expect(page.getByRole('dialog', { name: /^Receipt / })).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await checkAfterRefund(till);
  await checkStories(till);
});

/** Opens Today in a second window, reads that it is empty, and returns the check for after the sale. */
async function watchToday(till: TestConsole): Promise<() => Promise<void>> {
  const page = await openSecondWindow(till);
  await goTo(page, 'Analytics');
  const sales = numberCard(page, 'Sales', 'Sales today');
  await expect(numberCard(page, 'Number of sales', 'Number of sales today')).toHaveText(/^0/);
  const due = `₲ ${digits(WANT.due)}`;
  // The moment at which the page shows the sale, wherever React puts the number: noted by the page itself.
  const shownAtMs = page.evaluate(
    (title) =>
      new Promise<number>((resolve) => {
        const isShown = (): boolean =>
          [...document.querySelectorAll('button[title]')].some((one) => one.getAttribute('title') === title);
        const look = (): void => {
          if (isShown()) resolve(Date.now());
        };
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
        look();
      }),
    due,
  );
  return async () => {
    await expect(sales).toHaveAttribute('title', due);
    const [sale] = readRows<{ atMs: number }>(till, 'SELECT completed_at_ms AS atMs FROM transactions');
    expect((await shownAtMs) - (sale?.atMs ?? 0)).toBeLessThan(LIVE_WITHIN_MS);
    await expect(numberCard(page, 'Number of sales', 'Number of sales today')).toHaveAttribute('title', '1');
    await expect(numberCard(page, 'Average sale', 'Average sale today')).toHaveAttribute('title', due);
    await expect(numberCard(page, 'Customers', 'New customers today')).toHaveAttribute('title', '1');
    await expect(numberCard(page, 'Customers', 'Returning customers today')).toHaveAttribute('title', '0');
    await expect(numberCard(page, 'Points', 'Points earned today')).toHaveAttribute('title', String(WANT.earned));
    await page.close();
  };
}

async function checkSale(till: TestConsole): Promise<void> {
  await test.step('the database says the same', () => {
    const [sale] = readRows<Record<string, number | string>>(
      till,
      'SELECT status, subtotal_minor, discount_minor, total_minor, amount_minor, receipt_number FROM transactions',
    );
    expect(sale).toEqual({
      status: 'completed',
      subtotal_minor: WANT.subtotal,
      discount_minor: WANT.discount,
      total_minor: WANT.total,
      amount_minor: WANT.due,
      receipt_number: 'T1-1-000001',
    });
    const tenders = readRows(till, 'SELECT kind, received_minor, change_minor FROM transaction_tenders');
    expect(tenders).toEqual([{ kind: 'cash', received_minor: RECEIVED_MINOR, change_minor: WANT.change }]);
    expect(readRows(till, 'SELECT kind, points FROM points_transactions')).toEqual([
      { kind: 'earn', points: WANT.earned },
    ]);
    const sources = readRows<{ scan_source: string }>(
      till,
      'SELECT scan_source FROM qr_scan_logs ORDER BY created_at_ms',
    );
    expect(sources.map((row) => row.scan_source)).toEqual(['GALLERY', 'HID', 'GALLERY']);
  });
}

async function checkAfterRefund(till: TestConsole): Promise<void> {
  const { page } = till;
  await test.step('the refund is off the day and its points are off the balance', async () => {
    await goTo(page, 'Analytics');
    const left = `₲ ${digits(WANT.due - WANT.handedBack)}`;
    await expect(numberCard(page, 'Sales', 'Sales today')).toHaveAttribute('title', left);
    await expect(numberCard(page, 'Number of sales', 'Number of sales today')).toHaveAttribute('title', '1');
    await expect(numberCard(page, 'Points', 'Points earned today')).toHaveAttribute('title', String(WANT.kept));
    const refunds = readRows(
      till,
      `SELECT r.amount_minor, r.points_reversed, n.text AS reason
      FROM refunds r
      LEFT JOIN remarks n ON n.subject_id = r.id`,
    );
    expect(refunds).toEqual([{ amount_minor: WANT.handedBack, points_reversed: WANT.reversed, reason: 'cold coffee' }]);
    expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([
      { current_points: WANT.kept },
    ]);
    const ledger = readRows(till, 'SELECT kind, points FROM points_transactions ORDER BY seq');
    expect(ledger).toEqual([
      { kind: 'earn', points: WANT.earned },
      { kind: 'reverse_earn', points: -WANT.reversed },
    ]);
    const [day] = readRows<Record<string, number>>(
      till,
      'SELECT total_sales_minor, total_transactions, new_customers, points_issued FROM merchant_daily_analytics',
    );
    expect(day).toEqual({
      total_sales_minor: WANT.due - WANT.handedBack,
      total_transactions: 1,
      new_customers: 1,
      points_issued: WANT.kept,
    });
  });
}

async function checkStories(till: TestConsole): Promise<void> {
  const { page } = till;
  await test.step('all of it stands in the timeline', async () => {
    await goTo(page, 'Customers');
    await page.getByText(CUSTOMER).first().click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    for (const words of ['Became a customer', 'Scanned at', 'Sale T1-1-000001', 'Refund T1-1-']) {
      await expect(timeline).toContainText(words);
    }
    await expect(timeline).toContainText(digits(WANT.due));
    await expect(timeline).toContainText(`−₲ ${digits(WANT.handedBack)}`);
    await expect(timeline).toContainText(`+${WANT.earned} points`);
    await expect(timeline).toContainText(`−${WANT.reversed} points`);
    await expect(page.getByText(`${WANT.kept}`, { exact: true }).first()).toBeVisible();
  });
  await test.step('and in the log, by name', async () => {
    await goTo(page, 'Activity');
    const log = page.getByRole('table', { name: 'Activity' });
    for (const words of [
      'Opened the shop',
      'Enrolled a customer',
      'Scanned',
      'Opened the cash drawer',
      'Sold',
      'Refunded',
    ]) {
      await expect(log).toContainText(words);
    }
    await expect(log).toContainText(MANAGER.name);
    await page.getByRole('button', { name: 'Check the log' }).click();
    await expect(page.getByText('The log is whole', { exact: true })).toBeVisible();
  });
}
