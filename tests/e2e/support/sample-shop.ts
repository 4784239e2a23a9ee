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
  // The screen is drawn anew once when its words have been loaded: choose until the greeting stays.
  await expect(async () => {
    await page.getByText(new RegExp(name)).first().click();
    await page.waitForTimeout(700);
    await expect(page.getByText(new RegExp(`, ${name}`)).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.type(SAMPLE_PEOPLE[name], { delay: 120 });
  const navigation = page.getByRole('navigation').first();
  await page.waitForTimeout(400);
  if (!(await navigation.isVisible())) await page.keyboard.press('Enter');
  await expect(navigation).toBeVisible();
}
