import { expect, test } from './support/console.ts';
import { openRefund, payCash, ringUp } from './support/loyal-sales.ts';
import { COFFEE, openLoyalShop } from './support/loyalty.ts';
import { digits, readRows } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

test('C-40 W5: a refund becomes a new gift card, whose code stays on the screen until somebody has it', async ({
  till,
}) => {
  const { page } = till;
  await openLoyalShop(page, 0);
  await ringUp(page, [COFFEE.name, COFFEE.name]);
  await payCash(page);
  const [sale] = readRows<{ id: string }>(till, "SELECT id FROM transactions WHERE status = 'completed'");
  const panel = await openRefund(page, sale?.id);
  await panel.getByRole('button', { name: `One more ${COFFEE.name}` }).click();
  await panel.getByLabel('Reason').fill('cold coffee');
  await panel.getByRole('radio', { name: 'Gift card' }).click();
  await panel.getByRole('button', { name: /^Refund .*/ }).click();
  await expect(page.getByText(/New gift card of/)).toContainText(digits(22_000));
  const [card] = readRows<{ code: string }>(till, "SELECT code FROM credit_accounts WHERE kind = 'gift-card'");
  await expect(page.locator('.refund-code')).toHaveText(card?.code ?? '');
  await page.getByRole('button', { name: 'The customer has the code' }).click();
  await expect(page.locator('.refund-code')).toHaveCount(0);
  expect(
    readRows(
      till,
      'SELECT r.kind, r.amount_minor, a.balance_minor FROM refund_tenders r JOIN credit_accounts a ON a.id = r.account_id',
    ),
  ).toEqual([{ kind: 'gift-card', amount_minor: 22_000, balance_minor: 22_000 }]);
});
