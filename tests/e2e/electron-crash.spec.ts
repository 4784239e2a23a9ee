import { expect, type TestConsole, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { addProducts, openShop, readRows, tileOf } from './support/shop.ts';

const COFFEE = { name: 'Flat white', priceMinor: 22_000 } as const;

/** Crashes the page as a bug in the browser would, and returns how long it took until a sale can go on. */
async function crashAndCome(till: TestConsole): Promise<number> {
  const startedMs = performance.now();
  await till.electron?.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(() => text(till), { intervals: [100] }).toContain('44.000');
  return performance.now() - startedMs;
}

/** Playwright loses its page with the crash; the window is asked through the main process. */
const text = (till: TestConsole): Promise<string> =>
  till.electron?.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined || window.webContents.isCrashed() || window.webContents.isLoading()) return '';
    // A script sent to a page that is just going away is never answered.
    const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), 300));
    const read = window.webContents.executeJavaScript('document.body.innerText') as Promise<string>;
    return Promise.race([read.catch(() => ''), late]);
  }) ?? Promise.resolve('');

test('an error that nobody caught stops nothing; a page that crashes comes back by itself with its cart', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [COFFEE]);
  await command(page, 'till.openShift', { floatMinor: 0 });
  // Without an answer of its own, Electron would stop the shop with a dialog that waits for a button.
  await till.electron?.evaluate(() => void setTimeout(() => Promise.reject(new Error('nobody waits')), 0));
  await till.electron?.evaluate(
    () =>
      void setTimeout(() => {
        throw new Error('nobody catches');
      }, 0),
  );
  await page.reload();
  await tileOf(page, COFFEE.name).click();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: /^Paid / }).click();
  await expect(page.getByRole('complementary', { name: 'Paid' })).toContainText('T1-1-000001');
  await tileOf(page, COFFEE.name).click();
  await tileOf(page, COFFEE.name).click();
  await expect
    .poll(() => readRows<{ draft: string }>(till, 'SELECT draft FROM sale_drafts')[0]?.draft)
    .toContain('2000');
  const { processId } = till;

  const tookMs = await crashAndCome(till);

  // Printed, not asserted: on a busy machine it would measure the machine.
  console.log(`the page was back after ${tookMs.toFixed(0)} ms`);
  expect(till.processId).toBe(processId);
  expect(readRows(till, "SELECT count(*) AS sold FROM transactions WHERE status = 'completed'")).toEqual([{ sold: 1 }]);
});
