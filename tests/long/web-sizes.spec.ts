import { SCREEN_STATES } from '../e2e/support/all-screens.ts';
import { expect, test } from '../e2e/support/console.ts';
import { LAYER_STATES } from '../e2e/support/layer-states.ts';
import { dress, Looker } from '../e2e/support/looks.ts';
import { signIn } from '../e2e/support/sample-shop.ts';

// UX 6, UX 10: nothing cut, nothing overlapping, no sideways scroll, from the smallest till to 4K, and where people
// make things larger: a browser's 200 % is half the window, its 400 % of 1280 leaves 320 CSS pixels (WCAG 1.4.10).
// A theme changes no sizes, so only the smallest till is looked at in all four; Spanish, which runs longer, in every
// size. Names, roles and contrast do not change with the size: axe looks at the smallest till, and at the narrowest
// window, where the screens are built otherwise.
const SIZES = [
  { label: '1024x768', width: 1024, height: 768, looks: ['en-light', 'en-dark', 'es-light', 'es-dark'], axe: 'all' },
  { label: '1366x768', width: 1366, height: 768, looks: ['en-dark', 'es-light'], axe: 'none' },
  { label: '1920x1080', width: 1920, height: 1080, looks: ['en-light', 'es-dark'], axe: 'none' },
  { label: '4K', width: 3840, height: 2160, looks: ['es-light'], axe: 'none' },
  { label: '200 % of 1366x768', width: 683, height: 384, looks: ['en-dark', 'es-light'], axe: 'none' },
  { label: '200 % of 1920x1080', width: 960, height: 540, looks: ['es-dark'], axe: 'none' },
  { label: '400 % of 1280x1024', width: 320, height: 256, looks: ['en-light', 'es-dark'], axe: 'all' },
] as const;

for (const { label, width, height, looks, axe } of SIZES) {
  test.describe(label, () => {
    test.use({ isDemo: true, windowSize: { width, height } });
    for (const look of looks) {
      test(`every screen, panel and dialog in ${look}`, async ({ till }) => {
        const { page } = till;
        await expect(page.getByText('Lucía').first()).toBeVisible({ timeout: 60_000 });
        const [language, theme] = look.split('-') as ['en' | 'es', 'light' | 'dark'];
        await dress(page, language, theme);
        const looker = new Looker(page, `${look}-${width}`, { axe });
        await looker.look('sign-in', '#/till');
        await signIn(page, 'Diego');
        await looker.lookAtEach([...SCREEN_STATES, ...LAYER_STATES]);
        expect(looker.problems).toEqual([]);
      });
    }
  });
}
