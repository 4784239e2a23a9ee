import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';

/** Sends one message over the page's own bridge and returns the first answer to it that says something. */
function ask(page: Page, method: string, path: string, input?: object): Promise<unknown> {
  return page.evaluate(
    (request) =>
      new Promise((resolve) => {
        interface Bridge {
          open(handlers: object): { send(text: string): void; close(): void };
        }
        const line = (window as never as { till: Bridge }).till.open({
          opened: () => line.send(request),
          message: (text: string) => {
            const { result, error } = JSON.parse(text);
            if (result?.type === 'started') return;
            line.close();
            resolve(error === undefined ? result.data : error.data.code);
          },
          closed: () => undefined,
        });
      }),
    JSON.stringify({ id: 1, method, params: { path, ...(input === undefined ? {} : { input }) } }),
  );
}

const command = (page: Page, path: string, input: object) =>
  ask(page, 'mutation', path, { operationId: crypto.randomUUID().replace(/^(.{14})4/, '$17'), input });

// proves S3-1
test('the customer’s window is locked as the till’s is, and is answered by its few procedures alone', async ({
  till,
}) => {
  const { page, electron } = till;
  await command(page, 'setup.createShop', {
    shopName: 'Café Lapacho',
    country: 'PY',
    currency: 'PYG',
    timeZone: 'America/Asuncion',
    language: 'es',
    region: 'es-PY',
    taxMode: 'inclusive',
    dayStartsAtHour: 4,
    manager: { name: 'Ana', pin: '739154' },
  });
  const windowCount = () => electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const appears = electron?.waitForEvent('window');
  expect(await command(page, 'devices.openCustomerScreen', {})).toEqual({ kind: 'window' });
  const customers = (await appears) as Page;
  await customers.waitForFunction(() => 'till' in window);
  // Its page, in the shop's language.
  await expect(customers.getByRole('heading', { name: 'Te damos la bienvenida' })).toBeVisible();
  expect(await command(page, 'devices.openCustomerScreen', {})).toEqual({ kind: 'window' });
  expect(await windowCount()).toBe(2);
  expect(await ask(customers, 'subscription', 'state')).toMatchObject({ shopName: 'Café Lapacho', moment: 'idle' });

  const denied = async () => [
    await ask(customers, 'query', 'staff.list'),
    await ask(customers, 'query', 'system.status'),
    await command(customers, 'settings.update', { changes: { theme: 'dark' } }),
  ];
  expect(await denied()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
  // It is the window that decides, not the address it shows.
  await customers.evaluate(() => window.location.replace('app://till/'));
  await customers.waitForFunction(() => 'till' in window && !window.location.hash.includes('customer'));
  expect(await denied()).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);

  const preferences = await electron?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const { sandbox, contextIsolation, nodeIntegration, webSecurity } = (
        webContents as never as { getLastWebPreferences(): Record<string, boolean> }
      ).getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webSecurity };
    }),
  );
  const locked = { sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true };
  expect(preferences).toEqual([locked, locked]);
  // Playwright loses its page with a crash; the window is asked through the main process.
  const customersText = () =>
    electron?.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()
        .map((window) => window.webContents)
        .find((each) => each.getURL().endsWith('#/customer'));
      if (contents === undefined || contents.isCrashed() || contents.isLoading()) return '';
      const late = new Promise<string>((resolve) => setTimeout(() => resolve(''), 300));
      const read = contents.executeJavaScript('document.body.innerText') as Promise<string>;
      return Promise.race([read.catch(() => ''), late]);
    });
  await electron?.evaluate(({ BrowserWindow }) => {
    const [newest] = BrowserWindow.getAllWindows().sort((a, b) => b.id - a.id);
    newest?.webContents.forcefullyCrashRenderer();
  });
  await expect.poll(customersText, { intervals: [100] }).toContain('Te damos la bienvenida');
  await command(page, 'devices.closeCustomerScreen', {});
  await expect.poll(windowCount).toBe(1);

  // On a second display it leaves the keyboard to the till, where the hand scanner types.
  const second = await electron?.evaluate(({ screen }) => {
    const first = screen.getPrimaryDisplay();
    const display = { ...first, id: first.id + 1, bounds: { x: 200, y: 100, width: 800, height: 480 } };
    Object.assign(screen, { getAllDisplays: () => [first, display] });
    return display.bounds;
  });
  await command(page, 'devices.openCustomerScreen', {});
  await expect.poll(windowCount).toBe(2);
  const facts = await electron?.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({ isFocusable: window.isFocusable(), ...window.getNormalBounds() })),
  );
  expect(facts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ isFocusable: true }),
      expect.objectContaining({ isFocusable: false, ...second }),
    ]),
  );
});
