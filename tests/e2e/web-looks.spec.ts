import { expect, test } from './support/console.ts';
import { SCREEN_STATES, show } from './support/all-screens.ts';
import { dress, expectAccessible, expectNothingCut, keepPicture, LANGUAGES, THEMES } from './support/looks.ts';
import { signIn } from './support/sample-shop.ts';

test.use({ isDemo: true, windowSize: { width: 1366, height: 768 } });
test.setTimeout(300_000);

for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    test(`every screen in ${language}, ${theme}: axe is clean, nothing is cut, a picture is kept`, async ({ till }) => {
      const { page } = till;
      await expect(page.getByText('Lucía').first()).toBeVisible({ timeout: 30_000 });
      await dress(page, language, theme);
      await expect(page.getByText('Lucía').first()).toBeVisible();
      const problems: string[] = [];
      const look = async (name: string): Promise<void> => {
        const where = `${name}-${language}-${theme}`;
        await keepPicture(page, where);
        for (const check of [expectAccessible, expectNothingCut]) {
          await check(page, where).catch((error: Error) => problems.push(error.message.slice(0, 1500)));
        }
      };
      await look('sign-in');
      await signIn(page, 'Diego');
      for (const state of SCREEN_STATES) {
        await show(page, state);
        await look(state.name);
      }
      expect(problems).toEqual([]);
    });
  }
}
