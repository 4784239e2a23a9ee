import type { Page } from '@playwright/test';
import { SCREEN_STATES, show } from '../e2e/support/all-screens.ts';
import { lookAtClosedDoors, lookWhileFailing, lookWhileLoading } from '../e2e/support/conditions.ts';
import { expect, test } from '../e2e/support/console.ts';
import { LAYER_STATES } from '../e2e/support/layer-states.ts';
import { dress, LANGUAGES, Looker, THEMES } from '../e2e/support/looks.ts';
import { signIn } from '../e2e/support/sample-shop.ts';

// UX 6, UX 10: nothing cut, nothing overlapping, no sideways scroll, from the smallest till to 4K, and where people
// make things larger: a browser's 200 % is half the window.
const SIZES = [
  { label: '1024x768', width: 1024, height: 768 },
  { label: '1366x768', width: 1366, height: 768 },
  { label: '1920x1080', width: 1920, height: 1080 },
  { label: '4K', width: 3840, height: 2160 },
  { label: '200 % of 1366x768', width: 683, height: 384 },
  { label: '200 % of 1920x1080', width: 960, height: 540 },
] as const;

async function lookAtEverything(page: Page, looker: Looker): Promise<void> {
  await signIn(page, 'Diego');
  for (const state of [...SCREEN_STATES, ...LAYER_STATES]) {
    await show(page, state);
    await looker.look(state.name, state.address);
  }
}

/** A theme changes no sizes: the smallest till is looked at in both, the other sizes in one theme for each language. */
function looksAt(index: number) {
  const every = LANGUAGES.flatMap((language) => THEMES.map((theme) => ({ language, theme })));
  if (index === 0) return every;
  return every.filter(({ language, theme }) => (LANGUAGES.indexOf(language) + THEMES.indexOf(theme) + index) % 2 === 0);
}

for (const [index, { label, ...size }] of SIZES.entries()) {
  test.describe(label, () => {
    test.use({ isDemo: true, windowSize: size });
    for (const { language, theme } of looksAt(index)) {
      test(`every screen, panel and dialog in ${language}, ${theme}`, async ({ till }) => {
        const { page } = till;
        await expect(page.getByText('Lucía').first()).toBeVisible({ timeout: 60_000 });
        await dress(page, language, theme);
        const looker = new Looker(page, `${language}-${theme}-${size.width}`);
        await looker.look('sign-in', '#/till');
        await lookAtEverything(page, looker);
        expect(looker.problems).toEqual([]);
      });
    }
  });
}

test.describe('what people set for themselves', () => {
  test.use({ isDemo: true, windowSize: { width: 1366, height: 768 } });

  test('the interface at 150 %: every screen', async ({ till }) => {
    const { page } = till;
    await dress(page, 'es', 'light', 150);
    const looker = new Looker(page, 'es-light-scale150');
    await lookAtEverything(page, looker);
    expect(looker.problems).toEqual([]);
  });
});

test.describe('what goes wrong, in both languages and themes', () => {
  for (const [language, theme] of [
    ['en', 'dark'],
    ['es', 'light'],
  ] as const) {
    test.describe('of the sample shop', () => {
      test.use({ isDemo: true, windowSize: { width: 1024, height: 768 } });
      test(`loading, failing, locked, not allowed in ${language}, ${theme}`, async ({ till }) => {
        const { page } = till;
        await dress(page, language, theme);
        await signIn(page, 'Diego');
        const looker = new Looker(page, `${language}-${theme}-1024`);
        await lookWhileLoading(page, looker);
        await lookWhileFailing(page, looker);
        await lookAtClosedDoors(page, looker);
        expect(looker.problems).toEqual([]);
      });
    });
  }
});
