import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { command } from './support/page-api.ts';
import { scannerType } from './support/scanner.ts';
import { enrol, goTo, openShop, readRows } from './support/shop.ts';

test.use({ windowSize: { width: 1366, height: 768 } });

const row = (page: Page, name: RegExp) => page.getByRole('table', { name: 'Vouchers' }).getByRole('row', { name });
const pane = (page: Page) => page.getByRole('region', { name: 'Weekday breakfast' });

async function check(page: Page, code: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Voucher code' });
  await page.keyboard.press('F6');
  await expect(field).toBeFocused();
  await field.fill(code);
  await field.press('Enter');
}

async function publish(page: Page, campaign: object): Promise<string> {
  const draft = { campaignId: null, campaign, revision: 0 };
  const saved = await command<{ campaignId: string; revision: number }>(page, 'vouchers.saveDraft', draft);
  const { campaignId, revision } = saved;
  await command(page, 'vouchers.publish', { campaignId, revision });
  return campaignId;
}

async function takeFromMenu(page: Page, name: string): Promise<void> {
  await pane(page).getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name }).click();
}

test('VC19 VC22 S3-6 S3-12 S3-13 S3-17 S3-35 S3-89 S3-91 S3-93 S3-105: a breakfast voucher is written in three steps, published, checked, paused, let run and ended', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  const ana = await enrol(page, 'Ana Giménez');
  await goTo(page, 'Vouchers');
  await expect(page.getByText('Vouchers bring people back')).toBeVisible();
  await keepPicture(page, 'vouchers-empty');

  await test.step('write it: the ticket and the sentence follow, the draft is kept by itself', async () => {
    await page.getByRole('button', { name: 'New voucher' }).first().click();
    const panel = page.getByRole('dialog', { name: 'New voucher' });
    const sentence = panel.locator('.voucher-sentence');
    await expect(sentence).toHaveText('Give it a name');
    await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('Lunch');
    await panel.getByRole('textbox', { name: 'Percent off' }).fill('101');
    await expect(panel.locator('.ui-field-error')).toHaveText('More than 0%, at most 100%');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Go on writing' }).click();
    await expect(panel.getByRole('textbox', { name: 'Percent off' })).toHaveValue('101');
    await panel.getByRole('button', { name: 'Weekday breakfast' }).click();
    await expect(sentence).toHaveText('10% off the sale, weekdays before 11:00, once per customer');
    await panel.getByRole('textbox', { name: 'Percent off' }).fill('15');
    await panel.getByRole('button', { name: 'How it is used' }).click();
    await page.getByRole('option', { name: 'One code for everybody' }).click();
    await expect(sentence).toHaveText('Give it a code of 3 characters or more');
    await panel.getByRole('textbox', { name: 'Code' }).fill('brek10');
    await expect(panel.getByText('Draft saved')).toBeVisible();
    await expectAccessible(page, 'step 1');
    await keepPicture(page, 'vouchers-step-1');
    await panel.getByRole('button', { name: 'Next', exact: true }).click();
    await expect(panel.getByRole('group', { name: 'Who and when' })).toBeFocused();
    await keepPicture(page, 'vouchers-step-2');
    await expectAccessible(page, 'step 2');
    await panel.getByRole('button', { name: 'Take these days out' }).click();
    await panel.getByLabel('Last day').first().fill('2099-12-31');
    await panel.getByRole('button', { name: 'Next', exact: true }).click();
    await panel.getByRole('textbox', { name: 'Uses in all' }).fill('500');
    await expect(sentence).toHaveText('15% off the sale, once per customer, 500 in all, until 31 Dec 2099');
    await keepPicture(page, 'vouchers-step-3');
    await expectAccessible(page, 'step 3');
    expect(readRows(till, 'SELECT id FROM vouchers')).toHaveLength(0);
    await panel.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish Weekday breakfast' });
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(panel).toBeHidden();
    await expect(row(page, /Weekday breakfast, Live/)).toContainText('of 500');
    await expect(row(page, /Live, Percent off: 15%/).getByTitle('Percent off: 15%')).toBeVisible();
    await expect(pane(page).getByRole('img', { name: 'QR code of BREK10' })).toBeVisible();
  });

  await test.step('check it: it can be used, and is kept for a customer', async () => {
    await check(page, 'brek10');
    const answer = page.locator('.vouchers-answer');
    await expect(answer).toContainText('Find the customer first');
    await answer.getByRole('searchbox', { name: 'Customer' }).fill('ana');
    await answer.getByRole('button', { name: /Ana Giménez/ }).click();
    await expect(answer).toContainText('Can be used');
    await keepPicture(page, 'vouchers-usable');
    await expectAccessible(page, 'usable');
    await answer.getByRole('button', { name: 'Keep for Ana Giménez' }).click();
    await expect(answer).toBeHidden();
    expect(readRows(till, "SELECT id FROM customer_vouchers WHERE status = 'CLAIMED'")).toHaveLength(1);
  });

  await test.step('paused: the check says by whom; let run, it can be used', async () => {
    await pane(page).getByRole('button', { name: 'Pause' }).click();
    await expect(row(page, /Weekday breakfast, Paused/)).toBeVisible();
    await expect(pane(page)).toContainText('Paused by Lucía Duarte');
    await check(page, 'BREK10');
    await expect(page.getByRole('alert').filter({ hasText: 'BREK10' })).toContainText('Paused by Lucía Duarte');
    await keepPicture(page, 'vouchers-refused');
    await expectAccessible(page, 'refused');
    await page.getByRole('button', { name: 'Close, next code' }).click();
    await pane(page).getByRole('button', { name: 'Let it run' }).click();
    await expect(row(page, /Weekday breakfast, Live/)).toBeVisible();
  });

  await test.step('a change is a draft beside what is in force; one that somebody else made meanwhile is not written over', async () => {
    await takeFromMenu(page, 'Edit…');
    const panel = page.getByRole('dialog', { name: 'Edit voucher' });
    await panel.getByRole('textbox', { name: 'Percent off' }).fill('20');
    await expect(panel.getByText('Draft saved')).toBeVisible();
    const [{ campaignId = '', revision = 0, definition = '' } = {}] = readRows<{
      campaignId: string;
      revision: number;
      definition: string;
    }>(till, 'SELECT campaign_id AS campaignId, revision, definition FROM campaign_drafts');
    const other = { ...JSON.parse(definition), benefit: { kind: 'percent', rateBasisPoints: 2500 } };
    await command(page, 'vouchers.saveDraft', { campaignId, campaign: other, revision });
    await panel.getByRole('textbox', { name: 'Percent off' }).fill('30');
    await expect(panel.getByRole('alert')).toContainText('Somebody else changed this draft meanwhile.');
    await panel.getByRole('button', { name: 'Read it again' }).click();
    await expect(panel.locator('.voucher-sentence')).toContainText('25% off the sale');
    await panel.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish Weekday breakfast' });
    await expect(dialog.locator('del')).toContainText('15% off the sale');
    await expect(dialog.locator('.voucher-sentence')).toContainText('25% off the sale');
    await keepPicture(page, 'vouchers-publish');
    // Published in another window while this one looks at it.
    await command(page, 'vouchers.publish', { campaignId, revision: revision + 1 });
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(dialog).toBeHidden();
    await expect(panel.getByRole('alert')).toContainText('Somebody else changed this draft meanwhile.');
    await panel.getByRole('button', { name: 'Read it again' }).click();
    await panel.getByRole('textbox', { name: 'Percent off' }).fill('26');
    await panel.getByRole('button', { name: 'Publish…' }).click();
    await expect(dialog.locator('del')).toContainText('25% off the sale');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await expect(panel).toBeHidden();
    await expect(pane(page)).toContainText('3 published versions');
  });

  await test.step('ended for ever: what customers lose is said, and the word is typed', async () => {
    await takeFromMenu(page, 'End for ever…');
    const dialog = page.getByRole('dialog', { name: 'End Weekday breakfast' });
    await expect(dialog).toContainText('One customer holds it unused and loses it.');
    await expect(dialog.getByRole('button', { name: 'End for ever' })).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Type END to be sure' }).fill('end');
    await dialog.getByRole('button', { name: 'End for ever' }).click();
    await expect(row(page, /Weekday breakfast, Ended/)).toBeVisible();
  });

  await test.step('over: the check says since when, and what else the customer holds', async () => {
    const campaignId = await publish(page, { name: 'Coffee for you', benefit: { kind: 'product' } });
    await command(page, 'vouchers.give', { campaignId, customerId: ana.customerId });
    await check(page, 'BREK10');
    const answer = page.locator('.vouchers-answer');
    await expect(answer.getByRole('alert')).toContainText('Ended');
    await answer.getByRole('button', { name: 'For a customer' }).click();
    await answer.getByRole('searchbox', { name: 'Customer' }).fill('ana');
    await answer.getByRole('button', { name: /Ana Giménez/ }).click();
    await expect(answer).toContainText('Ana Giménez has one other voucher to use now. Coffee for you');
    await keepPicture(page, 'vouchers-alternatives');
    await page.getByRole('button', { name: 'Close, next code' }).click();
    await check(page, 'KEPT-BACK');
    await expect(answer.getByRole('alert')).toContainText('Code not known. Check the last 4 characters');
    await expect(answer).toContainText('call a manager');
    expect(readRows(till, 'SELECT id FROM redemption_attempts WHERE voucher_id IS NULL')).toHaveLength(1);
  });

  await test.step('S3-105: F1 opens the help at what is open, a search finds what a refusal means, and all of it without a network', async () => {
    await page.context().setOffline(true);
    await page.keyboard.press('F1');
    const help = page.getByRole('dialog', { name: 'Help' });
    await expect(help.getByRole('heading', { name: 'Campaigns' })).toBeFocused();
    await help.getByRole('button', { name: 'Redeem a voucher' }).click();
    await expect(help.getByRole('heading', { name: 'Redeem a voucher' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await goTo(page, 'Vouchers');
    await page.keyboard.press('F1');
    await expect(help.getByRole('heading', { name: 'Redeem a voucher' })).toBeFocused();
    await expect(help.getByRole('heading', { name: 'Keys on this screen' })).toBeVisible();
    await expectAccessible(page, 'help');
    await keepPicture(page, 'help-redeem');
    await help.getByRole('searchbox', { name: 'Search the help' }).fill('code not known');
    await help.getByRole('button', { name: /The till says: Code not known/ }).click();
    await expect(help.getByRole('heading', { name: 'What the till says, and what to do' })).toBeFocused();
    await expect(help.getByText('Read the code again, above all its end.')).toBeVisible();
    await expectAccessible(page, 'help, every message');
    await help.getByRole('searchbox', { name: 'Search the help' }).fill('xylophone');
    await expect(help.getByRole('status')).toHaveText('Nothing found. Try one word, like voucher.');
    await help.getByRole('button', { name: 'All topics' }).click();
    await help.getByRole('button', { name: 'Store credit and gift cards' }).click();
    await expect(help.getByRole('heading', { name: 'A lost gift card' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await page.context().setOffline(false);
  });

  await test.step('credit is given at once, told among the last redemptions, and taken back', async () => {
    await page.getByRole('button', { name: 'Close, next code' }).click();
    const benefit = { kind: 'credit', amountMinor: 20_000 };
    await publish(page, { name: 'Coins', benefit, genericCode: 'COINS20', limits: { usesPerCode: 5 } });
    await scannerType(page, 'COINS20');
    const answer = page.locator('.vouchers-answer');
    await answer.getByRole('searchbox', { name: 'Customer' }).fill('ana');
    await answer.getByRole('button', { name: /Ana Giménez/ }).click();
    await answer.getByRole('button', { name: 'Redeem now' }).click();
    await expect(page.getByText('Ana Giménez has ₲ 20.000 more credit')).toBeVisible();
    await row(page, /^Coins, Live/).click();
    const coins = page.getByRole('region', { name: 'Coins', exact: true });
    await coins.getByText('Last redemptions').click();
    await coins.getByRole('button', { name: 'Take back…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take back from Ana Giménez' });
    await dialog.getByRole('textbox', { name: 'Why' }).fill('wrong customer');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await expect(coins.getByText('Given back')).toBeVisible();
    await keepPicture(page, 'vouchers-taken-back');
    expect(readRows(till, 'SELECT balance_minor AS balanceMinor FROM credit_accounts')).toEqual([{ balanceMinor: 0 }]);
  });

  await test.step('a code that was withdrawn says whose it was, and its customer gets another', async () => {
    const campaignId = await publish(page, { name: 'Birthday cake', benefit: { kind: 'product' } });
    const given = await command<{ code: string; voucherId: string }>(page, 'vouchers.give', {
      campaignId,
      customerId: ana.customerId,
    });
    await check(page, given.code);
    const answer = page.locator('.vouchers-answer');
    await expect(answer).toContainText('Birthday cake · Ana Giménez');
    await expect(answer).toContainText('not used yet');
    await answer.getByRole('button', { name: 'Revoke this code…' }).click();
    const asked = page.getByRole('dialog', { name: `Revoke ${given.code}` });
    await asked.getByRole('textbox', { name: 'Why' }).fill('printed twice');
    await asked.getByRole('button', { name: 'Revoke' }).click();
    await expect(page.getByText(`${given.code} is revoked`)).toBeVisible();
    await check(page, given.code);
    await expect(answer.getByRole('alert')).toContainText('Taken back today');
    await expectAccessible(page, 'a withdrawn code');
    await answer.getByRole('button', { name: 'Give anew' }).click();
    await expect(page.getByText('Ana Giménez has a new one')).toBeVisible();
    const held = `SELECT code FROM vouchers WHERE campaign_id = '${campaignId}' AND status = 'claimed'`;
    expect(readRows(till, held)).toHaveLength(1);
  });

  await test.step('what has ended is copied to a new one, given by season every year', async () => {
    await row(page, /^Weekday breakfast, Ended/).click();
    await takeFromMenu(page, 'Copy to a new one…');
    const panel = page.getByRole('dialog', { name: 'New voucher' });
    await expect(panel.getByRole('textbox', { name: 'Name' })).toHaveValue('Weekday breakfast (copy)');
    await panel.getByRole('textbox', { name: 'Code' }).fill('brek20');
    await panel.getByRole('button', { name: 'Next', exact: true }).click();
    await panel.getByRole('button', { name: 'How it comes to customers' }).click();
    await page.getByRole('option', { name: 'On days of every year' }).click();
    await panel.getByRole('textbox', { name: 'From day' }).fill('20');
    await panel.getByRole('button', { name: 'Month' }).click();
    await page.getByRole('option', { name: 'December' }).click();
    await expect(panel.locator('.voucher-sentence')).toContainText('given every year for 14 days from 20 December');
    await expect(panel.getByText('Draft saved')).toBeVisible();
    await expectAccessible(page, 'a season');
  });
});
