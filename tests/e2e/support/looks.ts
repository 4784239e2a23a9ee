import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type ScreenState, show } from './all-screens.ts';
import { audit } from './audit.ts';
import { expect } from './console.ts';

type Language = 'en' | 'es';
type Theme = 'light' | 'dark';

/** Where the pictures of every screen are kept after a run, for people to look at. */
const SHOTS = join('test-results', 'screens');
const PREFERENCES_KEY = 'regulars.preferences';

/** Sets this window's own language, theme and scale, as Settings does, and loads the page anew. */
export async function dress(
  page: Page,
  language: Language,
  theme: Theme,
  scalePercent: number | null = null,
): Promise<void> {
  // A tab that is reloaded before it is paired has used its address up.
  await expect(page.getByRole('heading').first()).toBeVisible();
  await page.evaluate(
    ([key, value]) => localStorage.setItem(key ?? '', value ?? ''),
    [PREFERENCES_KEY, JSON.stringify({ language, theme, scalePercent })],
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

/** What axe finds against WCAG 2.0 to 2.2, A and AA, each rule with what breaks it. */
async function breachesOf(page: Page, unasked: readonly string[] = []): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .disableRules([...unasked])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** No rule of WCAG 2.0 to 2.2, A and AA, that axe can check is broken. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  expect(await breachesOf(page), where).toEqual([]);
}

/** What axe is asked on each state; without contrast where the colours are the person's own and not the page's. */
type AxeDepth = 'all' | 'no-contrast' | 'none';

/** Counter screens take a finger of 48 pixels, the others one of 44 (UX 10). */
const targetFor = (address: string): number => (/^#\/(till|award|customers|vouchers)/.test(address) ? 48 : 44);

/** Keeps a picture of a state and looks at it: what axe finds, what is cut, covered or too small. Collects problems. */
export class Looker {
  readonly problems: string[] = [];
  readonly #page: Page;
  readonly #suffix: string;
  readonly #axe: AxeDepth;

  constructor(page: Page, suffix: string, { axe = 'all' }: { axe?: AxeDepth } = {}) {
    this.#page = page;
    this.#suffix = suffix;
    this.#axe = axe;
  }

  /** Goes to each state in turn and looks at it. */
  async lookAtEach(states: readonly ScreenState[]): Promise<void> {
    for (const state of states) {
      await show(this.#page, state);
      await this.look(state.name, state.address);
    }
  }

  /** `address` tells counter screens from others; empty for what stands before them. */
  async look(name: string, address = ''): Promise<void> {
    const where = `${name}-${this.#suffix}`;
    await keepPicture(this.#page, where);
    if (this.#axe !== 'none') {
      const breaches = await breachesOf(this.#page, this.#axe === 'all' ? [] : ['color-contrast']);
      this.problems.push(...breaches.map((breach) => `${where}: ${breach}`));
    }
    const found = await audit(this.#page, { targetPixels: targetFor(address) });
    this.problems.push(...found.map((problem) => `${where}: ${problem}`));
  }
}
