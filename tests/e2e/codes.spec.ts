import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { command } from './support/page-api.ts';
import { openShop, readRows } from './support/shop.ts';

// proves AD7

test.describe.configure({ timeout: 120_000 });

async function publish(page: Page, campaign: Record<string, unknown>): Promise<string> {
  const benefit = { kind: 'percent', rateBasisPoints: 1000 };
  const input = { campaignId: null, campaign: { benefit, ...campaign }, revision: 0 };
  const { campaignId, revision } = await command<{ campaignId: string; revision: number }>(
    page,
    'vouchers.saveDraft',
    input,
  );
  await command(page, 'vouchers.publish', { campaignId, revision });
  return campaignId;
}

const codesOf = (page: Page) => page.getByRole('region', { name: 'Codes', exact: true });

async function makeCodes(page: Page, count: number, shown: string): Promise<void> {
  await codesOf(page).getByRole('button', { name: 'Make codes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make codes' });
  await dialog.getByLabel('How many').fill(String(count));
  await expect(dialog).toContainText('Each # is a letter or digit: 7K3M-Q9TX-41V');
  await dialog.getByRole('button', { name: `Make ${shown} codes` }).click();
  await expect(dialog).toBeHidden();
}

/** Keeps a picture, and asks axe where it can open a page of its own. */
async function looksRight({ host, page }: TestConsole, name: string): Promise<void> {
  await keepPicture(page, name);
  if (host === 'web') await expectAccessible(page, name);
}

/** What would go on paper is kept on the page; the print dialog closes at once. */
async function keepPrints(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.print = () => {
      const cells = document.querySelectorAll('.ui-print .code-sheet[data-layout="a4"] .code-sheet-cell svg path');
      document.body.dataset.printed = String(cells.length);
      const rules = document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules]);
      document.body.dataset.paper = rules.map((rule) => rule.cssText.replaceAll(' ', '').toLowerCase()).join();
      window.dispatchEvent(new Event('afterprint'));
    };
  });
}

async function printSheets(till: TestConsole): Promise<void> {
  const { page } = till;
  const row = codesOf(page).getByRole('listitem').filter({ hasText: '2.000 codes' });
  await row.getByRole('button', { name: 'More for this batch' }).click();
  await page.getByRole('menuitem', { name: 'Print sheets' }).click();
  const dialog = page.getByRole('dialog', { name: 'Print codes' });
  await expect(dialog.getByLabel('From code number')).toHaveValue('1');
  await looksRight(till, 'codes-print');
  await keepPrints(page);
  await dialog.getByRole('button', { name: 'Print 240 codes' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', '240');
  // On its own paper, whatever the print dialog's was: a label of 29 mm has no room for the margins of a letter.
  await expect(page.locator('body')).toHaveAttribute('data-paper', /@page\{size:a4/);
  await expect(dialog.getByLabel('From code number')).toHaveValue('241');
  await expect(dialog.getByRole('button', { name: 'Print 240 codes' })).toBeFocused();
  if (till.electron !== null) {
    const file = join(till.dataFolder, 'codes.pdf');
    await till.electron.evaluate(({ dialog: system }, filePath) => {
      system.showSaveDialog = async () => ({ canceled: false, filePath });
    }, file);
    await dialog.getByRole('button', { name: 'Save as PDF' }).click();
    await expect(dialog.getByLabel('From code number')).toHaveValue('481', { timeout: 30_000 });
    const pdf = readFileSync(file).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    // 24 codes to a page of A4.
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(10);
  }
  await dialog.getByRole('button', { name: 'Close' }).click();
}

test('PR7 VC7: codes are made and stopped, come in from a file, go out, and go on paper', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  const campaignId = await publish(page, { name: 'Flyer' });
  await page.goto(new URL(`#/vouchers/${campaignId}`, page.url()).href);
  const codes = codesOf(page);
  await expect(codes).toContainText('No codes yet');

  await makeCodes(page, 2_000, '2.000');
  await expect(codes.getByRole('listitem')).toContainText('2.000 codes', { timeout: 15_000 });

  await makeCodes(page, 1_000_000, '1.000.000');
  const making = codes.getByRole('listitem').filter({ hasText: 'of 1.000.000 codes made' });
  await expect(making.getByRole('progressbar', { name: 'Codes made' })).toBeVisible();
  await expect(making).toContainText(/[1-9][\d.]* of 1\.000\.000 codes made/);
  await looksRight(till, 'codes-making');
  await making.getByRole('button', { name: 'Stop' }).click();
  await expect(codes.getByRole('listitem').filter({ hasText: 'of 1.000.000 codes, then stopped' })).toBeVisible();
  const [stopped] = readRows<{ made: number; kept: number }>(
    till,
    `SELECT b.made, (SELECT COUNT(*) FROM vouchers v WHERE v.batch_id = b.id) AS kept
     FROM voucher_batches b WHERE b.status = 'cancelled'`,
  );
  expect(stopped?.kept).toBe(stopped?.made);
  expect(stopped?.made).toBeLessThan(1_000_000);

  await codes.getByRole('button', { name: 'Import' }).click();
  const file = page.getByRole('dialog', { name: 'Codes from a file' });
  const text = 'code\nflyer-001\nflyer-002\nflyer 001\nno!\n';
  const csv = { name: 'codes.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await file.getByLabel('Choose a file').setInputFiles(csv);
  await expect(file).toContainText('2 codes fit');
  await expect(file.getByRole('row', { name: /4 FLYER 001 Twice in this file/ })).toBeVisible();
  await expect(file.getByRole('row', { name: /5 NO! Not a code/ })).toBeVisible();
  await looksRight(till, 'codes-import');
  await file.getByRole('button', { name: 'Import 2 codes' }).click();
  await expect(file).toBeHidden();
  await expect(codes).toContainText('2 codes from a file');
  expect(readRows(till, "SELECT code FROM vouchers WHERE code LIKE 'FLYER%' ORDER BY code")).toEqual([
    { code: 'FLYER-001' },
    { code: 'FLYER-002' },
  ]);

  await printSheets(till);
  if (till.host === 'web') {
    const saved = page.waitForEvent('download');
    const imported = codes.getByRole('listitem').filter({ hasText: '2 codes from a file' });
    await imported.getByRole('button', { name: 'More for this batch' }).click();
    await page.getByRole('menuitem', { name: 'Export this batch' }).click();
    const exported = readFileSync(await (await saved).path(), 'utf8');
    expect(exported).toMatch(
      /^\ufeffcode,status,gives,value,uses,used,ends_on,made_on\r\nFLYER-001,published,percent,1000,1,0,,/,
    );
  }

  await page.goto(
    new URL(`#/vouchers/${await publish(page, { name: 'All', genericCode: 'BREK10' })}`, page.url()).href,
  );
  await codesOf(page).getByRole('button', { name: 'QR image' }).click();
  const image = page.getByRole('dialog', { name: 'QR image of BREK10' });
  await expect(image.getByRole('img', { name: 'QR code of BREK10' })).toBeVisible();
  await looksRight(till, 'codes-image');
  if (till.host === 'web') {
    const saved = page.waitForEvent('download');
    await image.getByRole('button', { name: 'Save PNG' }).click();
    const png = await saved;
    expect(png.suggestedFilename()).toBe('BREK10.png');
    expect(
      readFileSync(await png.path())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  }
});
