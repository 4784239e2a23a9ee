import { SCREEN_STATES, show } from '../e2e/support/all-screens.ts';
import { expect, test } from '../e2e/support/console.ts';
import { dress, expectAccessible, expectNothingCut, keepPicture, LANGUAGES, THEMES } from '../e2e/support/looks.ts';
import { signIn } from '../e2e/support/sample-shop.ts';

// UX 6: nothing cut, nothing overlapping, no sideways scroll, from the smallest till to 4K, in both languages and themes.
const SIZES = [
  { width: 1024, height: 768 },
  { width: 1920, height: 1080 },
  { width: 3840, height: 2160 },
] as const;

for (const size of SIZES) {
  test.describe(`${size.width}x${size.height}`, () => {
    test.use({ isDemo: true, windowSize: size });
    for (const language of LANGUAGES) {
      for (const theme of THEMES) {
        test(`every screen in ${language}, ${theme}`, async ({ till }) => {
          const { page } = till;
          await expect(page.getByText('Lucía').first()).toBeVisible({ timeout: 60_000 });
          await dress(page, language, theme);
          await signIn(page, 'Diego');
          const problems: string[] = [];
          for (const state of SCREEN_STATES) {
            await show(page, state);
            const where = `${state.name}-${language}-${theme}-${size.width}`;
            await keepPicture(page, where);
            for (const check of [expectAccessible, expectNothingCut]) {
              await check(page, where).catch((error: Error) => problems.push(error.message.slice(0, 1500)));
            }
          }
          expect(problems).toEqual([]);
        });
      }
    }
  });
}
