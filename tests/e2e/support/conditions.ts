import type { Page, Route } from '@playwright/test';
import { expect } from './console.ts';
import { charge } from './layer-states.ts';
import type { Looker } from './looks.ts';
import { standStill } from './stand-still.ts';
import { MANAGER, SHOP } from './shop.ts';

/** What every window asks before it can show any screen. */
const NEEDED_FIRST = /trpc\/(system|setup|staff\.(list|signIn|lock|touch))/;
const WAIT_FOR_SKELETON_MS = 700;
const WAIT_FOR_FAILURE_MS = 2600;

interface ReadingScreen {
  readonly name: string;
  readonly address: string;
}

/** Every screen that reads something before it can show. */
const READING_SCREENS: readonly ReadingScreen[] = [
  { name: 'till', address: '#/till' },
  { name: 'till-sales', address: '#/till/sales' },
  { name: 'till-shift', address: '#/till/shift' },
  { name: 'customers', address: '#/customers' },
  { name: 'customer', address: '#/customers/019a0000-0000-7000-8000-000000000000' },
  { name: 'award', address: '#/award' },
  { name: 'today', address: '#/today' },
  { name: 'experiments', address: '#/experiments' },
  { name: 'activity', address: '#/activity' },
  { name: 'alerts', address: '#/alerts' },
  { name: 'settings-catalogue', address: '#/settings/catalogue' },
  { name: 'settings-programme', address: '#/settings/programme' },
];

async function goThere(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, address);
}

/** Starts the window anew while `answer` stands between it and the engine, and looks at every screen that reads. */
async function lookWhile(
  page: Page,
  looker: Looker,
  kind: string,
  waitMs: number,
  answer: (route: Route) => Promise<void>,
): Promise<void> {
  await page.route('**/trpc/**', (route) =>
    NEEDED_FIRST.test(route.request().url()) ? route.continue() : answer(route),
  );
  for (const { name, address } of READING_SCREENS) {
    await goThere(page, address);
    await page.reload();
    await page.locator('.shell').waitFor();
    await page.waitForTimeout(waitMs);
    await looker.look(`${name}-${kind}`, address);
  }
  await page.unroute('**/trpc/**');
}

/** Every screen while its answer does not come: skeletons, then a word about what is slow. Web host, signed in. */
export function lookWhileLoading(page: Page, looker: Looker): Promise<void> {
  return lookWhile(page, looker, 'loading', WAIT_FOR_SKELETON_MS, () => Promise.resolve());
}

/** Every screen when its query fails. Web host, signed in. */
export function lookWhileFailing(page: Page, looker: Looker): Promise<void> {
  const error = { error: { message: 'X', code: -32603, data: { code: 'INTERNAL_SERVER_ERROR', httpStatus: 500 } } };
  return lookWhile(page, looker, 'error', WAIT_FOR_FAILURE_MS, (route) =>
    route.fulfill({ status: 500, contentType: 'application/json', body: JSON.stringify([error]) }),
  );
}

/** The strip over the till when the engine is gone, and when it is back. */
export async function lookWhileOffline(page: Page, looker: Looker): Promise<void> {
  await goThere(page, '#/till');
  await page.locator('.till').waitFor();
  await page.route('**/trpc/**', (route) => route.abort());
  await page.locator('.till-tile').first().click();
  await page.locator('.app-strip.is-lost').waitFor({ timeout: 20_000 });
  await looker.look('offline', '#/till');
  await page.unroute('**/trpc/**');
  await page.locator('.till-tile').first().click();
  await expect(page.locator('.app-strip.is-lost')).toBeHidden({ timeout: 20_000 });
}

/** A place that this person may not see, and the till locked over an open sale. Somebody is signed in. */
export async function lookAtClosedDoors(page: Page, looker: Looker): Promise<void> {
  await goThere(page, '#/experiments');
  await standStill(page);
  await looker.look('no-permission', '#/experiments');
  await goThere(page, '#/till');
  await page.locator('.till').waitFor();
  await page.keyboard.press('Control+l');
  await page.locator('.shell-lock').waitFor();
  await standStill(page);
  await looker.look('locked', '#/till');
}

/** A cashier takes off more than cashiers may: the PIN sheet over the payment. A cashier of the sample shop is signed in. */
export async function lookAtOverride(page: Page, looker: Looker): Promise<void> {
  await goThere(page, '#/till');
  await page.locator('.till-tile').first().click();
  await page.keyboard.press('F8');
  await page.locator('.till-presets').waitFor();
  await page.keyboard.type('90', { delay: 90 });
  await page.keyboard.press('Enter');
  await charge(page);
  await page.locator('.pay .shell-dock .ui-button.kind-primary').last().click();
  await page.locator('.app-override').waitFor();
  await standStill(page);
  await looker.look('override', '#/till');
  await page.keyboard.press('Escape');
}

const next = (page: Page) => page.locator('.first-run-buttons .kind-primary').click();

/** The six steps of an empty console, words-free, and then every screen of a shop in which nothing was done yet. */
export async function lookFromTheStart(page: Page, looker: Looker): Promise<void> {
  const inputs = page.locator('.first-run-form input');
  const heading = page.locator('.first-run-form h1');
  const stepTo = async (name: string): Promise<void> => {
    const before = await heading.textContent();
    await next(page);
    await expect(heading).not.toHaveText(before ?? '');
    await standStill(page);
    await looker.look(name);
  };
  await heading.waitFor();
  await looker.look('first-run-1');
  await stepTo('first-run-2');
  await page.locator('.first-run-form input[type=text]').first().fill(SHOP.name);
  await stepTo('first-run-3');
  await inputs.nth(0).fill(MANAGER.name);
  await inputs.nth(1).fill(MANAGER.pin);
  await inputs.nth(2).fill(MANAGER.pin);
  await stepTo('first-run-3-code');
  await stepTo('first-run-4');
  const skip = page.locator('.first-run-buttons .kind-ghost');
  for (const name of ['first-run-5', 'first-run-6']) {
    await skip.click();
    await standStill(page);
    await looker.look(name);
  }
  await next(page);
  await page.locator('.shell').waitFor();
  for (const { name, address } of READING_SCREENS) {
    await goThere(page, address);
    await standStill(page);
    await looker.look(`${name}-nothing-yet`, address);
  }
}
