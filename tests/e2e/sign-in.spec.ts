import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { SAMPLE_PEOPLE } from './support/sample-shop.ts';

test.use({ isDemo: true });
test.describe.configure({ timeout: 150_000 });

const tileOf = (page: Page, name: keyof typeof SAMPLE_PEOPLE) =>
  page.locator('.sign-in-people').getByRole('button', { name: new RegExp(name) });
const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' });
const person = (page: Page, name: string) => page.locator('.top-person').getByText(name);

/** Types with the pauses of a person: faster than that it is a scan. */
const type = (page: Page, digits: string) => page.keyboard.type(digits, { delay: 90 });

test('a PIN typed with the focus on a tile goes to that person, also at the lock screen', async ({ till }) => {
  const { page } = till;
  await expect(tileOf(page, 'Jorge')).toBeVisible({ timeout: 30_000 });
  await tileOf(page, 'Jorge').focus();
  await type(page, SAMPLE_PEOPLE.Jorge);
  await page.keyboard.press('Enter');
  await expect(navigation(page)).toBeVisible();
  await expect(person(page, 'Jorge')).toBeVisible();

  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
  // The tile that is chosen already keeps the focus when it is pressed; what is typed is a PIN all the same.
  await tileOf(page, 'Jorge').click();
  await type(page, SAMPLE_PEOPLE.Jorge.slice(0, 2));
  await page.keyboard.press('Backspace');
  await type(page, SAMPLE_PEOPLE.Jorge.slice(1));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeHidden();

  await page.keyboard.press('Control+l');
  await tileOf(page, 'Diego').focus();
  await type(page, SAMPLE_PEOPLE.Diego);
  await expect(person(page, 'Diego')).toBeVisible();
});

test('who is chosen in the first moment after a reload stays chosen, and their PIN is taken', async ({ till }) => {
  const { page } = till;
  await expect(tileOf(page, 'Diego')).toBeVisible({ timeout: 30_000 });
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      const tile = [...document.querySelectorAll<HTMLElement>('.sign-in-tile')].find((one) =>
        one.textContent?.includes('Diego'),
      );
      if (tile === undefined) return;
      observer.disconnect();
      tile.click();
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(tileOf(page, 'Diego')).toHaveAttribute('aria-pressed', 'true');
  await type(page, SAMPLE_PEOPLE.Diego.slice(0, 3));
  await page.waitForTimeout(2000);
  await expect(tileOf(page, 'Diego')).toHaveAttribute('aria-pressed', 'true');
  await type(page, SAMPLE_PEOPLE.Diego.slice(3));
  await expect(person(page, 'Diego')).toBeVisible();
});
