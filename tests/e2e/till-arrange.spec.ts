import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { dress, expectAccessible, keepPicture } from './support/looks.ts';
import { signIn } from './support/sample-shop.ts';

test.use({ isDemo: true, windowSize: { width: 1024, height: 768 } });
test.describe.configure({ timeout: 150_000 });

const tilesOf = (page: Page) => page.locator('.arrange-grid .till-tile');
const namesOf = async (page: Page, selector: string): Promise<string[]> =>
  (await page.locator(`${selector} .till-tile-name`).allInnerTexts()).slice(0, 4);
const button = (page: Page, name: string) => page.locator('.arrange').getByRole('button', { name, exact: true });

async function openArranging(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Till menu' }).click();
  await page.getByRole('menuitem', { name: 'Arrange tiles' }).click();
  await expect(tilesOf(page).first()).toBeVisible();
}

test('a manager arranges the favourites by buttons, by keys and by dragging; the till shows them so', async ({
  till,
}) => {
  const { page } = till;
  await signIn(page, 'Diego');
  await openArranging(page);
  expect(await namesOf(page, '.arrange-grid')).toEqual(['Flat white', 'Espresso', 'Cappuccino', 'Latte']);

  await test.step('by buttons, and taken back', async () => {
    await tilesOf(page).nth(1).click();
    await expect(page.getByText('Espresso, place 2 of 20')).toBeVisible();
    await button(page, 'Earlier').click();
    await expect.poll(() => namesOf(page, '.arrange-grid')).toEqual(['Espresso', 'Flat white', 'Cappuccino', 'Latte']);
    await expect(button(page, 'Earlier')).toBeDisabled();
    await keepPicture(page, 'till-arrange-light');
    if (till.electron === null) await expectAccessible(page, 'arranging tiles');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => namesOf(page, '.arrange-grid')).toEqual(['Flat white', 'Espresso', 'Cappuccino', 'Latte']);
  });

  await test.step('by keys: the grip is taken by Enter, moved by arrows and let go by Enter', async () => {
    // Taken while the last change is still being saved, a tile is let go again by the list that comes back.
    await expect(async () => {
      await tilesOf(page).first().getByRole('button').focus();
      await page.keyboard.press('Enter');
      await expect(page.locator('.react-aria-DropIndicator').first()).toBeAttached({ timeout: 1500 });
    }).toPass({ timeout: 15_000 });
    await page.waitForTimeout(300);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(300);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await namesOf(page, '.arrange-grid'))[0]).not.toBe('Flat white');
  });

  await test.step('by dragging', async () => {
    const before = await namesOf(page, '.arrange-grid');
    await tilesOf(page)
      .nth(3)
      .dragTo(tilesOf(page).first(), { targetPosition: { x: 4, y: 40 } });
    await expect.poll(async () => (await namesOf(page, '.arrange-grid'))[0]).toBe(before[3]);
  });

  await test.step('taken out, and another one put in', async () => {
    const last = page.locator('.arrange-grid .till-tile-name').last();
    await tilesOf(page).last().click();
    await page.keyboard.press('Delete');
    await expect(tilesOf(page)).toHaveCount(19);
    const found = page.locator('.arrange-row').first();
    const name = (await found.locator('b').innerText()).trim();
    await page.getByRole('searchbox', { name: 'Find an item to add' }).fill(name.toLowerCase());
    await expect(found).toContainText(name);
    await found.click();
    await expect(tilesOf(page)).toHaveCount(20);
    await expect(last).toHaveText(name);
  });

  const arranged = await namesOf(page, '.arrange-grid');
  await page.getByRole('button', { name: 'Back to the till' }).click();
  await expect.poll(() => namesOf(page, '.till-grid')).toEqual(arranged);
  await page.reload();
  await expect.poll(() => namesOf(page, '.till-grid')).toEqual(arranged);
  await dress(page, 'es', 'dark');
  await page.evaluate(() => {
    window.location.hash = '#/till/tiles';
  });
  await expect(tilesOf(page).first()).toBeVisible();
  await keepPicture(page, 'till-arrange-dark');
});

test('a cashier does not find it in the menu, and its address says who may', async ({ till }) => {
  const { page } = till;
  await signIn(page, 'Lucía');
  await page.getByRole('button', { name: 'Till menu' }).click();
  await expect(page.getByRole('menuitem', { name: 'Held sales' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Arrange tiles' })).toBeHidden();
  await page.keyboard.press('Escape');
  await page.evaluate(() => {
    window.location.hash = '#/till/tiles';
  });
  await expect(page.getByText('Your role does not arrange the tiles')).toBeVisible();
});
