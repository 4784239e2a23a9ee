import type { Page } from '@playwright/test';
import type { ScreenState } from './all-screens.ts';
import { standStill } from './stand-still.ts';

type Arrange = (page: Page) => Promise<void>;

const press =
  (...keys: readonly string[]): Arrange =>
  async (page) => {
    for (const key of keys) await page.keyboard.press(key);
  };

const click =
  (...selectors: readonly string[]): Arrange =>
  async (page) => {
    for (const selector of selectors) await page.locator(selector).first().click();
  };

const after =
  (first: Arrange, then: Arrange): Arrange =>
  async (page) => {
    await first(page);
    await then(page);
  };

/** The last of the buttons that add something. */
const openLast: Arrange = async (page) => page.locator('.settings-add button').last().click();

/** Lets one item lie in the sale, whatever lay in it before. */
async function ringUp(page: Page): Promise<void> {
  if (await page.locator('.paid').isVisible()) await page.keyboard.press('Enter');
  await page.locator('.order').waitFor();
  if ((await page.locator('.order-line').count()) === 0) await page.locator('.till-tile').first().click();
}

async function openCustomer(page: Page): Promise<void> {
  await page.locator('.customers-row').first().waitFor();
  await press('ArrowDown', 'Enter')(page);
  await page.locator('.customer-head').waitFor();
}

/** The credit of the first customer, which stands on a tab of its own where there is no room beside the timeline. */
async function openCredit(page: Page): Promise<void> {
  await openCustomer(page);
  const tab = page.locator('.customer-tabs .ui-segment').nth(1);
  if (await tab.isVisible()) await tab.click();
  await click('.customer-wallet [data-account] .ui-button')(page);
}

/** Beside the list where there is room, else behind a button. */
async function showEnrol(page: Page): Promise<void> {
  const opener = page.locator('.customers-bar .customers-new-button');
  if (await opener.isVisible()) await opener.click();
  await click('.customers-more')(page);
}

/** The newest sale that can be given back; the newest of the sample is an award without lines. */
async function openSale(page: Page): Promise<void> {
  for (const place of [0, 1, 2, 3, 4]) {
    await click(`.sales-row >> nth=${place}`)(page);
    await page.locator('.sale-head').waitFor();
    if (await page.locator('.sale-actions .kind-primary').isVisible()) return;
    if (!(await page.locator('.sales-row').first().isVisible())) await page.goBack();
  }
}

/** Charges what lies in the sale; the first time of a day the drawer is opened before. */
export async function charge(page: Page): Promise<void> {
  await ringUp(page);
  await standStill(page);
  await page.keyboard.press('F9');
  const opening = page.locator('.ui-dialog .kind-primary');
  await opening.or(page.locator('.pay')).first().waitFor();
  if (await opening.isVisible()) await opening.click();
  await page.locator('.pay-methods').waitFor();
}

/** All of the newest sale is to come back. */
async function openRefund(page: Page): Promise<void> {
  await openSale(page);
  await click('.sale-actions .kind-primary', '.refund .kind-plain')(page);
}

/** What is to come back pays for something else. */
async function exchange(page: Page): Promise<void> {
  await page.locator('.refund input').fill('-');
  await click('.ui-dialog-foot button')(page);
  await page.locator('.till-notice').waitFor({ state: 'attached' });
}

/**
 * Panels, sheets and dialogs over the screens, and the people and sales they are about, in the sample shop with a
 * manager signed in. Selectors are words-free, so that they hold in both languages.
 */
export const LAYER_STATES: readonly ScreenState[] = [
  { name: 'palette', address: '#/till', arrange: press('Control+k') },
  { name: 'help', address: '#/till', arrange: press('F1') },
  {
    name: 'help-found',
    address: '#/vouchers',
    arrange: async (page) => {
      await press('F1')(page);
      await page.locator('.help input').fill('PIN');
      await page.locator('.help-rows').waitFor();
    },
  },
  { name: 'person-menu', address: '#/till', arrange: click('.top-person') },
  { name: 'scanner', address: '#/till', arrange: click('button.top-chip') },
  { name: 'till-find-customer', address: '#/till', arrange: press('F3') },
  {
    name: 'till-customer',
    address: '#/till',
    arrange: async (page) => {
      await ringUp(page);
      await press('F3')(page);
      await standStill(page);
      await press('ArrowDown', 'Enter')(page);
    },
  },
  {
    name: 'till-line',
    address: '#/till',
    arrange: after(ringUp, click('.order-line-body')),
  },
  { name: 'till-discount', address: '#/till', arrange: after(ringUp, press('F8')) },
  { name: 'till-vouchers', address: '#/till', arrange: after(ringUp, press('F6')) },
  { name: 'till-gift-card', address: '#/till', arrange: after(charge, click('.pay-methods button:nth-child(5)')) },
  { name: 'till-held', address: '#/till', arrange: press('Shift+F7') },
  { name: 'till-charge', address: '#/till', arrange: charge },
  {
    name: 'till-paid',
    address: '#/till',
    arrange: async (page) => {
      await charge(page);
      await standStill(page);
      await press('Enter')(page);
      await page.locator('.paid').waitFor();
    },
  },
  {
    name: 'till-card',
    address: '#/till',
    arrange: async (page) => {
      await charge(page);
      await click('.pay-methods [role=radio]:nth-child(2), .pay-methods button:nth-child(2)')(page);
    },
  },
  { name: 'till-shift', address: '#/till/shift' },
  { name: 'sale', address: '#/till/sales', arrange: openSale },
  {
    name: 'sale-receipt',
    address: '#/till/sales',
    arrange: after(openSale, click('.sale-actions .kind-plain')),
  },
  {
    name: 'sale-refund',
    address: '#/till/sales',
    arrange: openRefund,
  },
  {
    name: 'sale-receipt-why',
    address: '#/till/sales',
    arrange: after(openSale, click('.sale-actions .kind-plain', '[role=dialog] summary')),
  },
  {
    name: 'sale-refund-why',
    address: '#/till/sales',
    arrange: after(openRefund, click('.refund summary')),
  },
  { name: 'till-exchange', address: '#/till/sales', arrange: after(openRefund, exchange) },
  {
    name: 'till-exchange-settled',
    address: '#/till/sales',
    arrange: async (page) => {
      await openRefund(page);
      await exchange(page);
      await ringUp(page);
      await standStill(page);
      await press('F9')(page);
      await page.locator('.pay').waitFor();
    },
  },
  {
    name: 'customer-why',
    address: '#/customers',
    arrange: after(openCustomer, click('.customer-balance-why')),
  },
  {
    name: 'customer-menu',
    address: '#/customers',
    arrange: after(openCustomer, click('.customer-actions .ui-icon-button')),
  },
  {
    name: 'customer-edit',
    address: '#/customers',
    arrange: after(openCustomer, click('.customer-actions .ui-icon-button', '.ui-list-item')),
  },
  {
    name: 'customer-card',
    address: '#/customers',
    arrange: after(openCustomer, click('.customer-actions .ui-icon-button', '.ui-list-item >> nth=1')),
  },
  { name: 'customer-credit', address: '#/customers', arrange: openCredit },
  {
    name: 'customer-voucher',
    address: '#/customers',
    arrange: after(openCustomer, click('.customer-actions > .ui-button')),
  },
  {
    name: 'customers-nobody',
    address: '#/customers',
    arrange: (page) => page.keyboard.type('zzqx Ana 0981', { delay: 90 }),
  },
  { name: 'enrol', address: '#/customers', arrange: showEnrol },
  { name: 'voucher-new', address: '#/vouchers/new' },
  {
    name: 'voucher-when',
    address: '#/vouchers/new',
    arrange: click('.voucher-templates button', '.voucher-editor .ui-segment >> nth=1'),
  },
  { name: 'customers-import', address: '#/customers/import' },
  {
    name: 'award-customer',
    address: '#/award',
    arrange: async (page) => {
      await page.locator('.award input').first().fill('Ana');
      await standStill(page);
      await press('ArrowDown', 'Enter')(page);
      await standStill(page);
      await page.keyboard.type('50000', { delay: 90 });
    },
  },
  {
    name: 'voucher-conditions',
    address: '#/vouchers/new',
    arrange: click(
      '.voucher-templates button',
      '.voucher-editor .ui-segment >> nth=2',
      '.voucher-conditions-add button',
      '.rule-add button >> nth=1',
    ),
  },
  { name: 'today-menu', address: '#/today', arrange: click('.analytics-panels .ui-icon-button') },
  { name: 'activity-detail', address: '#/activity', arrange: click('.ui-table tbody tr') },
  { name: 'product', address: '#/settings/catalogue', arrange: click('.settings-row') },
  {
    name: 'categories',
    address: '#/settings/catalogue',
    arrange: click('.settings-tabs [role=tab]:nth-child(2), .settings-tabs button:nth-child(2)'),
  },
  { name: 'products-import', address: '#/settings/catalogue', arrange: click('.settings-head .kind-plain') },
  { name: 'person', address: '#/settings/staff', arrange: click('.settings-row') },
  { name: 'programme-rule', address: '#/settings/programme/main', arrange: click('.settings-page .settings-row') },
  { name: 'programme-promotion', address: '#/settings/programme/main', arrange: openLast },
  { name: 'programme-reward', address: '#/settings/programme/main/rewards', arrange: openLast },
  {
    name: 'programme-version',
    address: '#/settings/programme/main/versions',
    arrange: click('.settings-page .settings-row'),
  },
];
