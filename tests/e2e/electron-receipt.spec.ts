import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';

/** Sends one mutation over the page's own bridge, as the till does, and returns what comes back. */
function mutate(page: Page, path: string, operationId: string, input: object): Promise<{ result?: { data: unknown } }> {
  return page.evaluate(
    (request) =>
      new Promise((resolve) => {
        interface Bridge {
          open(handlers: object): { send(text: string): void; close(): void };
        }
        const line = (window as never as { till: Bridge }).till.open({
          opened: () => line.send(request),
          message: (text: string) => {
            line.close();
            resolve(JSON.parse(text));
          },
          closed: () => undefined,
        });
      }),
    JSON.stringify({ id: 1, method: 'mutation', params: { path, input: { operationId, input } } }),
  );
}

test('a receipt is saved as PDF, and no script in it runs', async ({ till }) => {
  const created = await mutate(till.page, 'setup.createShop', '01900000-0000-7000-8000-000000000001', {
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
  expect(created.result?.data).toMatchObject({ staffId: expect.any(String) });

  const file = join(till.dataFolder, 'receipt.pdf');
  await till.electron?.evaluate(({ dialog, app }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    // What a receipt's page asks for, and where it ended up: read by the test below.
    const seen: string[] = [];
    Object.assign(globalThis, { seenByReceipts: seen });
    app.on('web-contents-created', (_event, contents) => {
      contents.on('page-title-updated', (_titleEvent, title) => seen.push(title));
    });
  }, file);
  const html =
    '<title>before</title><h1>Recibo 0001</h1><script>document.title = "script ran"</script>' +
    '<img src="x" onerror="document.title = \'handler ran\'"><img src="app://till/index.html">';
  const saved = await mutate(till.page, 'devices.saveReceiptPdf', '01900000-0000-7000-8000-000000000002', {
    html,
    fileName: '../../recibo',
  });
  expect(saved.result?.data).toEqual({ result: 'saved' });
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  const titles = await till.electron?.evaluate(
    () => (globalThis as never as { seenByReceipts: string[] }).seenByReceipts,
  );
  expect(titles).not.toContain('script ran');
  expect(titles).not.toContain('handler ran');
  const windows = await till.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});
