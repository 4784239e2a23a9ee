import { expect, test } from './support/console.ts';
import { openRefund, paidOf, payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { COFFEE, openLoyalShop, PLATTER, publishProgramme } from './support/loyalty.ts';
import { command } from './support/page-api.ts';
import { digits, orderOf, readRows, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

test('T19 C-9: a reward is used with two keys, and a part of the sale given back returns its part of the points', async ({
  till,
}) => {
  const { page } = till;
  const { customerId } = await openLoyalShop(page, 600);
  await ringUp(page, [COFFEE.name, COFFEE.name]);
  const order = orderOf(page);
  await expect(order).toContainText('Money off can be used now');

  await page.keyboard.press('F6');
  await expect(page.getByRole('option').first()).toContainText('up to 400 points');
  await expect(page.getByRole('option').nth(1)).toContainText('1.000 points are needed, there are 600');
  await page.keyboard.press('Enter');
  await expect(order).toContainText('400 points');
  await order.getByRole('button', { name: 'Fewer points for Money off' }).click();
  await expect(order).toContainText('300 points');
  await expect(order.getByRole('button', { name: /^Charge/ })).toContainText(digits(14_000));
  await expect(order).toContainText('+14');
  await expect(order).toContainText('14 base · −300 spent');

  await order.getByRole('button', { name: 'Why this number' }).click();
  const why = page.getByRole('dialog', { name: 'Why these numbers' });
  await expect(why).toContainText('Paid with points');
  await expect(why).toContainText('Points in Puntos');
  await page.keyboard.press('Escape');

  await payCash(page);
  await expect(paidOf(page)).toContainText('+14');
  await expect(paidOf(page)).toContainText('314');
  expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([{ current_points: 314 }]);

  const [sale] = readRows<{ id: string }>(till, "SELECT id FROM transactions WHERE status = 'completed'");
  const panel = await openRefund(page, sale?.id);
  await panel.getByRole('button', { name: 'One more Flat white' }).click();
  await expect(panel).toContainText('Points given back');
  await expect(panel).toContainText('+150');
  await expect(panel).toContainText('−7');
  await panel.getByText('Why these numbers').click();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Points given back' })).toContainText('300 points used');
  await expect(panel.getByRole('listitem').filter({ hasText: 'Points taken back' })).toContainText('14 earned');
  await panel.getByLabel('Reason').fill('cold');
  await panel.getByRole('button', { name: new RegExp(`^Refund .*${digits(7_000)}`) }).click();
  await expect(panel).toBeHidden();
  const receipt = page.getByRole('dialog', { name: /^Receipt / });
  await receipt.getByText('Why these numbers').click();
  await expect(receipt.getByRole('listitem').filter({ hasText: 'Flat white back' })).toContainText(digits(7_000));
  await expect(receipt.getByRole('listitem').filter({ hasText: 'Points given back' })).toContainText('150');
  await page.evaluate(() => {
    window.print = () =>
      document.body.setAttribute('data-printed', document.querySelector('.ui-print')?.textContent ?? '');
  });
  await receipt.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', /Flat white back.*Points given back/);
  await page.keyboard.press('Escape');
  expect(readRows(till, 'SELECT amount_minor, points_reversed FROM refunds')).toEqual([
    { amount_minor: 7_000, points_reversed: 7 },
  ]);
  expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([{ current_points: 457 }]);

  await page.goto(new URL(`#/customers/${customerId}`, page.url()).href);
  const balance = page.getByRole('region', { name: 'Points balance' });
  await expect(balance).toContainText('457');
  await expect(balance).toContainText('543 to Free lunch');
  await page.getByRole('radio', { name: 'Points' }).last().click();
  await expect(page.getByRole('list', { name: 'Rewards within reach' })).toContainText('Money off');
});

test('C-15 C-17: a sale that reaches a tier says so before and after it is paid, and the next sale has its points', async ({
  till,
}) => {
  const { page } = till;
  const { customerId } = await openLoyalShop(page, 0);
  await ringUp(page, [PLATTER.name]);
  await expect(orderOf(page)).toContainText('Moves up to Gold with this sale');
  await expect(orderOf(page)).toContainText('120 base');
  await payCash(page);
  await expect(paidOf(page)).toContainText('Ana Benítez is now Gold');
  await page.keyboard.press('Enter');

  await ringUp(page, [COFFEE.name]);
  await expect(orderOf(page).locator('.order-customer-name')).toContainText('Gold');
  await expect(orderOf(page)).toContainText('22 base · 11 Gold');
  await payCash(page);
  await expect(paidOf(page)).toContainText('+33');
  expect(readRows(till, 'SELECT tier_id FROM customer_tiers')).toEqual([{ tier_id: 'gold' }]);
  expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([{ current_points: 153 }]);

  await page.goto(new URL(`#/customers/${customerId}`, page.url()).href);
  await expect(page.getByRole('region', { name: 'Tier' })).toContainText('The highest tier');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Gold');
  await expect(page.getByText('Up to Gold')).toBeVisible();
});

test('T20: a sale made without a customer is given one later, once, and earns as on its day', async ({ till }) => {
  const { page } = till;
  await openLoyalShop(page, 0);
  await tileOf(page, COFFEE.name).click();
  await expect(orderOf(page)).toContainText('22 points');
  await payCash(page);
  const [sale] = readRows<{ id: string }>(till, "SELECT id FROM transactions WHERE status = 'completed'");
  await page.goto(new URL(`#/till/sale/${sale?.id}`, page.url()).href);
  await page.getByRole('button', { name: 'Add customer' }).click();
  await expect(page.getByRole('option').first()).toContainText('Ana Benítez');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Ana Benítez has 22 points from this sale').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ana Benítez', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add customer' })).toBeHidden();
  expect(readRows(till, 'SELECT current_points FROM customer_loyalty_accounts')).toEqual([{ current_points: 22 }]);
});

test('C-35: a declined card frees the points of the rewards at once, and the sale goes on with them', async ({
  till,
}) => {
  const { page } = till;
  await openLoyalShop(page, 600);
  const points = () => readRows(till, 'SELECT current_points FROM customer_loyalty_accounts');
  await ringUp(page, [COFFEE.name]);
  await expect(orderOf(page)).toContainText('Money off can be used now');
  await page.keyboard.press('F6');
  await expect(page.getByRole('option').first()).toContainText('up to 200 points');
  await page.keyboard.press('Enter');
  await expect(orderOf(page).getByRole('button', { name: /^Charge/ })).toContainText(digits(2_000));
  await orderOf(page)
    .getByRole('button', { name: /^Payment: / })
    .click();
  await page.getByRole('menuitem', { name: 'Card', exact: true }).click();
  await page.keyboard.press('F9');
  await expect(paymentOf(page)).toContainText('Enter this amount on the card terminal');
  expect(points()).toEqual([{ current_points: 400 }]);

  await paymentOf(page).getByRole('button', { name: 'Declined' }).click();
  await expect(paymentOf(page).getByRole('alert')).toContainText('The card was declined');
  expect(points()).toEqual([{ current_points: 600 }]);

  await paymentOf(page).getByRole('button', { name: 'Pay in cash' }).click();
  await expect(page.getByRole('button', { name: /^Paid / })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(paidOf(page)).toContainText('402');
  expect(points()).toEqual([{ current_points: 402 }]);
  expect(readRows(till, 'SELECT status, amount_minor FROM transactions')).toEqual([
    { status: 'completed', amount_minor: 2_000 },
  ]);
});

test('C-10: where money is kept for points that are gone, the refund names what is handed back', async ({ till }) => {
  const { page } = till;
  await openLoyalShop(page, 0);
  await publishProgramme(page, { negativeBalance: 'DEDUCT_CASH', pointValue: { points: 1, perMinor: 100 } });
  await page.reload();
  await ringUp(page, [COFFEE.name]);
  await payCash(page);
  const [sale] = readRows<{ id: string; customer_id: string }>(till, 'SELECT id, customer_id FROM transactions');
  const taken = { customerId: sale?.customer_id, reason: 'correction', points: -22, note: 'gone' };
  await command(page, 'points.award', taken);
  const panel = await openRefund(page, sale?.id);
  await panel.getByRole('button', { name: 'Everything' }).click();
  await expect(panel).toContainText('Kept for missing points');
  await panel.getByLabel('Reason').fill('cold');
  await panel.getByRole('button', { name: new RegExp(`^Refund .*${digits(19_800)}`) }).click();
  await expect(panel).toBeHidden();
  expect(readRows(till, 'SELECT amount_minor, deducted_minor FROM refunds')).toEqual([
    { amount_minor: 22_000, deducted_minor: 2_200 },
  ]);
  expect(readRows(till, 'SELECT kind, amount_minor FROM refund_tenders')).toEqual([
    { kind: 'cash', amount_minor: 19_800 },
  ]);
});
