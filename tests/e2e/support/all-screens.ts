import type { Page } from '@playwright/test';
import { standStill } from './stand-still.ts';

/** A state of a screen that people see: how to get there from anywhere. */
export interface ScreenState {
  readonly name: string;
  readonly address: string;
  readonly arrange?: (page: Page) => Promise<void>;
}

const settings = (page: string): ScreenState => ({ name: `settings-${page}`, address: `#/settings/${page}` });

/** Every screen with what it mostly shows. Selectors are words-free, so that they hold in both languages. */
export const SCREEN_STATES: readonly ScreenState[] = [
  { name: 'till-empty', address: '#/till' },
  {
    name: 'till-cart',
    address: '#/till',
    arrange: async (page) => {
      const tiles = page.locator('.till-tile');
      for (const index of [0, 0, 8, 4]) await tiles.nth(index).click();
    },
  },
  { name: 'till-find', address: '#/till', arrange: (page) => page.keyboard.press('F2') },
  { name: 'till-payment', address: '#/till', arrange: (page) => page.keyboard.press('F9') },
  { name: 'till-sales', address: '#/till/sales' },
  { name: 'customers', address: '#/customers' },
  {
    name: 'customer-page',
    address: '#/customers',
    arrange: async (page) => {
      await page.locator('.customers-row').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'gift-cards', address: '#/customers/gift-cards' },
  { name: 'award', address: '#/award' },
  { name: 'vouchers', address: '#/vouchers' },
  { name: 'today', address: '#/today' },
  { name: 'experiments', address: '#/experiments' },
  { name: 'activity', address: '#/activity' },
  { name: 'alerts', address: '#/alerts' },
  ...[
    'till',
    'shop',
    'catalogue',
    'programme',
    'value',
    'staff',
    'devices',
    'sounds',
    'language',
    'appearance',
    'backups',
    'about',
  ].map(settings),
  ...['terms', 'tiers', 'rewards', 'what-if', 'owed', 'versions'].map((part) => ({
    name: `programme-${part}`,
    address: `#/settings/programme/main/${part}`,
  })),
];

/** Goes to a state, waits until it stands still, and leaves dialogs of the one before behind. */
export async function show(page: Page, state: ScreenState): Promise<void> {
  await page.keyboard.press('Escape');
  await page.evaluate((address) => {
    window.location.hash = address;
  }, state.address);
  await standStill(page);
  await state.arrange?.(page);
  await standStill(page);
}
