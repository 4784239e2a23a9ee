import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Devices } from '#backend/context.ts';
import { withPrintWindow } from './print-window.ts';
import { safeFileName } from './safe-file-name.ts';

/** Prints receipts through the system's dialog and saves them as PDF where the person says. */
export function createReceiptDevices(): Pick<Devices, 'printReceipt' | 'saveReceiptPdf'> {
  return {
    printReceipt: (html) =>
      withPrintWindow(
        html,
        ({ webContents }) =>
          new Promise((resolve) => {
            // Leaving the dialog without printing is reported the same way as a printer that fails.
            webContents.print({ printBackground: true }, (isDone) => resolve(isDone ? 'printed' : 'failed'));
          }),
      ),
    saveReceiptPdf: (html, fileName) =>
      withPrintWindow(html, async ({ webContents }) => {
        const pdf = await webContents.printToPDF({ printBackground: true, preferCSSPageSize: true });
        const chosen = await dialog.showSaveDialog({
          defaultPath: join(app.getPath('documents'), safeFileName(fileName)),
          filters: [{ name: 'PDF', extensions: ['pdf'] }],
        });
        if (chosen.canceled || !chosen.filePath) return 'cancelled';
        try {
          await writeFile(chosen.filePath, pdf);
          return 'saved';
        } catch {
          return 'failed';
        }
      }),
  };
}
