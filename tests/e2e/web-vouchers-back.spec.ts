import { EventEmitter, once } from 'node:events';
import type { Page } from '@playwright/test';
import { publishCode, typeCode } from './support/campaigns.ts';
import { expect, test, type TestConsole } from './support/console.ts';
import {
  expectCharge,
  freeClock,
  goOn,
  goToDay,
  holdClock,
  lessOf,
  newestSale,
  openDollarShop,
  refund,
  sharesOf,
} from './support/dollar-shop.ts';
import { openRefund, paidOf, payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { command } from './support/page-api.ts';
import { goToAddress, orderOf, readRows, tileOf } from './support/shop.ts';

const UNTAXED = {
  Bagel: 510,
  Apple: 1_000,
  Bread: 1_000,
  Candle: 1_000,
  Lunch: 2_000,
  Gum: 198,
  Ale: 1_500,
  Beer: 2_500,
};
const TAXED = { Pen: 560, Book: 892, Lamp: 4_491, Chair: 21_726, Table: 240_000, Pan: 3_000 };
const DOCUMENT = ['Pen', 'Book', 'Lamp', 'Chair', 'Table'];

test.describe.configure({ timeout: 180_000 });

test.beforeEach(() => holdClock(test.info().outputPath('clock')));

test.afterEach(freeClock);

/** What the taxed things cost with tax rounded so, and nothing with a whole voucher. */
async function sellForNothing(till: TestConsole, code: string, tax: string, whole: string): Promise<void> {
  const { page } = till;
  for (const name of DOCUMENT) await tileOf(page, name).click();
  await expectCharge(page, whole);
  await expect(orderOf(page).locator('.till-facts')).toContainText(new RegExp(`Sales tax.*${tax}`));
  await typeCode(page, code);
  await expect(lessOf(page)).toContainText('$2,676.69');
  await expectCharge(page, '$0.00');
  await expect(orderOf(page).locator('.till-facts')).not.toContainText('Sales tax');
  await page.keyboard.press('F9');
  await expect(paymentOf(page)).toContainText('Nothing to pay');
  await page.keyboard.press('Enter');
  await expect(paidOf(page)).toBeVisible();
  await goOn(page);
  const id = newestSale(till);
  expect(readRows(till, `SELECT amount_minor, tax_minor FROM transactions WHERE id = '${id}'`)).toEqual([
    { amount_minor: 0, tax_minor: 0 },
  ]);
  expect(readRows(till, `SELECT id FROM transaction_tenders WHERE transaction_id = '${id}'`)).toEqual([]);
}

/** Uses what the wallet offers on a sale of four lunches. */
async function useNextTime(page: Page): Promise<void> {
  await ringUp(page, ['Lunch', 'Lunch', 'Lunch', 'Lunch']);
  await expectCharge(page, '$80.00');
  await page.getByRole('button', { name: 'Use NEXT20 on this sale' }).click();
  await expectCharge(page, '$64.00');
  await payCash(page);
  await goOn(page);
}

test('C-20 C-26 C-27 C-28 C-36 C-40: free pieces, a whole discount and slices of one are exact to the cent; what has ended is given anew and pays nothing', async ({
  till,
}) => {
  const { page } = till;
  const { customerId, ids } = await openDollarShop(page, { 0: UNTAXED, 1500: TAXED });
  await publishCode(page, 'TAKE3', { kind: 'buy-take', buyUnits: 2, takeUnits: 1 });
  for (const code of ['WHOLE1', 'WHOLE2']) await publishCode(page, code, { kind: 'percent', rateBasisPoints: 10_000 });
  const drinks = { filter: { productIds: [ids.Ale, ids.Beer] } };
  await publishCode(page, 'FREE40', { kind: 'percent', rateBasisPoints: 10_000, capMinor: 4_000 }, drinks);
  await publishCode(page, 'OFF10', { kind: 'amount', amountMinor: 1_000 });
  await publishCode(
    page,
    'NEXT20',
    { kind: 'percent', rateBasisPoints: 2000 },
    {
      use: 'next-sale',
      validity: { claimDays: 1 },
      limits: { usesPerCode: null, perCustomer: 1 },
    },
  );
  await command(page, 'credit.adjust', {
    ...{ of: { customerId }, amountMinor: 5_000, days: 1 },
    ...{ reason: 'goodwill', note: 'sorry' },
  });
  await page.reload();

  await test.step('C-28: of 3, 5, 6 and 9 pieces 1, 1, 2 and 3 are free and earn nothing', async () => {
    await ringUp(page, []);
    let rung = 0;
    for (const [pieces, free, total, points] of [
      [3, '$5.10', '$10.20', '+10'],
      [5, '$5.10', '$20.40', '+20'],
      [6, '$10.20', '$20.40', '+20'],
      [9, '$15.30', '$30.60', '+30'],
    ] as const) {
      for (; rung < pieces; rung += 1) await tileOf(page, 'Bagel').click();
      if (pieces === 3) await typeCode(page, 'TAKE3');
      await expectCharge(page, total);
      await expect(lessOf(page)).toContainText(free);
      await expect(orderOf(page).locator('.order-points-why')).toContainText(points);
    }
    await payCash(page);
    await goOn(page);
  });

  await test.step('C-20: all of two untaxed items, at most 40.00, beside one with tax', async () => {
    for (const name of ['Pan', 'Beer', 'Ale']) await tileOf(page, name).click();
    await typeCode(page, 'FREE40');
    await expect(lessOf(page)).toContainText('$40.00');
    await expectCharge(page, '$34.50');
    await tileOf(page, 'Ale').click();
    await expectCharge(page, '$49.50');
    await payCash(page);
    await goOn(page);
    expect(sharesOf(till, newestSale(till))).toEqual(['FREE40 Beer 1818', 'FREE40 Ale 2182']);
  });

  await test.step('C-26: all of it off leaves nothing and no tax, rounded once per receipt and on every line', async () => {
    await sellForNothing(till, 'WHOLE1', '401.50', '$3,078.19');
    await goToAddress(page, '#/settings/shop');
    const rounding = page.getByRole('button', { name: /Tax is rounded/ });
    await rounding.click();
    await page.getByRole('option', { name: 'On every line' }).click();
    await expect(rounding).toContainText('On every line');
    await goToAddress(page, '#/till');
    await sellForNothing(till, 'WHOLE2', '401.51', '$3,078.20');
  });

  await test.step('a code that is known only after Charge was pressed waits, and the payment stays', async () => {
    await tileOf(page, 'Apple').click();
    await expectCharge(page, '$10.00');
    const gate = new EventEmitter();
    const opened = once(gate, 'open');
    await page.route(/scanning\.submit/, async (route) => {
      await opened;
      await route.continue();
    });
    await typeCode(page, 'OFF10');
    await page.keyboard.press('F9');
    await expect(paymentOf(page)).toBeVisible();
    gate.emit('open');
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('OFF10 changes what there is to pay');
    await expect(paymentOf(page)).toBeVisible();
    await page.unroute(/scanning\.submit/);
    await page.keyboard.press('Escape');
    await expectCharge(page, '$10.00');
  });

  await test.step('C-27: 10.00 off three lines of 10.00 comes back as 6.66, 6.67 and 6.67', async () => {
    for (const name of ['Bread', 'Candle']) await tileOf(page, name).click();
    // Two of the three are 20.00 as well.
    await expectCharge(page, '$30.00');
    await typeCode(page, 'OFF10');
    await expectCharge(page, '$20.00');
    await payCash(page);
    await goOn(page);
    const saleId = newestSale(till);
    expect(sharesOf(till, saleId)).toEqual(['OFF10 Apple 334', 'OFF10 Bread 333', 'OFF10 Candle 333']);
    await refund(page, saleId, ['Apple'], '$6.66', 'Stays used');
    await refund(page, saleId, ['Bread'], '$6.67', 'Stays used');
    await refund(page, saleId, ['Candle'], '$6.67', 'Can be used again');
    expect(readRows(till, 'SELECT sum(amount_minor) AS back FROM refunds')).toEqual([{ back: 2_000 }]);
    await goToAddress(page, '#/till');
  });

  const wallet = page.getByRole('region', { name: 'Wallet' });
  const ready = wallet.getByRole('list', { name: 'Use now' }).getByRole('listitem');
  const credit = wallet.getByRole('list', { name: 'Store credit' });
  const ended = wallet.getByRole('list', { name: 'Ended' }).getByRole('listitem');

  await test.step('C-36: kept for the next purchase 60.00 stay 60.00; then 80.00 are 64.00, and it comes back', async () => {
    await ringUp(page, ['Lunch', 'Lunch', 'Lunch']);
    await typeCode(page, 'NEXT20');
    await page.getByRole('dialog', { name: 'NEXT20' }).getByRole('button', { name: 'Keep for Ana Benítez' }).click();
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('is in the wallet of Ana Benítez');
    await expectCharge(page, '$60.00');
    await payCash(page);
    await goOn(page);
    await useNextTime(page);
    await refund(page, newestSale(till), ['Lunch', 'Lunch', 'Lunch', 'Lunch'], '$64.00', 'Can be used again');
    await goToAddress(page, `#/customers/${customerId}`);
    await expect(ready).toHaveCount(1);
    await expect(ready).toContainText('NEXT20');
    await expect(ready.getByRole('button', { name: 'Use in sale: NEXT20' })).toBeVisible();
    await expect(credit).toContainText('$50.00');
    await goToAddress(page, '#/till');
    await useNextTime(page);
  });

  await test.step('C-36: refunded after its end it has ended, and is given anew', async () => {
    const saleId = newestSale(till);
    await goToDay(page, 2);
    await refund(page, saleId, ['Lunch', 'Lunch', 'Lunch', 'Lunch'], '$64.00', 'Has ended meanwhile');
    await goToAddress(page, `#/customers/${customerId}`);
    await wallet.getByRole('button', { name: '0 used, 1 ended' }).click();
    await expect(ready).toHaveCount(0);
    await expect(ended).toContainText('NEXT20');
    await ended.getByRole('button', { name: 'NEXT20', exact: true }).click();
    await page.getByRole('dialog', { name: 'NEXT20' }).getByRole('button', { name: 'Give anew' }).click();
    await expect(ready).toHaveCount(1);
    await expect(ready).toContainText('Ends in 1 day');
    await expect(ready.locator('.customer-ticket-code')).not.toHaveText('NEXT20');
  });

  await test.step('C-40: 50.00 of credit that ended yesterday cannot pay', async () => {
    await expect(credit).toContainText('$0.00');
    await goToAddress(page, '#/till');
    await ringUp(page, ['Apple']);
    await page.keyboard.press('F9');
    const byCredit = paymentOf(page).getByRole('radio', { name: 'Store credit' });
    await expect(byCredit).toContainText('Ended');
    await byCredit.click();
    await expect(paymentOf(page)).toContainText('There is nothing left on it: what was there ended');
    await expect(paymentOf(page).getByRole('button', { name: /^Pay / })).toHaveCount(0);
    await expect(paymentOf(page).getByRole('button', { name: /^Sell .* first$/ })).toBeEnabled();
    await paymentOf(page).getByRole('radio', { name: 'Cash' }).click();
    await paymentOf(page).getByRole('radio', { name: 'Cash' }).focus();
    for (const _ of [1, 2, 3, 4]) await page.keyboard.press('ArrowRight');
    await expect(paymentOf(page).getByRole('radio', { name: 'Gift card' })).toBeFocused();
    await expect(paymentOf(page).getByRole('button', { name: /^Pay / })).toHaveCount(0);
    await page.getByRole('button', { name: /^Paid / }).click();
    await expect(paidOf(page)).toBeVisible();
    expect(readRows(till, "SELECT amount_minor FROM store_credit_transactions WHERE kind = 'spend'")).toEqual([]);
    await goOn(page);
  });

  await test.step('C-40: 1.98 given back becomes a card of 1.98, and the ticket comes to nothing', async () => {
    await tileOf(page, 'Gum').click();
    await payCash(page);
    await goOn(page);
    const panel = await openRefund(page, newestSale(till));
    await panel.getByRole('button', { name: 'One more Gum' }).click();
    await panel.getByLabel('Reason').fill('brought back');
    await panel.getByRole('radio', { name: 'Gift card' }).click();
    await panel.getByRole('button', { name: 'Refund $1.98' }).click();
    await expect(page.getByText(/New gift card of/)).toContainText('$1.98');
    expect(readRows(till, "SELECT balance_minor FROM credit_accounts WHERE kind = 'gift-card'")).toEqual([
      { balance_minor: 198 },
    ]);
    expect(readRows(till, "SELECT sum(amount_minor) AS money FROM refund_tenders WHERE kind <> 'gift-card'")).toEqual([
      { money: 14_800 },
    ]);
  });
});
