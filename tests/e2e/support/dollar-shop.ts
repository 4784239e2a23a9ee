import { writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, type TestConsole } from './console.ts';
import { openRefund, paidOf } from './loyal-sales.ts';
import { publishProgramme } from './loyalty.ts';
import { command } from './page-api.ts';
import { addProducts, enrol, MANAGER, orderOf, readRows } from './shop.ts';

/** Items by the rate of their tax in basis points: names with prices in cents. */
type Shelf = Readonly<Record<number, Readonly<Record<string, number>>>>;

/** A shop that counts in dollars and adds its tax, with an open drawer, and Ana. */
export async function openDollarShop(
  page: Page,
  shelf: Shelf,
): Promise<{ customerId: string; ids: Record<string, string> }> {
  await expect(page.getByRole('heading').first()).toBeVisible();
  const place = { country: 'US', currency: 'USD', timeZone: 'America/New_York', region: 'en-US' };
  const settings = { language: 'en', taxMode: 'exclusive', dayStartsAtHour: 4 };
  await command(page, 'setup.createShop', { shopName: 'Corner', ...place, ...settings, manager: MANAGER });
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
  const ids: Record<string, string> = {};
  for (const [rate, prices] of Object.entries(shelf)) {
    const taxBasisPoints = Number(rate);
    if (taxBasisPoints > 0)
      await command(page, 'catalogue.saveTaxRate', {
        name: `Sales tax ${taxBasisPoints / 100}`,
        rateBasisPoints: taxBasisPoints,
        isDefault: false,
      });
    const products = Object.entries(prices).map(([name, priceMinor]) => ({ name, priceMinor, taxBasisPoints }));
    Object.assign(ids, await addProducts(page, products));
  }
  await publishProgramme(page, {
    rules: [{ ruleId: 'base', kind: 'spend', name: 'Every sale', points: 1, perMinor: 100 }],
    rewards: [],
    tiers: null,
  });
  await command(page, 'till.openShift', { floatMinor: 500_000 });
  const { customerId } = await enrol(page, 'Ana Benítez');
  return { customerId, ids };
}

/** What was taken off the sale, one row each. */
export const lessOf = (page: Page): Locator => orderOf(page).locator('.order-line-less');

/** The button that takes the money asks for this, and for no more: '$5.10' is not '$15.10'. */
export const expectCharge = (page: Page, amount: string): Promise<void> =>
  expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toContainText(amount);

/** The sale is paid, and is put away. */
export async function goOn(page: Page): Promise<void> {
  await expect(paidOf(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
}

export function newestSale(till: TestConsole): string {
  const sales = readRows<{ id: string }>(
    till,
    "SELECT id FROM transactions WHERE status = 'completed' ORDER BY id DESC LIMIT 1",
  );
  return sales[0]?.id ?? '';
}

/** What each voucher took off each line of a sale, by the name of the item: 'OFF10 Apple 334'. */
export const sharesOf = (till: TestConsole, saleId: string): string[] =>
  readRows<{ share: string }>(
    till,
    `SELECT v.code || ' ' || i.name || ' ' || d.amount_minor AS share
     FROM transaction_discounts d JOIN transaction_items i ON i.id = d.transaction_item_id
     JOIN vouchers v ON v.id = d.source_id
     WHERE d.transaction_id = '${saleId}' ORDER BY v.code, i.position`,
  ).map(({ share }) => share);

/** Chooses these pieces of a sale for a refund, reads what would come back, and gives it; `becomes`: what is said of the voucher. */
export async function refund(
  page: Page,
  saleId: string,
  pieces: readonly string[],
  amount: string,
  becomes: string | null,
): Promise<void> {
  const panel = await openRefund(page, saleId);
  for (const name of pieces) await panel.getByRole('button', { name: `One more ${name}` }).click();
  await panel.getByLabel('Reason').fill('brought back');
  await expect(panel.locator('.refund-sum')).toContainText(`Goes back to the customer${amount}`);
  if (becomes !== null) await expect(panel.locator('.refund-sum')).toContainText(becomes);
  await panel.getByRole('button', { name: `Refund ${amount}` }).click();
  await expect(panel).toBeHidden();
  const receipt = page.getByRole('dialog', { name: /^Receipt / });
  await expect(receipt).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(receipt).toBeHidden();
}

const CLOCK = new URL('./movable-clock.mjs', import.meta.url).href;
const DAY_MS = 86_400_000;

/** Before the console starts: its clock can be put forward. */
export function holdClock(clockFile: string): void {
  writeFileSync(clockFile, '0');
  Object.assign(process.env, { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile });
}

export function freeClock(): void {
  delete process.env.NODE_OPTIONS;
  delete process.env.CLOCK_FILE;
}

/** So many days after the start of the test, for the console and its tab; the manager says that it is so. */
export async function goToDay(page: Page, days: number): Promise<void> {
  const shiftMs = days * DAY_MS;
  writeFileSync(process.env.CLOCK_FILE ?? '', String(shiftMs));
  await page.evaluate((given) => {
    const shifting = globalThis as unknown as { readonly realNow?: () => number };
    const realNow = shifting.realNow ?? Date.now.bind(Date);
    Object.assign(globalThis, { realNow });
    Date.now = () => realNow() + given;
  }, shiftMs);
  const question = page.getByRole('region', { name: 'What time is it?' });
  await expect(question).toContainText('clock jumped to', { timeout: 20_000 });
  await question.getByRole('button', { name: /^Yes, it is/ }).click();
  await expect(question).toBeHidden();
}
