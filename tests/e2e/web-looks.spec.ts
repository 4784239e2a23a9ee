import { SCREEN_STATES } from './support/all-screens.ts';
import { lookFromTheStart } from './support/conditions.ts';
import { expect, test } from './support/console.ts';
import { LAYER_STATES } from './support/layer-states.ts';
import { dress, Looker } from './support/looks.ts';
import { signIn } from './support/sample-shop.ts';

test.setTimeout(300_000);

/** What a few seconds allow here; the long tests look at every one of them, in every size, language and theme. */
const QUICK_LAYERS = new Set(
  'palette help person-menu till-customer till-discount till-vouchers till-charge till-gift-card till-paid sale-refund customer-edit customer-credit customer-voucher enrol award-customer product'.split(
    ' ',
  ),
);

test.describe('the sample shop', () => {
  test.use({ isDemo: true, windowSize: { width: 1366, height: 768 } });

  // One language and theme here; the long tests look at all four, in every size and at 200 and 400 % zoom.
  test('every screen in es, dark: axe is clean, nothing is cut, a picture is kept', async ({ till }) => {
    const { page } = till;
    await expect(page.getByText('Lucía').first()).toBeVisible({ timeout: 30_000 });
    await dress(page, 'es', 'dark');
    await expect(page.getByText('Lucía').first()).toBeVisible();
    const looker = new Looker(page, 'es-dark');
    await looker.look('sign-in', '#/till');
    await signIn(page, 'Diego');
    await looker.lookAtEach(SCREEN_STATES);
    expect(looker.problems).toEqual([]);
  });

  test('panels, sheets and dialogs: axe is clean, nothing is cut, a picture is kept', async ({ till }) => {
    const { page } = till;
    await dress(page, 'es', 'dark');
    await signIn(page, 'Diego');
    const looker = new Looker(page, 'es-dark');
    await looker.lookAtEach(LAYER_STATES.filter(({ name }) => QUICK_LAYERS.has(name)));
    expect(looker.problems).toEqual([]);
  });
});

test.describe('an empty console', () => {
  test.use({ windowSize: { width: 1366, height: 768 } });

  test('the first run step by step, and every screen before anything was done: axe is clean, nothing is cut', async ({
    till,
  }) => {
    const looker = new Looker(till.page, 'en-light');
    await lookFromTheStart(till.page, looker);
    expect(looker.problems).toEqual([]);
  });
});
