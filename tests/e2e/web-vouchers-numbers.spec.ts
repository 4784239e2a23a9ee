import type { Page } from '@playwright/test';
import { publishCode, typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
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
import { payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { command } from './support/page-api.ts';
import { goTo, goToAddress, orderOf, readRows, tileOf } from './support/shop.ts';

const SHELF = {
  0: { Novel: 1_999, Atlas: 7_900, Bun: 410, Roll: 230, Pie: 1_337, Soap: 2_550 },
  400: { Tea: 735 },
  825: { Mug: 1_249, Lamp: 5_249 },
};

test.describe.configure({ timeout: 240_000 });

test.beforeEach(() => holdClock(test.info().outputPath('clock')));

test.afterEach(freeClock);

async function ring(page: Page, pieces: Readonly<Record<string, number>>): Promise<void> {
  await expect(orderOf(page)).toBeVisible();
  for (const [name, count] of Object.entries(pieces))
    for (let rung = 0; rung < count; rung += 1) await tileOf(page, name).click();
}

async function pay(page: Page): Promise<void> {
  await payCash(page);
  await goOn(page);
}

/** Writes 15 % off mugs and tea, at most 6.00, from 40.00 before tax on, in the panel of the Vouchers page. */
async function writeCapped(page: Page): Promise<void> {
  await goTo(page, 'Vouchers');
  await page.getByRole('button', { name: 'New voucher' }).first().click();
  const panel = page.getByRole('dialog', { name: 'New voucher' });
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('Kitchen days');
  await panel.getByRole('textbox', { name: 'Percent off' }).fill('15');
  await panel.getByRole('textbox', { name: 'At most' }).fill('6.00');
  await panel.getByRole('button', { name: 'How it is used' }).click();
  await page.getByRole('option', { name: 'One code for everybody' }).click();
  await panel.getByRole('textbox', { name: 'Code' }).fill('KITCHEN');
  for (const name of ['Mug', 'Tea']) {
    await panel.getByRole('combobox', { name: 'Items that count' }).click();
    // Slower than a scanner, whose keys are taken out of a field that wants none.
    await page.keyboard.type(name, { delay: 60 });
    await expect(page.getByRole('option')).toHaveText([name]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('button', { name: `Take ${name} out` })).toBeVisible();
    await expect(panel.getByRole('combobox', { name: 'Items that count' })).toBeFocused();
  }
  await panel.getByRole('button', { name: 'Next', exact: true }).click();
  await panel.getByRole('button', { name: 'Next', exact: true }).click();
  await panel.getByRole('textbox', { name: 'From' }).fill('40.00');
  await panel.getByRole('switch', { name: 'With tax' }).press(' ');
  await panel.getByRole('textbox', { name: 'Group' }).fill('kitchen');
  await expect(panel.locator('.voucher-sentence')).toContainText(
    '15% off Mug and Tea, at most $6.00, with $40.00 or more of these items before tax',
  );
  await panel.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish Kitchen days' });
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(panel).toBeHidden();
  await goTo(page, 'Till');
}

test('VC2 VC3 C-19 C-20 C-21 C-27 C-28 C-36 C-40: other prices, taxes and caps than the worked examples, sliced and ended between', async ({
  till,
}) => {
  const { page } = till;
  const { customerId, ids } = await openDollarShop(page, SHELF);
  const only = (...names: string[]) => ({ filter: { productIds: names.map((name) => ids[name]) } });
  await publishCode(page, 'FIVE', { kind: 'amount', amountMinor: 500 });
  await publishCode(page, 'BAKED', { kind: 'buy-take', buyUnits: 3, takeUnits: 2 }, only('Bun', 'Roll'));
  const minimum = { amountMinor: 5_600, of: 'eligible' };
  await publishCode(page, 'WITHTAX', { kind: 'amount', amountMinor: 777 }, { minimum, ...only('Lamp') });
  await publishCode(
    page,
    'NOTAX',
    { kind: 'amount', amountMinor: 888 },
    { minimum: { ...minimum, withTax: false }, ...only('Lamp') },
  );
  await publishCode(page, 'TWELVE', { kind: 'percent', rateBasisPoints: 1200 }, { stacking: { group: 'best' } });
  await publishCode(page, 'NINEFIFTY', { kind: 'amount', amountMinor: 950 }, { stacking: { group: 'best' } });
  await publishCode(
    page,
    'HALF',
    { kind: 'percent', rateBasisPoints: 5000 },
    { limits: { usesPerCode: null, budgetMinor: 1_000 } },
  );
  await publishCode(
    page,
    'NEXT35',
    { kind: 'percent', rateBasisPoints: 3500 },
    { use: 'next-sale', validity: { claimDays: 1 }, limits: { usesPerCode: null, perCustomer: 1 } },
  );
  for (const [amountMinor, days] of [
    [2_000, 1],
    [1_500, null],
  ] as const)
    await command(page, 'credit.adjust', {
      ...{ of: { customerId }, amountMinor, days },
      ...{ reason: 'goodwill', note: 'sorry' },
    });
  await page.reload();

  await test.step('two taxes, a cap, then an amount: each line keeps its share, and slices give back the whole', async () => {
    await writeCapped(page);
    await ring(page, { Mug: 3 });
    await typeCode(page, 'KITCHEN');
    await expect(lessOf(page)).toContainText('add $2.53');
    await ring(page, { Tea: 2, Novel: 1 });
    await expect(lessOf(page)).toContainText('$6.00');
    await typeCode(page, 'FIVE');
    await expectCharge(page, '$64.17');
    await expect(orderOf(page).locator('.till-facts')).toContainText(/Sales tax 8.25.*2\.53/);
    await expect(orderOf(page).locator('.till-facts')).toContainText(/Sales tax 4.*0\.48/);
    await pay(page);
    const sale = newestSale(till);
    expect(sharesOf(till, sale)).toEqual([
      ...['FIVE Mug 251', 'FIVE Tea 98', 'FIVE Novel 151'],
      ...['KITCHEN Mug 431', 'KITCHEN Tea 169'],
    ]);
    await refund(page, sale, ['Mug'], '$11.05', 'Stays used');
    await refund(page, sale, ['Tea', 'Mug'], '$17.32', 'Stays used');
    await refund(page, sale, ['Mug', 'Tea'], '$17.32', 'Stays used');
    await refund(page, sale, ['Novel'], '$18.48', null);
    expect(readRows(till, 'SELECT sum(amount_minor) AS back FROM refunds')).toEqual([{ back: 6_417 }]);
    await goToAddress(page, '#/till');
  });

  await test.step('three paid, two free, over two prices; what was free gives nothing back', async () => {
    await ring(page, { Bun: 4, Roll: 3 });
    await typeCode(page, 'BAKED');
    await expectCharge(page, '$18.70');
    await ring(page, { Bun: 1 });
    await expectCharge(page, '$22.80');
    await ring(page, { Bun: 1 });
    await expectCharge(page, '$24.60');
    await pay(page);
    const sale = newestSale(till);
    await refund(page, sale, ['Roll'], '$0.00', 'Stays used');
    await refund(page, sale, ['Bun', 'Bun'], '$8.20', null);
    await refund(page, sale, ['Roll', 'Roll', 'Bun', 'Bun', 'Bun', 'Bun'], '$16.40', null);
    await goToAddress(page, '#/till');
  });

  await test.step('a minimum of 56.00 with tax is met by 52.49 and 8.25 %, one without tax is not', async () => {
    await ring(page, { Lamp: 1 });
    await typeCode(page, 'NOTAX');
    await expect(lessOf(page)).toContainText('add $3.51');
    await expectCharge(page, '$56.82');
    await typeCode(page, 'WITHTAX');
    await expectCharge(page, '$48.41');
    await pay(page);
  });

  await test.step('12 % of 79.00 is 9.48, less than 9.50; of 80.00 and more it is not', async () => {
    await ring(page, { Atlas: 1 });
    await typeCode(page, 'TWELVE');
    await expectCharge(page, '$69.52');
    await typeCode(page, 'NINEFIFTY');
    await expectCharge(page, '$69.50');
    await ring(page, { Roll: 1 });
    await expectCharge(page, '$71.54');
    await pay(page);
  });

  await test.step('a budget of 10.00 is spent, and there again after a refund', async () => {
    await ring(page, { Novel: 1, Roll: 1 });
    await typeCode(page, 'HALF');
    await expectCharge(page, '$12.29');
    await pay(page);
    const sale = newestSale(till);
    await ring(page, { Roll: 1 });
    await page.waitForTimeout(1600);
    await typeCode(page, 'HALF');
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('budget');
    await expectCharge(page, '$2.30');
    await pay(page);
    await refund(page, sale, ['Roll'], '$1.27', 'Stays used');
    await goToAddress(page, '#/till');
    await ring(page, { Roll: 1 });
    // The same code again within a second and a half counts as one scan.
    await page.waitForTimeout(1600);
    await typeCode(page, 'HALF');
    await expectCharge(page, '$1.27');
    await pay(page);
  });

  await test.step('credit that ends first is spent first; refunded after its end it stays ended', async () => {
    await ringUp(page, ['Pie', 'Pie', 'Pie']);
    await typeCode(page, 'NEXT35');
    await page.getByRole('dialog', { name: 'NEXT35' }).getByRole('button', { name: 'Keep for Ana Benítez' }).click();
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('is in the wallet of Ana Benítez');
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.keyboard.press('F9');
    await paymentOf(page).getByRole('radio', { name: 'Store credit' }).click();
    await expect(paymentOf(page)).toContainText('$35.00 there');
    for (const key of ['8', '0', '0']) await paymentOf(page).getByRole('button', { name: key, exact: true }).click();
    await paymentOf(page).getByRole('button', { name: 'Pay $8.00, rest another way' }).click();
    await paymentOf(page).getByRole('radio', { name: 'Cash' }).click();
    await page.getByRole('button', { name: /^Paid / }).click();
    await goOn(page);
    const first = newestSale(till);
    await ringUp(page, ['Pie', 'Pie', 'Pie']);
    await page.getByRole('button', { name: 'Use NEXT35 on this sale' }).click();
    await expectCharge(page, '$26.07');
    await pay(page);
    const second = newestSale(till);
    await refund(page, second, ['Pie'], '$8.69', 'Stays used');
    await goToDay(page, 2);
    await refund(page, second, ['Pie', 'Pie'], '$17.38', 'Has ended meanwhile');
    const wallet = page.getByRole('region', { name: 'Wallet' });
    await goToAddress(page, `#/customers/${customerId}`);
    await expect(wallet.getByRole('list', { name: 'Store credit' })).toContainText('$15.00');
    await refund(page, first, ['Pie'], '$13.37', '$8.00');
    await goToAddress(page, `#/customers/${customerId}`);
    await expect(wallet.getByRole('list', { name: 'Store credit' })).toContainText('$23.00');
    await expect(wallet.getByRole('list', { name: 'Store credit' })).toContainText('$8.00: Until');
    expect(
      readRows(
        till,
        `SELECT t.kind, t.amount_minor FROM refund_tenders t JOIN refunds r ON r.id = t.refund_id
      WHERE r.transaction_id = '${first}' ORDER BY t.kind`,
      ),
    ).toEqual([
      { kind: 'cash', amount_minor: 537 },
      { kind: 'credit', amount_minor: 800 },
    ]);
  });
});
