import type { Page } from '@playwright/test';
import { expect } from './console.ts';

/** People of the sample shop and their PINs. */
export const SAMPLE_PEOPLE = {
  Lucía: '2580',
  Jorge: '2581',
  Diego: '258025',
  Support: '147014',
} as const;

/** Signs somebody of the sample shop in at the sign-in screen. */
export async function signIn(page: Page, name: keyof typeof SAMPLE_PEOPLE): Promise<void> {
  const tile = page.getByRole('button', { name: new RegExp(name) }).first();
  await tile.click();
  await expect(tile).toHaveAttribute('aria-pressed', 'true');
  await page.locator('.ui-pin-input').fill(SAMPLE_PEOPLE[name]);
  if (SAMPLE_PEOPLE[name].length < 6) await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation').first()).toBeVisible();
}
