import type { Locator, Page } from '@playwright/test';
import { expect } from './console.ts';
import { orderOf, tileOf } from './shop.ts';

export const paidOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Paid' });

export const paymentOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Payment' });

/** Finds Ana and rings up what is given. */
export async function ringUp(page: Page, names: readonly string[]): Promise<void> {
  await expect(orderOf(page)).toBeVisible();
  await page.keyboard.press('F3');
  await expect(page.getByRole('option').first()).toContainText('Ana Benítez');
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toContainText('Ana Benítez');
  for (const name of names) await tileOf(page, name).click();
}

/** Takes exact cash for what is rung up. */
export async function payCash(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await expect(page.getByRole('button', { name: /^Paid / })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(paidOf(page)).toBeVisible();
}

/** The refund panel of a sale. */
export async function openRefund(page: Page, saleId: string | undefined): Promise<Locator> {
  await page.goto(new URL(`#/till/sale/${saleId}/refund`, page.url()).href);
  return page.getByRole('dialog', { name: /^Refund / });
}
