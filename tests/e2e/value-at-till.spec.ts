import type { Page } from '@playwright/test';
import { publishCampaign, publishCode, typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { paidOf, payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import {
  addProducts,
  digits,
  enrol,
  goTo,
  goToAddress,
  MANAGER,
  openShop,
  orderOf,
  readRows,
  tileOf,
} from './support/shop.ts';

test.describe.configure({ timeout: 180_000 });

const ROSA = { name: 'Rosa Sosa', pin: '846213' } as const;

/** Somebody else than who made the voucher allows it with their PIN; the one who is signed in is not asked. */
async function rosaApproves(page: Page): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Approve this voucher' });
  await expect(sheet).toBeVisible();
  await expect(sheet).not.toContainText(MANAGER.name);
  await expect(sheet).toContainText('Who made or gave out a voucher cannot redeem it.');
  await expect(sheet).toContainText(ROSA.name);
  await sheet.getByLabel("Manager's PIN").fill(ROSA.pin);
  await expect(sheet).toBeHidden();
}

async function goOn(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await expect(orderOf(page)).toBeVisible();
}

// proves S3-33, S3-34, S3-36, S3-37, S3-89, S3-93, S3-95, S3-96
/** Listens from now on, and returns what asks for the notes that were played, in Hz. */
async function hear(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const notes: number[] = [];
    Object.assign(window, { heardNotes: notes });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      notes.push(this.frequency.value);
      start.call(this, when);
    };
  });
  return () => page.evaluate(() => (window as never as { heardNotes: number[] }).heardNotes);
}

test('S3-57 W5 W12: a wallet is used at the till, an own voucher with another’s PIN, missing credit is sold first, a refund goes to a card', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [{ name: 'Coffee', priceMinor: 20_000 }]);
  await command(page, 'till.openShift', { floatMinor: 500_000 });
  await command(page, 'staff.create', { ...ROSA, roles: ['manager'] });
  await publishCode(page, 'BREK10', { kind: 'percent', rateBasisPoints: 1000 });
  await publishCode(page, 'LATER5', { kind: 'amount', amountMinor: 5_000 }, { validity: { startsOn: '2099-01-01' } });
  const coins = await publishCampaign(page, { name: 'Coins', benefit: { kind: 'credit', amountMinor: 15_000 } });
  await publishCode(page, 'VISITS', { kind: 'units', name: 'Visits', units: 5, days: 30 });
  const card = await command<{ accountId: string; code: string }>(page, 'credit.giveCard', {
    amountMinor: 10_000,
    note: 'raffle',
  });
  const bruno = await enrol(page, 'Bruno Cáceres');
  const ana = await enrol(page, 'Ana Benítez');
  await command(page, 'vouchers.claim', { code: 'BREK10', customerId: ana.customerId, saleId: null });
  await command(page, 'vouchers.give', { campaignId: coins, customerId: ana.customerId, note: '' });
  await page.reload();
  const payment = paymentOf(page);
  const notices = page.getByRole('region', { name: 'Notices' });
  const charge = orderOf(page).getByRole('button', { name: /^Charge/ });

  await test.step('S3-57: a person of the staff is linked with their customer record, and unlinked', async () => {
    await goToAddress(page, '#/settings/staff');
    await page.getByRole('button', { name: new RegExp(ROSA.name) }).click();
    const record = page.getByRole('region', { name: 'Customer record' });
    await expect(record).toContainText('Not linked');
    await record.getByLabel('Customer code').fill('nobody');
    await record.getByRole('button', { name: 'Link', exact: true }).click();
    await expect(record).toContainText('No customer has this code');
    await record.getByLabel('Customer code').fill(bruno.code);
    await record.getByRole('button', { name: 'Link', exact: true }).click();
    await expect(record).toContainText(`Bruno Cáceres · ${bruno.code}`);
    await keepPicture(page, 'staff-linked');
    expect(readRows(till, 'SELECT customer_id FROM staff_customers')).toEqual([{ customer_id: bruno.customerId }]);
    await record.getByRole('button', { name: 'Remove the link' }).click();
    await expect(record).toContainText('Not linked');
    await page.keyboard.press('Escape');
  });

  await test.step('used in a sale from the wallet, while the sale of another stays open beside it', async () => {
    await goToAddress(page, `#/till/customer/${bruno.customerId}`);
    await expect(orderOf(page)).toContainText('Bruno Cáceres');
    await tileOf(page, 'Coffee').click();
    await goTo(page, 'Customers');
    await goToAddress(page, `#/customers/${ana.customerId}`);
    const wallet = page.getByRole('region', { name: 'Wallet' });
    await wallet.getByRole('button', { name: 'Use in sale: BREK10' }).click();
    await expect(orderOf(page)).toContainText('Ana Benítez');
    await expect(orderOf(page)).toContainText('BREK10');
    await expect(page.getByRole('navigation', { name: 'Open and held sales' })).toContainText('Bruno C.');
    await tileOf(page, 'Coffee').click();
    await expect(charge).toContainText(digits(18_000));
    const heard = await hear(page);
    await page.keyboard.press('F9');
    await payment.getByRole('button', { name: /^Paid / }).click();
    await rosaApproves(page);
    await expect(paidOf(page)).toBeVisible();
    // Success rises to the eye and to the ear, and only to the ear of who wants nothing to move.
    const rising = paidOf(page).locator('.paid-change');
    await expect(rising).toHaveCSS('animation-name', 'rise');
    expect(await rising.evaluate((element) => getComputedStyle(element).animationDuration)).not.toBe('0s');
    await expect.poll(heard).toEqual(expect.arrayContaining([784, 988, 1319]));
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect(rising).toHaveCSS('animation-duration', '0s');
    await page.emulateMedia({ reducedMotion: null });
    expect(readRows(till, "SELECT usage_count FROM vouchers WHERE code = 'BREK10'")).toEqual([{ usage_count: 1 }]);
    expect(readRows(till, 'SELECT permission FROM override_grants WHERE used_by_operation_id IS NOT NULL')).toEqual([
      { permission: 'vouchers.own' },
    ]);
    await goOn(page);
  });

  await test.step('refused at the till: why, since when, and what else the customer holds', async () => {
    await ringUp(page, []);
    await typeCode(page, 'LATER5');
    await expect(notices).toContainText('Starts 1 Jan 2099');
    await expect(notices).toContainText('Ana Benítez has 2 other vouchers');
    await keepPicture(page, 'till-refused-others');
    await typeCode(page, 'NEVER-WAS');
    await expect(notices).toContainText('Code not known. Check the last 4 characters');
  });

  await test.step('redeemed now from the wallet; the till shows the balance at once', async () => {
    await goToAddress(page, `#/customers/${ana.customerId}`);
    const wallet = page.getByRole('region', { name: 'Wallet' });
    await wallet.getByRole('button', { name: 'Coins', exact: true }).click();
    const ticket = page.getByRole('dialog', { name: 'Coins' });
    await ticket.getByRole('button', { name: 'Redeem now' }).click();
    await rosaApproves(page);
    await expect(notices).toContainText(digits(15_000));
    await expect(ticket).toBeHidden();
    await goTo(page, 'Till');
    await expect(orderOf(page)).toContainText(`${digits(15_000)} store credit`);
    await command(page, 'credit.adjust', {
      of: { customerId: ana.customerId },
      ...{ amountMinor: 1_000, reason: 'goodwill', note: 'late' },
    });
    await expect(orderOf(page)).toContainText(`${digits(16_000)} store credit`);
  });

  await test.step('units of a voucher are given at the till, and pay there; what is left is said', async () => {
    await typeCode(page, 'VISITS');
    const voucher = page.getByRole('dialog', { name: 'VISITS' });
    await expect(voucher).toContainText('5 units');
    await voucher.getByRole('button', { name: 'Give it to Ana Benítez now' }).click();
    await rosaApproves(page);
    await expect(notices).toContainText('Visits for Ana Benítez: 5 uses');
    await tileOf(page, 'Coffee').click();
    const pass = orderOf(page).getByRole('switch', { name: /Visits can cover it, 5 left/ });
    await pass.press(' ');
    await expect(orderOf(page)).toContainText('Covered by Visits, 4 left');
    await page.keyboard.press('F9');
    await expect(payment).toContainText('Nothing to pay');
    await page.keyboard.press('Enter');
    await expect(paidOf(page)).toContainText(/Covered by passes.*20\.000.*4 uses left/s);
    await goOn(page);
  });

  await test.step('S3-96: 16.000 of 40.000 are there; 24.000 are sold first, then credit pays all', async () => {
    await ringUp(page, ['Coffee', 'Coffee']);
    await page.keyboard.press('F9');
    await payment.getByRole('radio', { name: 'Store credit' }).click();
    await expect(payment).toContainText(`${digits(16_000)} there`);
    if (till.electron === null) await expectAccessible(page, 'credit that is too small');
    await keepPicture(page, 'till-top-up');
    await payment.getByRole('button', { name: new RegExp(`^Sell .*${digits(24_000)} first`) }).click();
    const selling = page.getByRole('dialog', { name: /amount/i });
    await expect(selling.getByRole('radio', { name: 'Store credit' })).toBeChecked();
    await selling.getByRole('button', { name: new RegExp(`^Add .*${digits(24_000)}`) }).click();
    await expect(orderOf(page)).toContainText('Ana Benítez');
    await payCash(page);
    await goOn(page);
    await page
      .getByRole('navigation', { name: 'Open and held sales' })
      .getByRole('button', { name: /Ana B\. · held/ })
      .click();
    await expect(charge).toContainText(digits(40_000));
    await page.keyboard.press('F9');
    await payment.getByRole('radio', { name: 'Store credit' }).click();
    await payment.getByRole('button', { name: new RegExp(`^Pay .*${digits(40_000)}`) }).click();
    await expect(paidOf(page)).toContainText('Store credit left');
    expect(readRows(till, "SELECT balance_minor FROM credit_accounts WHERE kind = 'credit'")).toEqual([
      { balance_minor: 0 },
    ]);
    await goOn(page);
  });

  await test.step('W12: a frozen card does not pay, and no refund goes to it; opened again it takes 18.000', async () => {
    await command(page, 'credit.freeze', { accountId: card.accountId });
    await tileOf(page, 'Coffee').click();
    await page.keyboard.press('F9');
    await payment.getByRole('radio', { name: 'Gift card' }).click();
    await scannerType(page, card.code);
    await expect(payment.getByRole('alert')).toContainText('It is frozen');
    await page.keyboard.press('Escape');
    const [sale] = readRows<{ id: string }>(till, 'SELECT id FROM transactions WHERE amount_minor = 18000');
    await goToAddress(page, `#/till/sale/${sale?.id}/refund`);
    const panel = page.getByRole('dialog', { name: /^Refund / });
    await panel.getByRole('button', { name: 'Everything' }).click();
    await panel.getByLabel('Reason').fill('cold coffee');
    await panel.getByRole('radio', { name: 'Gift card' }).click();
    await panel.getByRole('radio', { name: 'A card they have' }).click();
    const act = panel.getByRole('button', { name: /^Refund ₲/ });
    await panel.getByLabel('Code of the gift card').fill('1234');
    await panel.getByRole('button', { name: 'Look up' }).click();
    await expect(panel).toContainText('Gift card not known');
    await panel.getByLabel('Code of the gift card').fill(card.code);
    await panel.getByRole('button', { name: 'Look up' }).click();
    await expect(panel).toContainText('It is frozen');
    await expect(act).toBeDisabled();
    await command(page, 'credit.unfreeze', { accountId: card.accountId });
    await panel.getByRole('button', { name: 'Another card' }).click();
    await scannerType(page, card.code);
    await expect(panel).toContainText(`${digits(10_000)} there`);
    if (till.electron === null) await expectAccessible(page, 'a refund to a gift card');
    await keepPicture(page, 'till-refund-to-card');
    await act.click();
    await expect(page.getByRole('dialog', { name: /^Receipt / })).toContainText(card.code);
    expect(readRows(till, "SELECT balance_minor FROM credit_accounts WHERE kind = 'gift-card'")).toEqual([
      { balance_minor: 28_000 },
    ]);
    await page.keyboard.press('Escape');
    const again = await command<{ code: string }>(page, 'credit.reissue', { accountId: card.accountId });
    await goToAddress(page, '#/till');
    await expect(orderOf(page)).toContainText('Coffee');
    await scannerType(page, card.code);
    await expect(notices).toContainText('This card was replaced by another');
    await scannerType(page, again.code);
    await expect(notices).toContainText(`Gift card with ₲ ${digits(28_000)}`);
    await keepPicture(page, 'till-card-scanned');
    await notices.getByRole('button', { name: 'Pay with it' }).click();
    await payment.getByRole('button', { name: new RegExp(`^Pay .*${digits(20_000)}`) }).click();
    await expect(paidOf(page)).toContainText(digits(8_000));
    await goOn(page);
  });

  await test.step('sales that a voucher or a pass paid whole say so, and the day shows apart what was put on credit', async () => {
    await publishCode(page, 'ALLFREE', { kind: 'percent', rateBasisPoints: 10_000 });
    await tileOf(page, 'Coffee').click();
    await typeCode(page, 'ALLFREE');
    await expect(orderOf(page)).toContainText('ALLFREE');
    await expect(charge).not.toContainText(digits(20_000));
    await page.keyboard.press('F9');
    await expect(payment).toContainText('Nothing to pay');
    await page.keyboard.press('Enter');
    await rosaApproves(page);
    await expect(paidOf(page)).toContainText(/Nothing to pay.*ALLFREE · ALLFREE.*20\.000/s);
    await keepPicture(page, 'till-paid-free');
    await goOn(page);
    const [covered] = readRows<{ id: string }>(
      till,
      "SELECT transaction_id AS id FROM transaction_tenders WHERE kind = 'package'",
    );
    await goToAddress(page, `#/till/sale/${covered?.id}`);
    await expect(page.getByRole('article')).toContainText('Covered by pass: Coffee × 1');
    await keepPicture(page, 'sale-covered');
    await page.getByRole('article').getByRole('button', { name: 'Receipt', exact: true }).click();
    const receipt = page.getByRole('dialog', { name: /^Receipt / });
    await expect(receipt).toContainText('Covered by pass: Coffee × 1');
    await keepPicture(page, 'receipt-covered');
    await page.keyboard.press('Escape');
    await goTo(page, 'Analytics');
    const [day] = readRows<{ sold: number }>(till, 'SELECT sold_value_minor AS sold FROM merchant_daily_analytics');
    expect(day).toEqual({ sold: 24_000 });
    const sold = page.getByRole('button', { name: new RegExp(`^Stored value sold: .*${digits(24_000)}`) });
    await expect(sold).toBeVisible();
    await keepPicture(page, 'analytics-today-value');
    await sold.click();
    await expect(page.getByRole('dialog', { name: 'Why this number' })).toContainText(digits(24_000));
    await keepPicture(page, 'analytics-stored-value');
  });
});
