import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { audit } from './support/audit.ts';
import { command } from './support/page-api.ts';
import { enrol, goTo, goToAddress, openShop, readRows } from './support/shop.ts';

test.describe.configure({ timeout: 150_000 });

async function publish(page: Page, name: string, more: Record<string, unknown>): Promise<void> {
  const campaign = { name, benefit: { kind: 'percent', rateBasisPoints: 1000 }, ...more };
  const draft = await command<{ campaignId: string; revision: number }>(page, 'vouchers.saveDraft', {
    campaignId: null,
    campaign,
    revision: 0,
  });
  await command(page, 'vouchers.publish', { campaignId: draft.campaignId, revision: draft.revision });
}

/** Nothing that a person could not read, reach or hear. */
async function looksRight(page: Page, picture: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/wallet-${picture}.png` });
  // axe opens a page of its own, which an Electron window cannot.
  if (!test.info().project.name.includes('electron')) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
  }
  await expect.poll(() => audit(page, { targetPixels: 24 })).toEqual([]);
}

/** What is told stands beside the title of what is open, wide and narrow, and not over it. */
async function leavesTitleFree(page: Page, panel: Locator): Promise<void> {
  const size = page.viewportSize();
  for (const narrow of size === null ? [] : [{ width: 1024, height: 768 }, { width: 800, height: 768 }, size]) {
    await page.setViewportSize(narrow);
    const title = await panel.getByRole('heading').first().boundingBox();
    const told = await page.locator('.ui-toast').last().boundingBox();
    if (title === null || told === null) throw new Error('nothing is told');
    const isOver = told.x < title.x + title.width && told.x + told.width > title.x && told.y < title.y + title.height;
    expect([narrow.width, isOver]).toEqual([narrow.width, false]);
  }
}

test('W1 W10 W12 S0-22 S0-23: a wallet is filled, ordered, remembered; credit, a pass and a gift card are kept by hand', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await publish(page, '10 % off breakfast', { genericCode: 'BREK10', limits: { usesPerCode: null } });
  await publish(page, 'Birthday cake slice', { benefit: { kind: 'product', units: 1 } });
  await publish(page, 'Bring a friend', {
    genericCode: 'AMIGO25',
    limits: { usesPerCode: null },
    validity: { startsOn: '2099-01-01' },
  });
  await command(page, 'passes.savePlan', { name: 'Ten coffees', kind: 'package', terms: { units: 10, days: 90 } });
  const { customerId } = await enrol(page, 'Ana Benítez');
  await goToAddress(page, `#/customers/${customerId}`);
  const wallet = page.getByRole('region', { name: 'Wallet' });
  await expect(wallet).toContainText('Vouchers of Ana Benítez will be kept here.');

  // Two vouchers: one of a campaign, one by its code; a third that has not begun.
  for (const name of ['10 % off breakfast', 'Birthday cake slice']) {
    await page.getByRole('button', { name: 'Give voucher' }).click();
    const give = page.getByRole('dialog', { name: 'Give Ana Benítez a voucher' });
    await give
      .getByRole('button', { name: /Campaign/ })
      .last()
      .click();
    await page.getByRole('option', { name }).click();
    await give.getByRole('button', { name: 'Give voucher' }).click();
    await expect(give).toBeHidden();
  }
  const ready = wallet.getByRole('list', { name: 'Use now' }).getByRole('listitem');
  await expect(ready).toHaveCount(2);
  await expect(wallet).toContainText('2 ready');
  const first = ready.first();
  await expect(first).toContainText('10 % off breakfast');
  await first.getByRole('button', { name: '10 % off breakfast', exact: true }).press('Alt+ArrowDown');
  await expect(ready.first()).toContainText('Birthday cake slice');
  expect(
    readRows<{ n: number }>(till, 'SELECT wallet_order AS n FROM customer_vouchers ORDER BY claimed_at_ms, id').map(
      ({ n }) => n,
    ),
  ).toEqual([2, 1]);
  await ready.last().dragTo(ready.first());
  await expect(ready.first()).toContainText('10 % off breakfast');
  await looksRight(page, 'vouchers');

  // The ticket to be shown, with its QR: seen now, and not to be reminded of.
  await ready.first().getByRole('button', { name: '10 % off breakfast', exact: true }).click();
  const ticket = page.getByRole('dialog', { name: '10 % off breakfast' });
  await expect(ticket.getByRole('img', { name: 'QR code BREK10' })).toBeVisible();
  await expect(ticket).toContainText(/Last shown\s*just now/i);
  await ticket.getByText('Remind before it ends').click();
  await expect
    .poll(
      () =>
        readRows(till, "SELECT 1 FROM customer_vouchers WHERE json_extract(notification_preferences, '$.expiry') = 0")
          .length,
    )
    .toBe(1);
  await looksRight(page, 'ticket');
  await page.keyboard.press('Escape');

  // Credit: given, taken off, frozen and opened again.
  await wallet.getByRole('button', { name: 'Details of store credit' }).click();
  const credit = page.getByRole('dialog', { name: 'Store credit of Ana Benítez' });
  const adjust = async (button: string, amount: string, act: string, days: string): Promise<void> => {
    await credit.getByRole('button', { name: button, exact: true }).click();
    const asked = page.getByRole('dialog').last();
    await asked.getByLabel('Amount').fill(amount);
    if (days !== '') await asked.getByLabel('Ends after days').fill(days);
    await asked.getByLabel('Note').fill('cold soup');
    await asked.getByRole('button', { name: act, exact: true }).click();
    await expect(page.getByRole('dialog')).toHaveCount(1);
  };
  await adjust('Add', '20000', 'Add', '');
  await adjust('Add', '5000', 'Add', '2');
  await adjust('Take off', '1000', 'Take off', '');
  await expect(credit.locator('.wallet-figure')).toHaveText('₲ 24.000');
  await expect(credit.getByRole('list', { name: 'In the order of use' })).toContainText('Ends in 2 days');
  await expect(credit.getByRole('list', { name: 'What came and went' }).getByRole('listitem')).toHaveCount(3);
  await credit.getByRole('button', { name: 'Freeze' }).click();
  await expect(page.locator('.ui-toast').filter({ hasText: 'frozen' })).toBeVisible();
  await leavesTitleFree(page, credit);
  await expect(credit).toContainText('nothing can be paid with it until it is opened again');
  await looksRight(page, 'credit');
  await credit.getByRole('button', { name: 'Open again' }).click();
  await expect(credit.getByRole('button', { name: 'Freeze' })).toBeVisible();
  await credit.getByRole('button', { name: 'Close' }).click();
  await expect(wallet).toContainText('₲ 4.000: Ends in 2 days');

  // A pass: given, one use taken off by hand.
  await wallet.getByRole('button', { name: 'Give a pass' }).click();
  const pass = page.getByRole('dialog', { name: 'Give Ana Benítez a pass' });
  await pass.getByLabel('Note').fill('won the raffle');
  await pass.getByRole('button', { name: 'Give pass' }).click();
  await wallet.getByRole('button', { name: 'Ten coffees' }).click();
  const held = page.getByRole('dialog', { name: 'Ten coffees' });
  await held
    .getByRole('radio', { name: 'Take off' })
    .or(held.getByRole('button', { name: 'Take off' }))
    .click();
  await held.getByLabel('Note').fill('had one before');
  await looksRight(page, 'pass');
  await held.getByRole('button', { name: 'Take uses off' }).click();
  await expect(wallet.getByRole('list', { name: 'Passes' })).toContainText('9');
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('Ten coffees: 1 use taken off by hand');
  await expect(page.getByRole('region', { name: 'Timeline' })).toContainText('₲ 1.000 taken off by hand');
  await looksRight(page, 'page');

  // The shop calls its credit coins, and gives some with a code.
  await publish(page, 'Twenty on us', {
    genericCode: 'TWENTY',
    limits: { usesPerCode: null },
    benefit: { kind: 'credit', amountMinor: 2_000, days: null },
  });
  await goToAddress(page, '#/settings/value');
  await page.getByLabel('One of it').fill('coin');
  await page.getByLabel('Several').fill('coins');
  await page.getByRole('region', { name: 'Name of the credit' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('24.000 coins', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'New pass' }).click();
  const plan = page.getByRole('dialog', { name: 'New pass' });
  await plan.getByLabel('Name').fill('A month of lunches');
  await looksRight(page, 'plan');
  await plan.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: /A month of lunches/ })).toContainText('10 uses');
  await looksRight(page, 'settings');
  await goToAddress(page, `#/customers/${customerId}`);
  await page.getByRole('button', { name: 'Give voucher' }).click();
  const redeeming = page.getByRole('dialog', { name: 'Give Ana Benítez a voucher' });
  await redeeming.getByRole('radio', { name: 'By its code' }).click();
  await redeeming.getByRole('textbox', { name: 'Code', exact: true }).fill('twenty');
  await redeeming.getByRole('button', { name: 'Redeem code' }).click();
  await expect(page.locator('.ui-toast').filter({ hasText: '2.000 coins added, balance 26.000 coins' })).toBeVisible();
  await expect(wallet).toContainText('26.000 coins');

  // A gift card: made, found by its code, replaced; the old code says so.
  await goTo(page, 'Customers');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Gift cards' }).click();
  await page.getByRole('button', { name: 'Give a gift card' }).click();
  const making = page.getByRole('dialog', { name: 'Give a gift card' });
  await making.getByLabel('Amount').fill('50x,000');
  await making.getByLabel('Note').fill('raffle');
  await expect(making).toContainText('This is not a number.');
  await making.getByLabel('Amount').fill('50000');
  await expect(making).not.toContainText('This is not a number.');
  await making.getByLabel('Note').fill('raffle');
  await making.getByRole('button', { name: 'Make the card' }).click();
  const paper = page.getByRole('dialog', { name: 'New gift card' });
  const code = (await paper.locator('.ui-print-card-code').innerText()).trim();
  await paper.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('heading', { name: `Card ${code}` })).toBeVisible();
  await expect(page.locator('.wallet-figure')).toHaveText('50.000 coins');
  await looksRight(page, 'gift-card');
  await page.getByRole('button', { name: 'Replace card' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace card' }).click();
  await expect(paper.locator('.ui-print-card-code')).not.toHaveText(code);
  await paper.getByRole('button', { name: 'Close' }).click();
  await expect(page.locator('.wallet-figure')).toHaveText('50.000 coins');
  await page.getByLabel('Code of the card').fill(code.toLowerCase());
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByText('This card was replaced by another')).toBeVisible();
});
