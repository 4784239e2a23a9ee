import type { Page } from '@playwright/test';
import { publishCampaign } from './support/campaigns.ts';
import { expect, test, type TestConsole } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { openRefund, paidOf, payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { ask, command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { addProducts, digits, enrol, goTo, openShop, orderOf, readRows, tileOf, goToAddress } from './support/shop.ts';

test.describe.configure({ timeout: 180_000 });

const goOn = async (page: Page): Promise<void> => {
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
};

/** A shop that sells coffee and a pass for ten of it, with an open drawer, and Ana. */
async function openCoffeeShop(page: Page): Promise<{ customerId: string; code: string; ids: Record<string, string> }> {
  await openShop(page);
  const ids = await addProducts(page, [
    { name: 'Coffee', priceMinor: 20_000 },
    { name: 'Water', priceMinor: 3_200 },
    { name: 'Lunch', priceMinor: 50_000 },
  ]);
  const filter = { productIds: [ids.Coffee] };
  const plan = { name: 'Ten coffees', kind: 'package', terms: { units: 10, filter } };
  const { planId } = await command<{ planId: string }>(page, 'passes.savePlan', plan);
  const { taxRates } = await ask<{ taxRates: { taxRateId: string }[] }>(page, 'catalogue.list');
  await command(page, 'catalogue.saveProduct', {
    name: 'Ten coffees',
    priceMinor: 100_000,
    sku: null,
    categoryId: null,
    icon: 'coffee',
    soldByWeight: false,
    barcodes: [],
    taxRateId: taxRates[0]?.taxRateId,
    sells: 'package',
    sellsPlanId: planId,
  });
  await command(page, 'till.openShift', { floatMinor: 500_000 });
  const ana = await enrol(page, 'Ana Benítez');
  return { ...ana, ids };
}

/** axe looks in a browser only. */
async function expectAccessibleIn(till: TestConsole, where: string): Promise<void> {
  if (till.electron === null) await expectAccessible(till.page, where);
}

const balanceOf = (till: TestConsole, kind: 'credit' | 'gift-card') =>
  readRows<{ balance_minor: number }>(till, `SELECT balance_minor FROM credit_accounts WHERE kind = '${kind}'`);

// proves S3-3, S3-28, S3-29, S3-30, S3-31, S3-32, S3-40, S3-65, S3-66, S3-67, S3-68, S3-69, S3-70, S3-71, S3-72, S3-73, S3-99, S3-100, S3-115
test('C-35 W2 W9: credit pays beside a card that is declined and tried again, a pass pays coffee, a gift card pays a part', async ({
  till,
}) => {
  const { page } = till;
  const { customerId } = await openCoffeeShop(page);
  await command(page, 'credit.adjust', { of: { customerId }, amountMinor: 35_000, reason: 'goodwill', note: 'sorry' });
  await page.reload();
  const payment = paymentOf(page);

  await test.step('C-35: 40.000 of 35.000 is not there, the part is offered; declined, nothing is gone', async () => {
    await ringUp(page, ['Ten coffees']);
    await expect(orderOf(page)).toContainText(`${digits(35_000)} store credit`);
    await page.keyboard.press('F9');
    await payment.getByRole('radio', { name: 'Store credit' }).click();
    await expect(payment).toContainText(`${digits(35_000)} there`);
    for (const key of ['4', '0', '000']) await payment.getByRole('button', { name: key, exact: true }).click();
    await expect(payment.getByRole('alert')).toContainText(`${digits(40_000)} was asked for`);
    await expectAccessibleIn(till, 'paying with credit');
    await keepPicture(page, 'till-credit');
    await payment.getByRole('button', { name: new RegExp(`^Pay .*${digits(35_000)}.*rest another way`) }).click();
    await payment.getByRole('radio', { name: 'Card', exact: true }).click();
    await expect(payment).toContainText(digits(65_000));
    await payment.getByRole('button', { name: 'Declined' }).click();
    await expect(payment.getByRole('alert')).toContainText('The card was declined');
    expect(balanceOf(till, 'credit')).toEqual([{ balance_minor: 35_000 }]);
    expect(readRows(till, 'SELECT id FROM customer_packages')).toEqual([]);
    expect(readRows(till, "SELECT id FROM customer_events WHERE event_type = 'customer.payment.failed'")).toHaveLength(
      1,
    );
    await payment.getByRole('button', { name: /^Try .* again$/ }).click();
    await payment.getByRole('button', { name: /^Approved / }).click();
    await expect(paidOf(page)).toContainText('Store credit left');
    await expect(paidOf(page)).toContainText('10 uses left');
    await keepPicture(page, 'till-paid-value');
    expect(balanceOf(till, 'credit')).toEqual([{ balance_minor: 0 }]);
    expect(
      readRows(till, "SELECT kind, amount_minor FROM transaction_tenders WHERE status = 'approved' ORDER BY kind"),
    ).toEqual([
      { kind: 'card', amount_minor: 65_000 },
      { kind: 'credit', amount_minor: 35_000 },
    ]);
    expect(readRows(till, "SELECT amount_minor FROM store_credit_transactions WHERE kind = 'spend'")).toHaveLength(1);
    await goOn(page);
  });

  await test.step('S3-100: the manager sees what failed, what came back, opens the sale and handles it by keys', async () => {
    await goTo(page, 'Analytics');
    await expectAccessibleIn(till, 'Today with an alert');
    await keepPicture(page, 'today-alerts');
    await page.getByRole('link', { name: '1 alert waits for you' }).click();
    const list = page.getByRole('table', { name: 'Alerts' });
    await expect(list).toContainText(`${digits(65_000)} was declined (Card)`);
    await expectAccessibleIn(till, 'alerts');
    await keepPicture(page, 'alerts');
    await list.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: /was declined/ });
    await expect(panel).toContainText(`${digits(35_000)} (store credit)`);
    await expect(panel.getByRole('link', { name: 'Ana Benítez' })).toBeVisible();
    await expectAccessibleIn(till, 'an alert');
    await keepPicture(page, 'alert');
    await panel.getByRole('link', { name: /^Receipt / }).click();
    await expect(page).toHaveURL(/#\/till\/sale\//);
    await expect(page.getByText('Card · declined')).toBeVisible();
    await keepPicture(page, 'sale-declined');
    await page.goBack();
    await panel.getByLabel('Note').fill('The terminal was offline');
    await page.keyboard.press('Control+Enter');
    await expect(panel).toBeHidden();
    await expect(page.getByRole('button', { name: 'No open alerts' })).toBeVisible();
    await expect(page.getByText('Nothing needs you')).toBeVisible();
    await page.getByRole('radio', { name: 'Handled' }).click();
    await expect(list).toContainText('was declined');
    expect(readRows(till, 'SELECT times, note FROM alerts WHERE handled_at_ms IS NOT NULL')).toEqual([
      { times: 1, note: 'The terminal was offline' },
    ]);
    await list.getByRole('row').nth(1).click();
    await panel.getByRole('button', { name: 'Open again' }).click();
    await expect(page.getByRole('radio', { name: 'Open', exact: true })).toBeChecked();
    await panel.getByRole('button', { name: /Mark as handled/ }).click();
    await expect(page.getByText('Nothing needs you')).toBeVisible();
    await goTo(page, 'Till');
  });

  await test.step('the pass pays two coffees, and water is paid', async () => {
    await ringUp(page, ['Coffee', 'Coffee', 'Water']);
    const pass = orderOf(page).getByRole('switch', { name: /Ten coffees can cover it, 10 left/ });
    await pass.press(' ');
    await expect(orderOf(page)).toContainText('Covered by Ten coffees, 8 left');
    await expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toContainText(digits(3_200));
    await expectAccessibleIn(till, 'a line that a pass pays');
    await keepPicture(page, 'till-pass');
    await payCash(page);
    await expect(paidOf(page)).toContainText('8 uses left');
    await goOn(page);
  });

  await test.step('a gift card of 50.000 is sold and pays 3.200 (C-40); credit that is empty does not pay', async () => {
    await page.keyboard.press('F2');
    await page.getByRole('combobox').fill('gift');
    await page.getByRole('option', { name: /Sell a gift card/ }).click();
    const open = page.getByRole('dialog', { name: /amount/i });
    await expect(open.getByRole('radio', { name: 'Gift card' })).toBeChecked();
    for (const key of ['5', '0', '000']) await open.getByRole('button', { name: key, exact: true }).click();
    await expect(open).toContainText(digits(50_000));
    await open.getByRole('button', { name: /^Add / }).click();
    await payCash(page);
    const code = (await paidOf(page).locator('.paid-code code').textContent()) ?? '';
    await keepPicture(page, 'till-paid-card');
    await goOn(page);
    await ringUp(page, ['Water']);
    await page.keyboard.press('F9');
    const empty = payment.getByRole('radio', { name: 'Store credit' });
    await expect(empty).toContainText('Nothing left');
    await empty.click();
    await expect(payment).toContainText('There is nothing left on it.');
    await expect(payment.getByRole('button', { name: new RegExp(`^Sell .*${digits(3_200)} first`) })).toBeEnabled();
    await expectAccessibleIn(till, 'credit that is empty');
    await keepPicture(page, 'till-credit-empty');
    await payment.getByRole('radio', { name: 'Gift card' }).click();
    await expect(payment.getByLabel('Code of the gift card')).toBeFocused();
    await scannerType(page, code);
    await payment.getByRole('button', { name: new RegExp(`^Pay .*${digits(3_200)}`) }).click();
    await expect(paidOf(page)).toContainText(digits(46_800));
    expect(balanceOf(till, 'gift-card')).toEqual([{ balance_minor: 46_800 }]);
    await goOn(page);
    await allowCreditOfADay(till, '10000');
    await ringUp(page, ['Coffee']);
    await page.keyboard.press('F9');
    await payment.getByRole('radio', { name: 'Gift card' }).click();
    await expect(payment.getByLabel('Code of the gift card')).toBeFocused();
    await scannerType(page, code);
  });

  await test.step('W9: of 10.000 a day 6.800 are left at this till: no more is taken, and the rest is paid in cash', async () => {
    await expect(payment).toContainText(new RegExp(`This till may use .*${digits(6_800)} more of it today`));
    for (const key of ['7', '000']) await payment.getByRole('button', { name: key, exact: true }).click();
    await expect(payment.getByRole('alert')).toContainText('of this credit is left on this till today');
    await expectAccessibleIn(till, 'credit that this till may not give out');
    await keepPicture(page, 'till-credit-allowance');
    await payment.getByRole('button', { name: new RegExp(`^Pay .*${digits(6_800)}.*rest another way`) }).click();
    await payment.getByRole('radio', { name: 'Cash' }).click();
    await expect(payment).toContainText(digits(13_200));
    await payment.getByRole('button', { name: new RegExp(`^Paid .*${digits(13_200)}`) }).click();
    await expect(paidOf(page)).toContainText(digits(40_000));
    expect(balanceOf(till, 'gift-card')).toEqual([{ balance_minor: 40_000 }]);
  });
});

/** Lets this till give out so much of one credit a day, in Settings, and goes back to the till. */
async function allowCreditOfADay(till: TestConsole, amount: string): Promise<void> {
  const { page } = till;
  await goToAddress(page, '#/settings/value');
  const field = page.getByLabel('Credit of one customer, a day');
  await field.fill(amount);
  await expectAccessibleIn(till, 'what a till may give out');
  const card = page.locator('.settings-card').filter({ has: field });
  await keepPicture(page, 'settings-allowance');
  await card.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('Saved');
  await goTo(page, 'Till');
}

/** Writes the voucher for the next purchase in the panel of the Vouchers page, and goes back to the till. */
async function writeNextTime(page: Page): Promise<void> {
  await goTo(page, 'Vouchers');
  await page.getByRole('button', { name: 'New voucher' }).first().click();
  const panel = page.getByRole('dialog', { name: 'New voucher' });
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('20 % next time');
  await panel.getByRole('textbox', { name: 'Percent off' }).fill('20');
  await panel.getByRole('button', { name: 'How it is used' }).click();
  await page.getByRole('option', { name: 'One code for everybody' }).click();
  await panel.getByRole('textbox', { name: 'Code' }).fill('NEXT20');
  await panel.getByRole('button', { name: 'Next', exact: true }).click();
  await panel.getByRole('button', { name: 'Used in' }).click();
  await page.getByRole('option', { name: 'the next sale only' }).click();
  await panel.getByRole('button', { name: 'Next', exact: true }).click();
  await panel.getByRole('textbox', { name: 'Uses per customer', exact: true }).fill('1');
  await panel.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish 20 % next time' });
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(panel).toBeHidden();
  await goTo(page, 'Till');
}

test('S0-54 C-36 C-41: a voucher is scanned, claimed, kept for the next sale, redeemed and given back; three items give three uses', async ({
  till,
}) => {
  const { page } = till;
  const { customerId, ids } = await openCoffeeShop(page);
  await publishCampaign(page, {
    name: 'Free coffee',
    benefit: { kind: 'product', units: 1 },
    filter: { productIds: [ids.Coffee] },
    limits: { usesPerSale: null },
    distribution: {
      kind: 'after-sale',
      minimumMinor: 100_000,
      per: 'unit',
      filter: { productIds: [ids.Lunch] },
    },
  });
  await page.reload();
  await test.step('created on the Vouchers page, published', () => writeNextTime(page));
  const charge = orderOf(page).getByRole('button', { name: /^Charge/ });
  const claims = () => readRows(till, 'SELECT status FROM customer_vouchers ORDER BY claimed_at_ms');

  await test.step('scanned and kept: 60.000 stay 60.000', async () => {
    await ringUp(page, ['Coffee', 'Coffee', 'Coffee']);
    await scannerType(page, 'NEXT20');
    const voucher = page.getByRole('dialog', { name: '20 % next time' });
    await expectAccessibleIn(till, 'a voucher for the next purchase');
    await keepPicture(page, 'till-voucher-keep');
    await voucher.getByRole('button', { name: 'Keep for Ana Benítez' }).click();
    await expect(page.getByRole('region', { name: 'Notices' })).toContainText('is in the wallet of Ana Benítez');
    await expect(charge).toContainText(digits(60_000));
    await payCash(page);
    await goOn(page);
    expect(claims()).toEqual([{ status: 'CLAIMED' }]);
    expect(readRows(till, 'SELECT scan_count, claim_count FROM vouchers WHERE scan_count > 0')).toEqual([
      { scan_count: 1, claim_count: 1 },
    ]);
    expect(readRows(till, 'SELECT customer_id FROM qr_scan_logs WHERE voucher_id IS NOT NULL')).toEqual([
      { customer_id: customerId },
    ]);
  });

  await test.step('the next sale offers it: 80.000 become 64.000, and a refund brings it back', async () => {
    await ringUp(page, ['Coffee', 'Coffee', 'Coffee', 'Coffee']);
    await expect(orderOf(page)).toContainText('20 % next time fits this sale');
    await keepPicture(page, 'till-voucher-fits');
    await page.getByRole('button', { name: 'Use 20 % next time on this sale' }).click();
    await expect(charge).toContainText(digits(64_000));
    await payCash(page);
    await goOn(page);
    expect(claims()).toEqual([{ status: 'REDEEMED' }]);
    const [sale] = readRows<{ id: string }>(till, 'SELECT id FROM transactions WHERE amount_minor = 64000');
    const panel = await openRefund(page, sale?.id);
    for (let piece = 0; piece < 4; piece += 1) await panel.getByRole('button', { name: 'One more Coffee' }).click();
    await panel.getByLabel('Reason').fill('cold');
    await panel.getByRole('button', { name: new RegExp(`^Refund .*${digits(64_000)}`) }).click();
    await expect(panel).toBeHidden();
    expect(claims()).toEqual([{ status: 'CLAIMED' }]);
    await page.keyboard.press('Escape');
    await goToAddress(page, `#/till/sale/${sale?.id}`);
    await expect(page.locator('.sale-facts').first()).toContainText(new RegExp(`20 % next time.*−.*${digits(16_000)}`));
    await page.goto(new URL('#/till', page.url()).href);
  });

  await test.step('C-41: three lunches give a voucher of three coffees, the reprint shows the same, the next order uses it up', async () => {
    await expect(orderOf(page)).toBeVisible();
    for (const _ of [1, 2, 3]) await tileOf(page, 'Lunch').click();
    await payCash(page);
    await expect(paidOf(page)).toContainText('3 uses');
    const code = (await paidOf(page).locator('.paid-code code').textContent()) ?? '';
    await goOn(page);
    const [sale] = readRows<{ id: string }>(till, 'SELECT id FROM transactions WHERE amount_minor = 150000');
    await page.goto(new URL(`#/till/sale/${sale?.id}`, page.url()).href);
    await page.getByRole('button', { name: 'Receipt', exact: true }).click();
    await expect(page.getByRole('dialog', { name: /^Receipt / })).toContainText(code);
    await keepPicture(page, 'receipt-with-voucher');
    await page.keyboard.press('Escape');
    await page.goto(new URL('#/till', page.url()).href);
    await expect(orderOf(page)).toBeVisible();
    for (const _ of [1, 2, 3]) await tileOf(page, 'Coffee').click();
    await scannerType(page, code);
    await expect(charge).toContainText(new RegExp(`[^.\\d]${digits(0)}`));
    await page.keyboard.press('F9');
    await expect(paymentOf(page)).toContainText('Nothing to pay');
    await page.keyboard.press('Enter');
    await expect(paidOf(page)).toBeVisible();
    await goOn(page);
    expect(readRows(till, `SELECT usage_limit, usage_count FROM vouchers WHERE code = '${code}'`)).toEqual([
      { usage_limit: 3, usage_count: 3 },
    ]);
  });
});
