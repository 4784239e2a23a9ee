import type { Page } from '@playwright/test';
import { audit } from '../e2e/support/audit.ts';
import { publishCode } from '../e2e/support/campaigns.ts';
import { expect, test } from '../e2e/support/console.ts';
import { giveCode, openCustomerPage } from '../e2e/support/customer-page.ts';
import { expectAccessible, keepPicture } from '../e2e/support/looks.ts';
import { COFFEE, openLoyalShop, PLATTER } from '../e2e/support/loyalty.ts';
import { command } from '../e2e/support/page-api.ts';
import { goTo, orderOf, tileOf } from '../e2e/support/shop.ts';

// UX 12: from a small pole display to 4K and upright, nothing cut, nothing overlapping, no text under 18, the total in sight.
const SIZES = [
  { width: 800, height: 480 },
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
  { width: 1080, height: 1920 },
  { width: 3840, height: 2160 },
] as const;

/** Texts smaller than 18 pixels, and a total that stands outside the window. */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (element === null || text === '' || !element.checkVisibility() || element.closest('.is-hidden-visually'))
        continue;
      if (Number.parseFloat(getComputedStyle(element).fontSize) < 18) found.push(`small: ${text}`);
    }
    const total = document.querySelector('.customer-total .ui-money')?.getBoundingClientRect();
    if (total !== undefined && (total.bottom > window.innerHeight || total.right > window.innerWidth))
      found.push('total');
    return found;
  });

// proves S3-1
test('UX-12: each moment can be read on every size of screen, light and dark; a lost line leaves nothing of a customer', async ({
  till,
}) => {
  const { page } = till;
  const ana = await openLoyalShop(page, 0);
  await command(page, 'settings.update', { changes: { askSatisfactionEvery: 1 } });
  for (const [code, name] of [
    ['BREK10', 'Breakfast 10 %'],
    ['LONG20', 'Two slices of birthday cake for the price of one'],
  ] as const) {
    await publishCode(page, code, { kind: 'percent', rateBasisPoints: 1000 }, { name });
    await command(page, 'vouchers.claim', { code, customerId: ana.customerId, saleId: null });
  }
  await page.reload();
  const tab = await openCustomerPage(till);
  const problems: string[] = [];
  const lookAt = async (moment: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const size of SIZES) {
        await tab.setViewportSize(size);
        const where = `${moment} ${colorScheme} ${size.width}x${size.height}`;
        for (const found of [...(await audit(tab, { targetPixels: 48 })), ...(await tooSmall(tab))])
          problems.push(`${where}: ${found}`);
        await keepPicture(tab, `customer-screen-${where.replaceAll(' ', '-')}`);
      }
      await expectAccessible(tab, `${moment} ${colorScheme}`);
    }
  };

  await goTo(page, 'Till');
  await expect(tab.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await lookAt('idle');
  await tab.getByRole('button', { name: 'Scan your code' }).click();
  await tab.getByRole('radio', { name: 'Type it' }).click();
  await lookAt('scan');
  await giveCode(tab, ana.code);
  await expect(orderOf(page)).toContainText('Ana Benítez');
  for (const name of [COFFEE.name, PLATTER.name]) await tileOf(page, name).click();
  await expect(tab.getByRole('button', { name: 'Use now: Breakfast 10 %' })).toBeVisible();
  await expect(tab.getByRole('dialog')).toBeHidden();
  await lookAt('sale');
  await page.keyboard.press('F9');
  await expect(tab.getByRole('heading', { name: 'Ana, to pay' })).toBeVisible();
  await lookAt('paying');
  expect(problems).toEqual([]);

  await till.kill();
  await expect(tab.getByRole('heading', { name: 'One moment' })).toBeVisible({ timeout: 20_000 });
  await expect(tab.locator('body')).not.toContainText('Ana');
});
