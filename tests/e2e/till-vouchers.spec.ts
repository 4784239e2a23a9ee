import type { Locator, Page } from '@playwright/test';
import { publishCode, typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { publishProgramme } from './support/loyalty.ts';
import { paidOf, payCash, paymentOf } from './support/loyal-sales.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, digits, goToAddress, openShop, orderOf, readRows, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 180_000 });

const PRICES = { A: 20_000, B: 30_000, C: 50_000, D: 100_000, E: 40_000, F: 8_000, P: 3_450, Q: 1_500, R: 2_500 };
const PERCENT = (rateBasisPoints: number, more: object = {}) => ({ kind: 'percent', rateBasisPoints, ...more });
const AMOUNT = (amountMinor: number) => ({ kind: 'amount', amountMinor });
const inGroup = (group: string) => ({ stacking: { group } });

const lineOf = (page: Page, name: string): Locator =>
  orderOf(page).locator('.order-line-less').filter({ hasText: name });

async function expectTotal(page: Page, minor: number): Promise<void> {
  await expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toContainText(
    new RegExp(`[^.\\d]${digits(minor)}`),
  );
}

/** The same code again within a moment would be the same showing of it (C-44). */
const A_MOMENT_MS = 1600;

/** Types a code, and waits for its line. */
async function putCode(page: Page, code: string, isAgain = false): Promise<void> {
  if (isAgain) await page.waitForTimeout(A_MOMENT_MS);
  await typeCode(page, code);
  await expect(lineOf(page, code)).toBeVisible();
}

/** Rings up so many of one item. */
async function ring(page: Page, name: string, count = 1): Promise<void> {
  for (let rung = 0; rung < count; rung += 1) await tileOf(page, name).click();
}

/** The sale is paid, and the next one begins. */
async function payAndGoOn(page: Page): Promise<void> {
  await payCash(page);
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
}

/** Nothing is due: the sale is finished without money. */
async function finish(page: Page): Promise<void> {
  await page.keyboard.press('F9');
  await expect(paymentOf(page)).toContainText('Nothing to pay');
  await page.keyboard.press('Enter');
  await expect(paidOf(page)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
}

// proves S0-74, S3-2, S3-9, S3-25
test('C-19 C-20 C-21 C-22 C-23 C-24 C-25: vouchers on a sale take what they may, and say why not', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  const ids = await addProducts(
    page,
    Object.entries(PRICES).map(([name, priceMinor]) => ({ name, priceMinor })),
  );
  await command(page, 'till.openShift', { floatMinor: 500_000 });
  const only = (...names: string[]) => ({ filter: { productIds: names.map((name) => ids[name]) } });
  await publishCode(page, 'TENA', PERCENT(1000), { ...only('A'), minimum: { amountMinor: 40_000 } });
  await publishCode(page, 'FREE40', PERCENT(10_000, { capMinor: 4_000 }), only('Q', 'R'));
  for (const [code, benefit] of [
    ['OFF80', AMOUNT(80_000)],
    ['OFF50', AMOUNT(50_000)],
    ['OFF9', AMOUNT(9_000)],
    ['PART5', PERCENT(500)],
    ['PART10', PERCENT(1000)],
  ] as const)
    await publishCode(page, code, benefit, inGroup('best'));
  await publishCode(page, 'FIXED10', AMOUNT(10_000), inGroup('fixed'));
  await publishCode(page, 'FULL10', PERCENT(1000), { stacking: { group: 'full', basis: 'initial' } });
  await publishCode(page, 'RIVAL', AMOUNT(2_000), inGroup('group 1'));
  for (const place of [1, 2, 3, 4, 5])
    await publishCode(page, `GROUP${place}`, AMOUNT(1_000), inGroup(`group ${place}`));
  await publishCode(page, 'ONCE10', AMOUNT(10_000), { limits: { usesPerCode: 1 } });
  const card = await command<{ code: string }>(page, 'credit.giveCard', { amountMinor: 10_000, note: 'from before' });
  await page.reload();
  await expect(orderOf(page)).toBeVisible();

  await test.step('C-19: ten percent on A from 40.000 of A on', async () => {
    await putCode(page, 'TENA');
    await expect(lineOf(page, 'TENA')).toContainText('Counts when items are in the sale');
    await ring(page, 'A');
    await expect(lineOf(page, 'TENA')).toContainText(`add ₲ ${digits(20_000)}`);
    await expectTotal(page, 20_000);
    await ring(page, 'B');
    await expectTotal(page, 50_000);
    await ring(page, 'A');
    await expect(lineOf(page, 'TENA')).toContainText(digits(4_000));
    await expectTotal(page, 66_000);
    if (till.electron === null) await expectAccessible(page, 'a voucher on the sale');
    await keepPicture(page, 'till-voucher-line');
    await payAndGoOn(page);
  });
  await test.step('C-20: all of two items, at most 4.000', async () => {
    await ring(page, 'P');
    await ring(page, 'R');
    await ring(page, 'Q');
    // A scan that begins while the field for it opens is heard whole.
    await Promise.all([page.keyboard.press('F6'), scannerType(page, 'FREE40')]);
    await expect(lineOf(page, 'FREE40')).toBeVisible();
    await expectTotal(page, 3_450);
    await ring(page, 'Q');
    await expectTotal(page, 4_950);
    await payAndGoOn(page);
  });
  await test.step('C-21 C-22: of one group the one that takes more', async () => {
    await ring(page, 'D', 5);
    await putCode(page, 'OFF80');
    await expectTotal(page, 420_000);
    await putCode(page, 'PART10');
    await expect(lineOf(page, 'PART10')).toHaveAttribute('data-refused', 'true');
    await expectTotal(page, 420_000);
    for (const code of ['OFF80', 'PART10'])
      await lineOf(page, code)
        .getByRole('button', { name: `Take out ${code}` })
        .click();
    await expectTotal(page, 500_000);
    await putCode(page, 'PART5');
    await expectTotal(page, 475_000);
    await putCode(page, 'PART10', true);
    await expect(lineOf(page, 'PART5')).toHaveAttribute('data-refused', 'true');
    await expect(lineOf(page, 'PART10')).toContainText(digits(50_000));
    await expectTotal(page, 450_000);
    await payAndGoOn(page);
    await ring(page, 'E');
    await putCode(page, 'OFF80', true);
    await expectTotal(page, 0);
    await putCode(page, 'OFF50');
    await expect(lineOf(page, 'OFF80')).toHaveAttribute('data-refused', 'true');
    await expect(lineOf(page, 'OFF50')).toContainText(digits(40_000));
    await finish(page);
    await ring(page, 'C');
    await putCode(page, 'PART10', true);
    await expectTotal(page, 45_000);
    await putCode(page, 'OFF9');
    await expectTotal(page, 41_000);
    await payAndGoOn(page);
  });
  await test.step('C-23: a percentage before an amount, in either order of scanning', async () => {
    for (const codes of [
      ['PART10', 'FIXED10'],
      ['FIXED10', 'PART10'],
    ]) {
      await ring(page, 'D');
      for (const code of codes) await putCode(page, code, true);
      await expectTotal(page, 80_000);
      await payAndGoOn(page);
    }
    await ring(page, 'D');
    await putCode(page, 'FIXED10', true);
    await putCode(page, 'FULL10');
    await expectTotal(page, 80_000);
    await payAndGoOn(page);
  });
  await test.step('C-24: five of six, and the sixth says that it stays', async () => {
    await ring(page, 'D');
    for (const place of [1, 2, 3, 4, 5]) await putCode(page, `GROUP${place}`);
    await putCode(page, 'FIXED10', true);
    await expect(orderOf(page).locator('.order-line-less[data-refused="true"]')).toHaveCount(1);
    await expect(orderOf(page).locator('.order-line-less[data-refused="false"]')).toHaveCount(5);
    await expect(orderOf(page)).toContainText('This sale has as many discounts as it can');
    await keepPicture(page, 'till-five-of-six');
    await payAndGoOn(page);
    await ring(page, 'D');
    await putCode(page, 'GROUP1', true);
    await putCode(page, 'RIVAL');
    await expect(lineOf(page, 'GROUP1')).toContainText('Another discount of its group counts in this sale');
    await expectTotal(page, 98_000);
    await payAndGoOn(page);
  });
  await test.step('C-25: a voucher of 10.000 on 8.000 is used up, a gift card keeps 2.000', async () => {
    await ring(page, 'F');
    await putCode(page, 'ONCE10');
    await expectTotal(page, 0);
    await finish(page);
    await page.waitForTimeout(A_MOMENT_MS);
    await typeCode(page, 'ONCE10');
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Already used');
    await keepPicture(page, 'till-voucher-refused');
    await goToAddress(page, '#/customers');
    await expect(page.locator('.ui-toast')).toHaveCount(0);
    await goToAddress(page, '#/till');

    await ring(page, 'F');
    await page.keyboard.press('F9');
    await paymentOf(page).getByRole('button', { name: '5', exact: true }).click();
    await paymentOf(page).getByRole('button', { name: '000', exact: true }).click();
    await scannerType(page, 'TENA');
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Press Escape to go back to the sale');
    await expect(paymentOf(page).getByRole('button', { name: new RegExp(`^Take .*${digits(5_000)}`) })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(paymentOf(page)).toContainText('Paid in cash');
    // The rest is asked of the card terminal at once; the gift card takes its place where nothing was paid there.
    await expect(paymentOf(page).getByRole('button', { name: /^Approved/ })).toBeEnabled();
    await scannerType(page, card.code);
    await page.getByRole('button', { name: 'Use the gift card' }).click();
    await expect(paymentOf(page)).toContainText(`${digits(10_000)} there`);
    await expect(paymentOf(page).getByRole('list', { name: 'Paid so far' })).toContainText(digits(5_000));
    await paymentOf(page)
      .getByRole('button', { name: /^Take back the part paid/ })
      .click();
    await expect(paymentOf(page).getByRole('list', { name: 'Paid so far' })).toBeHidden();
    await paymentOf(page).getByLabel('Code of the gift card').fill(card.code);
    await page.keyboard.press('Enter');
    await expect(paymentOf(page)).toContainText(`${digits(10_000)} there`);
    if (till.electron === null) await expectAccessible(page, 'paying with a gift card');
    await keepPicture(page, 'till-gift-card');
    await paymentOf(page)
      .getByRole('button', { name: new RegExp(`^Pay .*${digits(8_000)}`) })
      .click();
    await expect(paidOf(page)).toContainText('Left on the gift card');
    await expect(paidOf(page)).toContainText(digits(2_000));
    expect(readRows(till, "SELECT balance_minor FROM credit_accounts WHERE kind = 'gift-card'")).toEqual([
      { balance_minor: 2_000 },
    ]);
    expect(readRows(till, "SELECT usage_count FROM vouchers WHERE code = 'ONCE10'")).toEqual([{ usage_count: 1 }]);
  });
  await test.step('what earns more now says so on its tile', async () => {
    const promotion = { promotionId: 'double', name: 'P days', multiplierBasisPoints: 20_000 };
    await publishProgramme(page, { promotions: [{ ...promotion, filter: { productIds: [ids.P] } }] });
    await page.reload();
    await expect(tileOf(page, 'P')).toContainText('2× pts');
    await expect(page.locator('.till-tile-more')).toHaveCount(1);
  });
});
