import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test, type TestConsole } from './support/console.ts';
import { publishCampaign } from './support/campaigns.ts';
import { publishProgramme } from './support/loyalty.ts';
import { command } from './support/page-api.ts';
import { enrol, MANAGER, readRows, signIn } from './support/shop.ts';

const CLOCK = new URL('./support/movable-clock.mjs', import.meta.url).href;
const BERLIN = { country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } as const;
const MINUTE_MS = 60_000;

test.describe.configure({ timeout: 180_000 });

test.afterEach(() => {
  delete process.env.NODE_OPTIONS;
  delete process.env.CLOCK_FILE;
});

/** Midday of the last day of February after next new year: a month later is the eve of an hour that Berlin may skip. */
function edgeAfter(nowMs: number): { earnedMs: number; endMs: number } {
  const year = new Date(nowMs).getUTCFullYear() + 1;
  const lastSunday = 31 - new Date(Date.UTC(year, 2, 31)).getUTCDay();
  // Earned on that day of February, the points end with the Saturday before: the day after has 23 hours.
  const day = Math.min(lastSunday - 1, 28);
  return { earnedMs: Date.UTC(year, 1, day, 11), endMs: Date.UTC(year, 2, day, 23) };
}

/** Starts the console and its tab with their clock at that instant; a long way is asked about, and a manager says yes. */
async function openAt(till: TestConsole, atMs: number, { isAsked }: { isAsked: boolean }): Promise<Page> {
  await till.close();
  const clockFile = join(till.dataFolder, '..', 'clock');
  const shiftMs = atMs - Date.now();
  writeFileSync(clockFile, String(shiftMs));
  Object.assign(process.env, { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile });
  await till.open();
  const { page } = till;
  const rail = page.getByRole('navigation', { name: 'Main' });
  const who = page.getByRole('button', { name: MANAGER.name }).first();
  await expect(rail.or(who).first()).toBeVisible();
  await page.addInitScript((shift) => {
    const realNow = Date.now.bind(Date);
    Date.now = () => realNow() + shift;
  }, shiftMs);
  await page.reload();
  await expect(rail.or(who).first()).toBeVisible();
  if (!(await rail.isVisible())) await signIn(page, MANAGER);
  const question = page.getByRole('region', { name: 'What time is it?' });
  if (isAsked) await question.getByRole('button', { name: /^Yes, it is/ }).click();
  await expect(question).toBeHidden();
  return page;
}

test('C-43 C-36: points stay to the last minute before the day that the clocks change, and are gone after it; a voucher is given anew', async ({
  till,
}) => {
  const { earnedMs, endMs } = edgeAfter(Date.now());
  await expect(till.page.getByRole('heading').first()).toBeVisible();
  const settings = { language: 'en', region: 'de-DE', taxMode: 'inclusive', dayStartsAtHour: 4 };
  await command(till.page, 'setup.createShop', { shopName: 'Café', ...BERLIN, ...settings, manager: MANAGER });
  await publishProgramme(till.page, { expiryMonths: 1, tiers: null });
  const { customerId } = await enrol(till.page, 'Ana Benítez');

  const page = await openAt(till, earnedMs, { isAsked: true });
  await command(page, 'points.award', { customerId, reason: 'purchase', amountMinor: 50_000 });
  expect(readRows(till, 'SELECT expires_at_ms FROM points_transactions')).toEqual([{ expires_at_ms: endMs }]);
  const campaign = { name: 'Slice', benefit: { kind: 'product', units: 1 }, validity: { claimDays: 7 } };
  const campaignId = await publishCampaign(page, campaign);
  await command(page, 'vouchers.give', { campaignId, customerId, note: '' });

  const eve = await openAt(till, endMs - 3 * MINUTE_MS, { isAsked: true });
  const balanceOn = async (shown: Page): Promise<string> => {
    await shown.goto(new URL(`#/customers/${customerId}`, shown.url()).href);
    const balance = shown.getByRole('region', { name: 'Points balance' });
    await expect(balance).toBeVisible();
    return balance.locator('.customer-balance-number').innerText();
  };
  await expect.poll(() => balanceOn(eve)).toBe('50');
  await eve.getByRole('radio', { name: 'Points' }).last().click();
  await expect(eve.getByText('Expires today')).toBeVisible();

  const after = await openAt(till, endMs + MINUTE_MS, { isAsked: false });
  await expect.poll(() => balanceOn(after)).toBe('0');
  await expect
    .poll(() => readRows(till, "SELECT points FROM points_transactions WHERE kind = 'expire'"), { timeout: 20_000 })
    .toEqual([{ points: -50 }]);

  // C-36: the voucher of then has ended, says so, and is given anew.
  const wallet = after.getByRole('region', { name: 'Wallet' });
  await wallet.getByRole('button', { name: /1 ended/ }).click();
  await wallet.getByRole('button', { name: 'Slice', exact: true }).click();
  const ended = after.getByRole('dialog', { name: 'Slice' });
  await expect(ended).toContainText(/State\s*Ended/);
  await ended.getByRole('button', { name: 'Give anew' }).click();
  await expect(ended).toBeHidden();
  await expect(wallet.getByRole('list', { name: 'Use now' }).getByRole('listitem')).toHaveCount(1);
});
