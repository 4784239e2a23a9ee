import type { Page } from '@playwright/test';
import { SCREEN_STATES, show } from '../e2e/support/all-screens.ts';
import { expect, test } from '../e2e/support/console.ts';
import { LAYER_STATES } from '../e2e/support/layer-states.ts';
import { dress, Looker } from '../e2e/support/looks.ts';
import { signIn } from '../e2e/support/sample-shop.ts';

// UX 10: what people set for themselves, in the console, the browser or the system, takes nothing away.
test.use({ isDemo: true, windowSize: { width: 1366, height: 768 } });

const EVERY_STATE = [...SCREEN_STATES, ...LAYER_STATES];

test('the interface at 150 %: every screen', async ({ till }) => {
  const { page } = till;
  await dress(page, 'es', 'light', 150);
  await signIn(page, 'Diego');
  const looker = new Looker(page, 'es-light-scale150', { axe: 'none' });
  await looker.lookAtEach(EVERY_STATE);
  expect(looker.problems).toEqual([]);
});

test('forced colours: every screen, with axe, and what can be pressed or typed into keeps an edge', async ({
  till,
}) => {
  const { page } = till;
  await page.emulateMedia({ forcedColors: 'active' });
  await dress(page, 'en', 'light');
  await signIn(page, 'Diego');
  const looker = new Looker(page, 'en-forced', { axe: 'no-contrast' });
  const bare: string[] = [];
  for (const state of EVERY_STATE) {
    await show(page, state);
    await looker.look(state.name, state.address);
    bare.push(...(await withoutEdge(page)).map((each) => `${state.name}: ${each}`));
  }
  expect([...looker.problems, ...bare]).toEqual([]);
});

test('text spacing (WCAG 1.4.12): every screen', async ({ till }) => {
  const { page } = till;
  await dress(page, 'es', 'light');
  await signIn(page, 'Diego');
  await spaceText(page);
  const looker = new Looker(page, 'es-spaced', { axe: 'none' });
  await looker.lookAtEach(EVERY_STATE);
  expect(looker.problems).toEqual([]);
});

test('reduced motion: nothing moves on any screen', async ({ till }) => {
  const { page } = till;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await dress(page, 'en', 'dark');
  await signIn(page, 'Diego');
  await keepMovements(page);
  const moving: string[] = [];
  for (const state of EVERY_STATE) {
    await show(page, state);
    moving.push(...(await movements(page)).map((each) => `${state.name}: ${each}`));
  }
  expect(moving).toEqual([]);
});

/** The spacing that a person's own style sheet may ask for. */
async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }' +
        'p { margin-bottom: 2em !important }',
    );
    document.adoptedStyleSheets = [sheet];
  });
}

/** Keeps what begins to move from now on for longer than a blink, or for ever, until it is asked for. */
function keepMovements(page: Page): Promise<void> {
  return page.evaluate(() => {
    const kept: string[] = [];
    Object.assign(window, { keptMovements: kept });
    const keep = (event: AnimationEvent | TransitionEvent): void => {
      const name = 'animationName' in event ? event.animationName : event.propertyName;
      const moving = event.target instanceof Element ? event.target.getAnimations() : [];
      if (moving.some((each) => Number(each.effect?.getComputedTiming().activeDuration) > 50)) {
        kept.push(`${(event.target as Element).getAttribute('class') ?? 'something'} ${name}`);
      }
    };
    document.addEventListener('animationstart', keep, true);
    document.addEventListener('transitionstart', keep, true);
  });
}

/** What moved since it was last asked. */
function movements(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { keptMovements: string[] }).keptMovements.splice(0));
}

/**
 * Buttons, fields and switches that a person who forces colours cannot tell from text: neither a border, an outline nor
 * a line under it, on themselves, on what is drawn for them or on what holds them, and no picture in a button.
 */
function withoutEdge(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hasEdge = (element: Element): boolean => {
      const { borderTopWidth, borderTopStyle, outlineStyle, outlineWidth, textDecorationLine } =
        getComputedStyle(element);
      return (
        (borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0) ||
        (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) ||
        textDecorationLine !== 'none'
      );
    };
    /** What is looked at for one control: itself and what holds it; all of its label for a switch, drawn beside it. */
    const drawnFor = (element: Element): Element[] => {
      const label = element.matches('input') ? element.closest('label') : null;
      if (label !== null) return [...label.querySelectorAll('*')].filter((each) => !each.matches('input'));
      return [element, element.parentElement, element.parentElement?.parentElement].filter((each) => each != null);
    };
    return [...document.querySelectorAll('button, input, textarea, select')]
      .filter((element) => element.closest('[inert], .is-hidden-visually') === null && element.checkVisibility())
      .filter((element) => element.matches('input') || element.getBoundingClientRect().width > 2)
      .filter((element) => element.querySelector('svg') === null && !drawnFor(element).some(hasEdge))
      .map((element) => `${element.className || element.tagName} "${(element.textContent ?? '').trim().slice(0, 24)}"`);
  });
}
