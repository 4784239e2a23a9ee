import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCharacterOf } from '#shop/ids/code.ts';
import { expect, test } from './support/console.ts';
import { command } from './support/page-api.ts';
import { writeCameraVideo } from './support/qr-pictures.ts';
import { addProducts, openShop, orderOf, readRows, tileOf } from './support/shop.ts';

/** The code of a blank card that the camera will be shown. */
const BODY = 'W7K2M9QXR4';
const CODE = `${BODY}${checkCharacterOf(BODY)}`;

const folder = mkdtempSync(join(tmpdir(), 'regulars-camera-'));
const cardVideo = join(folder, 'card.y4m');
const blackVideo = join(folder, 'black.y4m');

test.beforeAll(() => {
  // The desktop app may run as another user, who has to read it.
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  writeCameraVideo(cardVideo, CODE);
  writeCameraVideo(blackVideo, null);
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.describe('a card in front of the camera', () => {
  test.use({ cameraFile: cardVideo });

  test('S0-10: the camera sees the card of a customer, and the sale is theirs', async ({ till }) => {
    const { page } = till;
    await openShop(page);
    await addProducts(page, [{ name: 'Flat white', priceMinor: 22_000 }]);
    await command(page, 'customers.enrol', { name: 'Ana Benítez', cardCode: CODE, consentMarketing: false });
    await tileOf(page, 'Flat white').click();
    await page.getByRole('button', { name: /scanner/i }).click();
    await page.getByRole('button', { name: 'Camera', exact: true }).click();
    await expect(page.getByText('Camera · Customer')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(orderOf(page)).toContainText('Ana Benítez');
    await expect(orderOf(page)).toContainText('+22');
    await expect(page.locator('video')).toHaveCount(0);
    const logged = readRows<{ times: number }>(
      till,
      "SELECT count(*) AS times FROM qr_scan_logs WHERE scan_source = 'CAMERA' AND customer_id IS NOT NULL",
    );
    expect(logged[0]?.times).toBeGreaterThanOrEqual(1);
  });
});

test.describe('a covered camera', () => {
  test.use({ cameraFile: blackVideo });

  test('a black picture is said in plain words, with the other ways to read a code', async ({ till }) => {
    const { page } = till;
    await openShop(page);
    await page.getByRole('button', { name: /scanner/i }).click();
    await page.getByRole('button', { name: 'Camera', exact: true }).click();
    const trouble = page.getByRole('alert').filter({ hasText: 'The picture is black' });
    await expect(trouble).toContainText('Use the hand scanner, type the code, or choose a picture.', {
      timeout: 20_000,
    });
  });
});
