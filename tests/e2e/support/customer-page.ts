import type { Page } from '@playwright/test';
import { expect, type TestConsole } from './console.ts';
import { goToAddress } from './shop.ts';

/** Opens the customer's screen the way a shop does: a window, or in a browser its address, once, in a tab of its own. */
export async function openCustomerPage(till: TestConsole): Promise<Page> {
  const { page, electron } = till;
  await goToAddress(page, '#/settings/devices');
  const opened = electron === null ? page.context().waitForEvent('page') : electron.waitForEvent('window');
  if (electron === null) {
    await page.getByRole('button', { name: 'Make an address for it' }).click();
    await page.getByRole('link', { name: "Open the customer's screen in a new tab" }).click();
  } else {
    await page.getByRole('button', { name: "Open the customer's screen" }).click();
  }
  const customers = await opened;
  if (electron === null) await customers.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByText("A customer's screen follows this till")).toBeVisible();
  return customers;
}

/** Types a code at the customer's screen. */
export async function giveCode(tab: Page, code: string): Promise<void> {
  await tab.getByRole('radio', { name: 'Type it' }).click();
  const field = tab.getByRole('textbox', { name: 'Your code' });
  await field.fill(code);
  await tab.getByRole('button', { name: 'Done' }).click();
}
