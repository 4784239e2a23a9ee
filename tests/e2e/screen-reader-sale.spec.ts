import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, digits, enrol, openShop, orderOf } from './support/shop.ts';

// What a screen reader is given, not what one says: no screen reader runs here.

interface Heard {
  readonly how: string;
  readonly words: string;
}

/** Notes what live regions say from now on: their words after each change, and how urgently. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: Heard[] = [];
    Object.assign(window, { heard });
    const regionOf = (node: Node): Element | null =>
      (node instanceof Element ? node : node.parentElement)?.closest('[aria-live], [role=status], [role=alert]') ??
      null;
    const note = (region: Element): void => {
      const isUrgent = region.getAttribute('role') === 'alert' || region.getAttribute('aria-live') === 'assertive';
      const words = (region.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
      const how = isUrgent ? 'assertive' : 'polite';
      if (words !== '' && region.closest('[inert]') === null) heard.push({ how, words });
    };
    new MutationObserver((changes) => {
      const regions = new Set<Element>();
      for (const change of changes) {
        const around = regionOf(change.target);
        if (around !== null) regions.add(around);
        for (const node of change.addedNodes) {
          if (!(node instanceof Element)) continue;
          for (const region of node.querySelectorAll('[aria-live], [role=status], [role=alert]')) regions.add(region);
        }
      }
      for (const region of regions) note(region);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

const heardSoFar = (page: Page): Promise<Heard[]> =>
  page.evaluate(() => (window as never as { heard: Heard[] }).heard.splice(0));

/** Waits until something was announced that has these words. */
async function expectHeard(page: Page, words: RegExp, how: 'polite' | 'assertive' = 'polite'): Promise<void> {
  const all: Heard[] = [];
  await expect
    .poll(async () => {
      all.push(...(await heardSoFar(page)));
      return all.some((each) => each.how === how && words.test(each.words)) ? 'heard' : JSON.stringify(all);
    })
    .toBe('heard');
}

/** What the focus is on, as assistive technology names it. */
const focused = (page: Page) => page.locator(':focus');

test('UX 7: a sale by screen reader: the scan, the item, the total and the change are announced', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [{ name: 'Flat white', priceMinor: 22_000 }]);
  const { code } = await enrol(page, 'Ana Benítez');
  await command(page, 'till.openShift', { floatMinor: 0 });
  await page.reload();
  await expect(orderOf(page)).toBeVisible();
  await expect(page.getByRole('banner').or(page.getByRole('main')).first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Till' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(
    page.getByRole('region', { name: 'Items' }).getByRole('button', { name: /^Flat white, / }),
  ).toBeVisible();
  await listen(page);

  await scannerType(page, code);
  await expectHeard(page, /Ana Benítez/);

  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog', { name: 'Find item' })).toBeVisible();
  await expect(focused(page)).toHaveRole('combobox');
  await page.keyboard.type('flat', { delay: 80 });
  const option = page.getByRole('option', { name: /Flat white/ });
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await expect(focused(page)).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id')) ?? 'none');
  await page.keyboard.press('Enter');
  await expectHeard(page, new RegExp(digits(22_000).replace('.', '\\.')));
  await expect(orderOf(page).getByRole('button', { name: 'One more Flat white' })).toBeVisible();
  await expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toBeEnabled();

  await page.keyboard.press('F9');
  await expect(page.getByRole('complementary', { name: 'Payment' })).toBeVisible();
  await expect(focused(page)).toHaveAccessibleName(/^Paid /);
  await page.keyboard.type('50000', { delay: 80 });
  await expectHeard(page, new RegExp(digits(28_000).replace('.', '\\.')));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Paid' })).toBeVisible();
  await expectHeard(
    page,
    new RegExp(`Change.*${digits(28_000).replace('.', '\\.')}|${digits(28_000).replace('.', '\\.')}.*change`, 'i'),
  );
  await expect(focused(page)).toHaveAccessibleName(/New sale/);
});

test('UX 7: what the till does not know is announced at once, and the focus stays where it was', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [{ name: 'Flat white', priceMinor: 22_000 }]);
  await expect(orderOf(page)).toBeVisible();
  await page.getByRole('button', { name: /^Flat white, / }).focus();
  await listen(page);
  await scannerType(page, '7840000000019');
  await expectHeard(page, /7840000000019|not known/i, 'assertive');
  await expect(focused(page)).toHaveAccessibleName(/^Flat white, /);
});
