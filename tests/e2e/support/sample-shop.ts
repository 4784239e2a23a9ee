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
  const navigation = page.getByRole('navigation').first();
  // The screen is drawn anew while its words and people are being loaded; a choice made in that moment is lost.
  await expect(async () => {
    await page.waitForTimeout(1200);
    const tile = page.getByRole('button', { name: new RegExp(name) }).first();
    await tile.click();
    await expect(tile).toHaveAttribute('aria-pressed', 'true', { timeout: 1000 });
    await page.locator('.ui-pin-input').fill(SAMPLE_PEOPLE[name]);
    if (SAMPLE_PEOPLE[name].length < 6) await page.keyboard.press('Enter');
    await expect(navigation).toBeVisible({ timeout: 6000 });
  }).toPass({ timeout: 40_000 });
}
