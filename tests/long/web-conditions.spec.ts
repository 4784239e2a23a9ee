import {
  lookAtClosedDoors,
  lookAtOverride,
  lookFromTheStart,
  lookWhileFailing,
  lookWhileLoading,
  lookWhileOffline,
} from '../e2e/support/conditions.ts';
import { expect, test } from '../e2e/support/console.ts';
import { dress, Looker } from '../e2e/support/looks.ts';
import { signIn } from '../e2e/support/sample-shop.ts';

// UX 9: what is seen before anything was done, and when something goes wrong. The fast tests look at the first run in
// English and light.
for (const [language, theme] of [
  ['en', 'dark'],
  ['es', 'light'],
  ['es', 'dark'],
] as const) {
  test.describe(`of the sample shop in ${language}, ${theme}`, () => {
    test.use({ isDemo: true, windowSize: { width: 1024, height: 768 } });
    test('loading, failing, locked, not allowed', async ({ till }) => {
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
  test(`the first run, and a shop without anything in ${language}, ${theme}`, async ({ till }) => {
    await dress(till.page, language, theme);
    const looker = new Looker(till.page, `${language}-${theme}-1440`);
    await lookFromTheStart(till.page, looker);
    expect(looker.problems).toEqual([]);
  });
}

test.describe('the sample shop, for a cashier', () => {
  test.use({ isDemo: true, windowSize: { width: 1366, height: 768 } });
  test('loading, failing, offline, locked, not allowed: axe is clean, nothing is cut', async ({ till }) => {
    const { page } = till;
    await dress(page, 'en', 'light');
    await signIn(page, 'Lucía');
    const looker = new Looker(page, 'en-light');
    await lookAtOverride(page, looker);
    await lookWhileLoading(page, looker);
    await lookWhileFailing(page, looker);
    await lookWhileOffline(page, looker);
    await lookAtClosedDoors(page, looker);
    expect(looker.problems).toEqual([]);
  });
});
