import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { addProducts, MANAGER, openShop, orderOf, readRows, signIn, tileOf } from './support/shop.ts';

const FOUR_HUNDRED_DAYS_MS = 400 * 86_400_000;
const CLOCK = new URL('./support/movable-clock.mjs', import.meta.url).href;

test.afterEach(() => {
  delete process.env.NODE_OPTIONS;
  delete process.env.CLOCK_FILE;
});

test('C2 F11: with the clock set 400 days ahead under a running till, sales keep their day and a manager answers once', async ({
  till,
}) => {
  await openShop(till.page);
  await addProducts(till.page, [{ name: 'Flat white', priceMinor: 22_000 }]);
  await command(till.page, 'till.openShift', { floatMinor: 0 });
  await till.close();
  const clockFile = join(till.dataFolder, '..', 'clock');
  writeFileSync(clockFile, '0');
  Object.assign(process.env, { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile });
  await till.open();
  const { page } = till;
  await signIn(page, MANAGER);
  const question = page.getByRole('region', { name: 'What time is it?' });
  await expect(tileOf(page, 'Flat white')).toBeVisible();
  await expect(question).toBeHidden();

  writeFileSync(clockFile, String(FOUR_HUNDRED_DAYS_MS));
  await page.evaluate((shiftMs) => {
    const realNow = Date.now.bind(Date);
    Date.now = () => realNow() + shiftMs;
  }, FOUR_HUNDRED_DAYS_MS);
  await expect(question).toContainText('clock jumped to', { timeout: 15_000 });
  await tileOf(page, 'Flat white').click();
  await expect(orderOf(page)).toContainText('Flat white');
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  const days = () =>
    readRows(
      till,
      `SELECT business_date AS day, created_at_ms < 1000 * unixepoch() + 60000 AS isNow,
    business_date <= date('now') AS isToday FROM transactions WHERE status = 'completed'`,
    );
  await expect.poll(days).toMatchObject([{ isNow: 1, isToday: 1 }]);

  await question.getByRole('button', { name: /^No, it is / }).click();
  await expect(question).toContainText("This computer's clock is wrong");
  expect(readRows(till, `SELECT action FROM audit_logs WHERE action GLOB 'time.*' AND outcome = 'done'`)).toEqual([
    { action: 'time.jumped' },
    { action: 'time.confirm' },
  ]);
  writeFileSync(clockFile, '0');
  await expect(question).toBeHidden({ timeout: 15_000 });
});

test('F11: a clock that was confirmed to be wrong is not asked about again after the next start', async ({ till }) => {
  await openShop(till.page);
  await till.close();
  const clockFile = join(till.dataFolder, '..', 'clock');
  writeFileSync(clockFile, String(FOUR_HUNDRED_DAYS_MS));
  Object.assign(process.env, { NODE_OPTIONS: `--import=${CLOCK}`, CLOCK_FILE: clockFile });
  await till.open();
  const question = till.page.getByRole('region', { name: 'What time is it?' });
  await signIn(till.page, MANAGER);
  await expect(question).toContainText('Is it really');
  const now = new Date();
  const inShop = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Asuncion', ...options }).format(now);
  await question.getByRole('button', { name: 'Another time' }).click();
  const dialog = till.page.getByRole('dialog', { name: 'What time is it?' });
  await dialog.getByLabel('Date').fill(inShop({ dateStyle: 'short' }));
  await dialog.getByLabel('Time').fill(inShop({ timeStyle: 'short' }));
  await dialog.getByRole('button', { name: 'Use this time' }).click();
  await expect(question).toContainText("This computer's clock is wrong");
  await till.close();
  await till.open();
  await expect(till.page.getByRole('region', { name: 'What time is it?' })).toContainText(
    "This computer's clock is wrong",
  );
  expect(readRows(till, `SELECT action FROM audit_logs WHERE action GLOB 'time.*' AND outcome = 'done'`)).toEqual([
    { action: 'time.asked' },
    { action: 'time.confirm' },
  ]);
});
