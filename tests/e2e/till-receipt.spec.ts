import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, digits, goTo, openShop, orderOf, readRows, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;
const NUMBER = 'T1-1-000001';

/** Sells one coffee, paid another way so that no drawer has to be open; ends on the paid sheet. */
async function sellCoffee(page: Page): Promise<Locator> {
  await openShop(page);
  await addProducts(page, [COFFEE]);
  return payAnotherWay(page);
}

async function payAnotherWay(page: Page): Promise<Locator> {
  await tileOf(page, COFFEE.name).click();
  await orderOf(page)
    .getByRole('button', { name: /^Payment: / })
    .click();
  await page.getByRole('menuitem', { name: 'Other' }).click();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Received / }).click();
  const paid = page.getByRole('complementary', { name: 'Paid' });
  await expect(paid).toContainText(`Receipt ${NUMBER}`);
  return paid;
}

/** There is no printer here: what each host would print is kept instead, to be read by `printedBy`. */
async function keepPrints({ page, electron, dataFolder }: TestConsole): Promise<void> {
  await page.evaluate(() => {
    const prints: string[] = [];
    Object.assign(window, { prints });
    window.print = () => prints.push(document.querySelector('.receipt-print')?.textContent ?? '');
  });
  await electron?.evaluate(
    ({ app, dialog }, filePath) => {
      const prints: string[] = [];
      Object.assign(globalThis, { prints });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      app.on('web-contents-created', (_event, contents) => {
        contents.print = (_options, done) => {
          prints.push(decodeURIComponent(contents.getURL()));
          done?.(true, '');
        };
      });
    },
    join(dataFolder, 'receipt.pdf'),
  );
}

async function printedBy({ page, electron }: TestConsole): Promise<string[]> {
  if (electron !== null) return electron.evaluate(() => (globalThis as never as { prints: string[] }).prints);
  return page.evaluate(() => (window as never as { prints: string[] }).prints);
}

test('a receipt prints once as itself and then marked as a copy, is kept as a PDF, and shows that it was voided', async ({
  till,
}) => {
  const { page } = till;
  const paid = await sellCoffee(page);
  await keepPrints(till);

  await test.step('print, and print again', async () => {
    await paid.getByRole('button', { name: 'Print receipt' }).click();
    await expect.poll(async () => (await printedBy(till)).length).toBe(1);
    await expect(paid.getByRole('button', { name: 'Print receipt' })).toBeEnabled();
    // Enter goes on with the next sale, as its button says, and does not print again.
    await expect(paid.getByRole('button', { name: 'New sale' })).toBeFocused();
    await page.keyboard.press('Control+p');
    await expect.poll(async () => (await printedBy(till)).length).toBe(2);
    const [first, second] = await printedBy(till);
    expect(first).toContain(NUMBER);
    expect(first).toContain(digits(COFFEE.priceMinor));
    expect(first).not.toContain('COPY');
    expect(second).toContain('COPY 2');
  });

  await test.step('keep as a PDF', async () => {
    await paid.getByRole('button', { name: 'Save PDF' }).click();
    if (till.electron === null) {
      await expect.poll(async () => (await printedBy(till)).length).toBe(3);
    } else {
      const file = join(till.dataFolder, 'receipt.pdf');
      await expect.poll(() => existsSync(file)).toBe(true);
      await expect(page.getByRole('region', { name: 'Notices' })).toContainText(`Saved as ${NUMBER}.pdf`);
      expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
    }
    expect(readRows(till, 'SELECT copies FROM printed_documents')).toEqual([{ copies: 3 }]);
  });

  await test.step('on screen, and after the sale was voided', async () => {
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Sales', exact: true }).click();
    await page.getByText(NUMBER).first().click();
    const sale = page.getByRole('article', { name: `Sale ${NUMBER}` });
    await sale.getByRole('button', { name: 'Void', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Void this sale of/ });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('rung up twice');
    await dialog.getByRole('button', { name: /^Void ₲/ }).click();
    await expect(sale.getByText('Voided', { exact: true })).toBeVisible();
    await sale.getByRole('button', { name: 'Receipt', exact: true }).click();
    const receipt = page.getByRole('dialog', { name: `Receipt ${NUMBER}` });
    await expect(receipt).toContainText('VOIDED');
    await expect(receipt).toContainText(COFFEE.name);
    await expect(receipt.getByRole('img', { name: `Code of receipt ${NUMBER}` })).toBeVisible();
  });
});

test('Ctrl P prints the last receipt again on Till and on Activity, and says so when there is none', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await page.keyboard.press('Control+p');
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('There is no receipt yet');
  await addProducts(page, [COFFEE]);
  await payAnotherWay(page);
  await keepPrints(till);
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
  await page.keyboard.press('Control+p');
  await expect.poll(async () => (await printedBy(till)).length).toBe(1);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText(`${NUMBER} printed again`);
  await goTo(page, 'Activity');
  await page.keyboard.press('Control+p');
  await expect.poll(async () => (await printedBy(till)).length).toBe(2);
  const [first, second] = await printedBy(till);
  expect(first).toContain(NUMBER);
  expect(second).toContain('COPY 2');
});

test('T7: a scanned receipt opens its sale ready to refund, from the till and from any other screen', async ({
  till,
}) => {
  const { page } = till;
  await sellCoffee(page);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: `Refund ${NUMBER}` });
  await scannerType(page, NUMBER);
  await expect(panel).toBeVisible();
  await expect(page.getByRole('article', { name: `Sale ${NUMBER}` })).toBeVisible();
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toBeHidden();
  await scannerType(page, NUMBER);
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await goTo(page, 'Activity');
  await scannerType(page, NUMBER);
  await expect(panel).toBeVisible();
  await panel.getByRole('button', { name: 'Everything' }).click();
  await panel.getByRole('textbox', { name: 'Reason' }).fill('cold coffee');
  await panel.getByRole('button', { name: /^Refund ₲/ }).click();
  await expect(page.getByRole('dialog', { name: /^Receipt / })).toContainText(`For receipt ${NUMBER}`);
  await page.keyboard.press('Escape');
  // Nothing is left to give back: the sale opens and offers nothing.
  await goTo(page, 'Activity');
  await scannerType(page, NUMBER);
  await expect(page.getByRole('article', { name: `Sale ${NUMBER}` })).toContainText('Refunded');
  await expect(panel).toBeHidden();
});
