import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './console.ts';

export const LANGUAGES = ['en', 'es'] as const;
export const THEMES = ['light', 'dark'] as const;
type Language = (typeof LANGUAGES)[number];
type Theme = (typeof THEMES)[number];

/** Where the pictures of every screen are kept after a run, for people to look at. */
const SHOTS = join('test-results', 'screens');
const PREFERENCES_KEY = 'regulars.preferences';

/** Sets this window's own language and theme, as Settings does, and loads the page anew. */
export async function dress(page: Page, language: Language, theme: Theme): Promise<void> {
  await page.evaluate(
    ([key, value]) => localStorage.setItem(key ?? '', value ?? ''),
    [PREFERENCES_KEY, JSON.stringify({ language, theme })],
  );
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** Keeps a picture of what is on the screen. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), animations: 'disabled' });
}

/** No rule of WCAG 2.0 to 2.2, A and AA, that axe can check is broken. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(found, where).toEqual([]);
}

/** Nothing scrolls sideways, and nothing sticks out of the window to the right. */
export async function expectNothingCut(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${where}: scrolls sideways by this many pixels`).toBeLessThanOrEqual(0);
}
