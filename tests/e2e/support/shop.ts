import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator, Page } from '@playwright/test';
import { expect, type TestConsole } from './console.ts';
import { ask, command } from './page-api.ts';

/** The shop of these tests: guaraníes, in Asunción, taxes in the prices. */
export const SHOP = { name: 'Café Lapacho', country: 'PY', currency: 'PYG', timeZone: 'America/Asuncion' } as const;
export const MANAGER = { name: 'Lucía Duarte', pin: '258025' } as const;
export const CASHIER = { name: 'Jorge Rolón', pin: '7391' } as const;

const NUMBERS = new Intl.NumberFormat('es-PY', { maximumFractionDigits: 0, useGrouping: 'always' } as never);

/** '22.000': an amount or a count as the shop writes it, without its sign and currency. */
export const digits = (value: number): string => NUMBERS.format(Math.abs(value));

/** Goes through the first run as a person does, up to the till. */
export async function openShopByHand(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'English' }).click();
  const country = page.getByRole('combobox', { name: 'Country' });
  await country.fill('Paraguay');
  await page.getByRole('option', { name: 'Paraguay' }).click();
  await expect(page.getByRole('combobox', { name: 'Currency' })).toHaveValue(/^PYG/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Shop name' }).fill(SHOP.name);
  await expect(page.getByRole('combobox', { name: 'Time zone' })).toHaveValue('America/Asuncion');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(MANAGER.name);
  await page.getByLabel('PIN', { exact: true }).fill(MANAGER.pin);
  await page.getByLabel('PIN again').fill(MANAGER.pin);
  await page.getByRole('button', { name: `Open ${SHOP.name}` }).click();
  await page.getByRole('button', { name: 'It is kept safe' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Skip' }).click();
  await page.getByRole('button', { name: 'Open the till' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** Makes the shop and signs its manager in without going through the screens: for tests about what comes after. */
export async function openShop(page: Page): Promise<void> {
  await expect(page.getByRole('heading').first()).toBeVisible();
  const { name: shopName, ...place } = SHOP;
  const settings = { language: 'en', region: 'es-PY', taxMode: 'inclusive', dayStartsAtHour: 4 };
  await command(page, 'setup.createShop', { shopName, ...place, ...settings, manager: MANAGER });
  await page.reload();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

export interface TestProduct {
  readonly name: string;
  readonly priceMinor: number;
  readonly taxBasisPoints?: number;
  readonly barcode?: string;
}

/** Puts products on sale; returns their ids by name. */
export async function addProducts(page: Page, products: readonly TestProduct[]): Promise<Record<string, string>> {
  const { taxRates } = await ask<{ taxRates: { taxRateId: string; rateBasisPoints: number }[] }>(
    page,
    'catalogue.list',
  );
  const ids: Record<string, string> = {};
  for (const { name, priceMinor, taxBasisPoints = 1000, barcode } of products) {
    const { taxRateId } = taxRates.find((rate) => rate.rateBasisPoints === taxBasisPoints) ?? { taxRateId: '' };
    const fixed = { sku: null, categoryId: null, icon: 'coffee', soldByWeight: false };
    const barcodes = barcode === undefined ? [] : [barcode];
    const input = { ...fixed, name, priceMinor, barcodes, taxRateId };
    ids[name] = (await command<{ productId: string }>(page, 'catalogue.saveProduct', input)).productId;
  }
  return ids;
}

/** Enrols a customer; returns id and code. */
export function enrol(page: Page, name: string): Promise<{ customerId: string; code: string }> {
  return command(page, 'customers.enrol', { name, consentMarketing: false });
}

/** Signs somebody in on the sign-in screen. */
export async function signIn(page: Page, { name, pin }: { name: string; pin: string }): Promise<void> {
  const entry = page.getByLabel(`PIN of ${name}`);
  await page.getByRole('button', { name }).first().click();
  await entry.fill(pin);
  if (pin.length < 6) await entry.press('Enter');
  await expect(entry).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible();
}

/** A second window on the same console, signed in: another tab, or another window of the desktop app. */
export async function openSecondWindow(till: TestConsole): Promise<Page> {
  const tab = await till.openSecondTab();
  if (tab !== null) return tab;
  if (till.electron === null) throw new Error('neither a tab nor a window');
  const opened = till.electron.waitForEvent('window');
  await till.electron.evaluate(
    async ({ BrowserWindow }, { preload, url }) => {
      const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
      const webPreferences = { preload, sandbox: true, contextIsolation: true, ...(session ? { session } : {}) };
      await new BrowserWindow({ width: 1440, height: 900, webPreferences }).loadURL(url);
    },
    { preload: `${process.cwd()}/out/preload/index.cjs`, url: new URL('/', till.page.url()).href },
  );
  const window = await opened;
  await signIn(window, MANAGER);
  return window;
}

/** Opens a screen by its link in the rail and waits until it is there: keys pressed before would be lost. */
export async function goTo(
  page: Page,
  screen: 'Till' | 'Customers' | 'Award' | 'Vouchers' | 'Analytics' | 'Trials' | 'Activity',
): Promise<void> {
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen });
  await link.click();
  await expect(link).toHaveAttribute('aria-current', 'page');
  if (screen === 'Till') await expect(page.getByRole('region', { name: 'Items' })).toBeVisible();
}

/** Goes to a screen by its address within the console, as a link would. */
export async function goToAddress(page: Page, address: `#/${string}`): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
}

/** The order of the sale that is being rung up. */
export const orderOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Current sale' });

/** The tile that adds a product to the sale. */
export const tileOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Items' }).getByRole('button', { name: new RegExp(`^${name}, `) });

/** What lies in the database of the console, read by a connection of our own that cannot write. */
export function readRows<Row>(till: TestConsole, sqlText: string): Row[] {
  const db = new DatabaseSync(join(till.dataFolder, 'regulars.sqlite'), { readOnly: true });
  try {
    return db.prepare(sqlText).all() as Row[];
  } finally {
    db.close();
  }
}
