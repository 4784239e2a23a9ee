import { typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { openRefund, paidOf, payCash, paymentOf, ringUp } from './support/loyal-sales.ts';
import { COFFEE, openLoyalShop } from './support/loyalty.ts';
import { digits, goTo, readRows } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

test('C-40 C-52 W5: a refund becomes a new gift card, whose code stays on the screen until somebody has it', async ({
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

  await test.step('C-52: of what a card and cash paid, it says what goes back to the card and what is left to hand over', async () => {
    const receipt = page.getByRole('dialog', { name: /^Receipt / });
    await expect(receipt).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(receipt).toBeHidden();
    await goTo(page, 'Till');
    await page.getByRole('button', { name: /^New sale/ }).click();
    await ringUp(page, [COFFEE.name, COFFEE.name]);
    await typeCode(page, card?.code ?? '');
    await page.getByRole('button', { name: 'Pay with it' }).click();
    await expect(paymentOf(page).getByRole('button', { name: /^Pay .* rest another way$/ })).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(paymentOf(page).getByText('To pay in cash')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(paidOf(page)).toBeVisible();
    const [paid] = readRows<{ id: string }>(
      till,
      "SELECT transaction_id AS id FROM transaction_tenders WHERE kind = 'gift-card'",
    );
    const back = await openRefund(page, paid?.id);
    const how = back.getByRole('radio', { name: 'Card', exact: true });
    const more = back.getByRole('button', { name: `One more ${COFFEE.name}` });
    await expect(how).toBeVisible();
    await more.click();
    await expect(back.locator('.refund-sum')).toContainText('Left to hand over₲ 0');
    await expect(how).toBeHidden();
    await more.click();
    await expect(back.locator('.refund-sum')).toContainText(`Left to hand over₲ ${digits(22_000)}`);
    await expect(how).toBeVisible();
  });
});
