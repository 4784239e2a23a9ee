import { expect, test } from './support/console.ts';
import { audit } from './support/audit.ts';
import { paidOf, payCash, ringUp } from './support/loyal-sales.ts';
import { COFFEE, openLoyalShop, PLATTER, publishProgramme } from './support/loyalty.ts';
import { goTo, orderOf, readRows, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

const event = (name: string, points: number, more: object = {}) => ({
  ...{ ruleId: name, kind: 'event', event: name, points },
  ...more,
});
const RULES = [
  { ruleId: 'base', kind: 'spend', name: 'Every sale', points: 1, perMinor: 1000 },
  event('enrolment', 30),
  event('review', 20, { timesPerYear: 1 }),
  event('referral', 100, { friendPoints: 40 }),
];

test('PT4: a friend is enrolled, buys and gives both their points; a review is recorded once; the page says what each was for', async ({
  till,
}) => {
  const { page } = till;
  const { customerId } = await openLoyalShop(page, 0);
  await publishProgramme(page, { rules: RULES });
  const balances = () =>
    readRows<{ points: number }>(
      till,
      'SELECT current_points AS points FROM customer_loyalty_accounts ORDER BY created_at_ms, id',
    ).map((row) => row.points);

  await goTo(page, 'Customers');
  const panel = page.getByRole('region', { name: 'New customer' });
  await panel.getByLabel('Name').fill('Eva Ruiz');
  await panel.getByRole('button', { name: 'E-mail, birthday, card, friend' }).click();
  await panel.getByLabel('Brought by').fill('Ana');
  await panel.getByRole('button', { name: /Ana Benítez/ }).click();
  await expect(panel.getByText('Brought by')).toBeVisible();
  await expect.poll(() => audit(page, { targetPixels: 44 })).toEqual([]);
  await page.screenshot({ path: 'test-results/screens/events-enrol.png' });
  await panel.getByRole('button', { name: 'Create Eva Ruiz' }).click();
  await expect(panel.getByText('Eva Ruiz is a customer now')).toBeVisible();
  expect(balances()).toEqual([30]);

  await panel.getByRole('button', { name: 'Start sale' }).click();
  await expect(orderOf(page)).toContainText('Eva Ruiz');
  await tileOf(page, COFFEE.name).click();
  await payCash(page);
  await expect.poll(balances).toEqual([30 + 22 + 40, 100]);

  await page.goto(new URL(`#/customers/${customerId}`, page.url()).href);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('Brought a friend: 100 points');
  await page.getByRole('button', { name: 'Review · +20' }).click();
  const dialog = page.getByRole('dialog', { name: 'Review: Ana Benítez' });
  await expect(dialog.getByRole('button', { name: 'Give 20 points' })).toBeDisabled();
  await dialog.getByLabel('How you know').fill('Shown on the phone');
  await expect.poll(() => audit(page, { targetPixels: 44 })).toEqual([]);
  await page.screenshot({ path: 'test-results/screens/events-review.png' });
  await dialog.getByRole('button', { name: 'Give 20 points' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(balances).toEqual([92, 120]);
  await expect(page.getByRole('button', { name: 'Review · nothing more now' })).toBeDisabled();
  await expect(timeline).toContainText('Review: +20 points');
  await page.getByRole('button', { name: /Why/ }).first().click();
  const why = page.getByRole('dialog', { name: 'Why 120 points' });
  await expect(why.getByRole('row', { name: /Review/ })).toContainText('+20');
  await expect(why.getByRole('row', { name: /Brought a friend/ })).toContainText('+100');
  await page.screenshot({ path: 'test-results/screens/events-why.png' });
});

test('C-38 PT4: a product is marked as a gift card and earns nothing; a rule for friends says in words what both get', async ({
  till,
}) => {
  const { page } = till;
  await openLoyalShop(page, 0);
  await page.goto(new URL('#/settings/catalogue', page.url()).href);
  await page
    .getByRole('button', { name: new RegExp(PLATTER.name) })
    .first()
    .click();
  const product = page.getByRole('dialog', { name: PLATTER.name });
  await product.getByRole('button', { name: /What it sells/ }).click();
  await page.getByRole('option', { name: 'A gift card' }).click();
  await expect(product).toContainText('It earns no points');
  await expect.poll(() => audit(page, { targetPixels: 44 })).toEqual([]);
  await page.screenshot({ path: 'test-results/screens/events-product.png' });
  await product.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(product).toBeHidden();
  expect(readRows(till, 'SELECT name FROM products WHERE is_stored_value = 1')).toEqual([{ name: PLATTER.name }]);

  await page.goto(new URL('#/settings/programme', page.url()).href);
  await page.getByRole('button', { name: 'Add earning rule' }).click();
  const rule = page.getByRole('dialog', { name: 'Add earning rule' });
  await rule.getByRole('button', { name: /Customers earn/ }).click();
  await page.getByRole('option', { name: 'by something that happens' }).click();
  await rule.getByRole('button', { name: /What happens/ }).click();
  await page.getByRole('option', { name: 'bringing a friend' }).click();
  await rule.getByLabel('Points for the friend').fill('15');
  await expect(rule.getByRole('status')).toContainText(
    '50 points for bringing a friend, and 15 points for the friend · with the friend’s first purchase',
  );
  await expect.poll(() => audit(page, { targetPixels: 44 })).toEqual([]);
  await page.screenshot({ path: 'test-results/screens/events-rule.png' });

  await page.goto(new URL('#/till', page.url()).href);
  await ringUp(page, [PLATTER.name]);
  await expect(orderOf(page)).not.toContainText('+120');
  await payCash(page);
  await expect(paidOf(page)).toBeVisible();
  expect(readRows(till, 'SELECT COUNT(*) AS n FROM points_transactions')).toEqual([{ n: 0 }]);
});
