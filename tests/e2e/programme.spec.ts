import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { keepPicture } from './support/looks.ts';
import { command } from './support/page-api.ts';
import { enrol, openShop, readRows } from './support/shop.ts';

test.use({ windowSize: { width: 1024, height: 768 } });

const award = (page: Page, customerId: string, amountMinor: number) =>
  command<{ points: number }>(page, 'points.award', { customerId, reason: 'purchase', amountMinor });

const tab = (page: Page, name: string) => page.getByRole('radio', { name, exact: true }).click();
const example = (page: Page) => page.getByRole('region', { name: 'Live example' });
const drafts = (till: TestConsole) => readRows(till, 'SELECT revision FROM loyalty_program_drafts');

async function openProgramme(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/settings/programme';
  });
  await expect(example(page)).toBeVisible();
}

async function doubleThePoints(page: Page): Promise<void> {
  await page.getByRole('button', { name: '1 point for every ₲ 1.000' }).click();
  const panel = page.getByRole('dialog', { name: 'Earning rule' });
  await panel.getByRole('textbox', { name: 'Points', exact: true }).fill('2');
  await expect(panel.getByRole('status')).toContainText('2 points for every ₲ 1.000');
  await panel.getByRole('button', { name: 'Put into draft' }).click();
}

test('a programme is changed by what-if and published: nothing counts before, everything after', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  const { customerId: ana } = await enrol(page, 'Ana Giménez');
  const { customerId: leo } = await enrol(page, 'Leo Ayala');
  await award(page, ana, 100_000);
  await award(page, leo, 40_500);
  await openProgramme(page);
  await expect(example(page)).toContainText('A customer paying ₲ 68.500 earns 68 points');

  await test.step('change a rule: the example follows, the draft is saved, nothing is published', async () => {
    await doubleThePoints(page);
    await expect(example(page)).toContainText('earns 137 points');
    await expect(page.getByText('Draft saved, not published')).toBeVisible();
    expect(drafts(till)).toHaveLength(1);
    expect((await award(page, ana, 10_000)).points).toBe(10);
  });

  await test.step('what if: points, cost, and the sales that would pay for it', async () => {
    await tab(page, 'What if');
    await page.getByRole('textbox', { name: 'Points that will be used' }).fill('50');
    await page.getByRole('textbox', { name: 'Left of a sale after its cost' }).fill('25');
    await page.getByRole('button', { name: 'Try on the last 90 days' }).click();
    const figures = page.getByRole('table', { name: 'What if' });
    await expect(figures.getByRole('row', { name: /Points given/ })).toContainText('150');
    await expect(figures.getByRole('row', { name: /Points given/ })).toContainText('301');
    await expect(
      page.getByText('It would have cost ₲ 1.520 more. ₲ 6.080 more in sales would pay for it.'),
    ).toBeVisible();
    await expect(page.getByText('2 customers would have more points, 0 fewer, 0 the same.')).toBeVisible();
    const winners = page.getByRole('table', { name: 'Who would gain most' });
    await expect(winners.getByRole('row')).toHaveText([/Customer/, /Ana Giménez110220\+110/, /Leo Ayala4081\+41/]);
    await expect(winners.getByRole('link', { name: 'Ana Giménez' })).toHaveAttribute('href', `#/customers/${ana}`);
    await keepPicture(page, 'programme-what-if');
  });

  await test.step('publish, with the difference in view', async () => {
    await page.getByRole('button', { name: 'Publish…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Publish version 2/ });
    await expect(dialog.locator('del')).toHaveText('1 point for every ₲ 1.000');
    await expect(dialog.locator('ins')).toHaveText('2 points for every ₲ 1.000');
    await keepPicture(page, 'programme-publish');
    await dialog.getByRole('button', { name: 'Publish version 2' }).click();
    await expect(page.getByText('Version 2 is in force').first()).toBeVisible();
    expect(drafts(till)).toHaveLength(0);
    expect((await award(page, ana, 10_000)).points).toBe(20);
  });

  await test.step('the old version can be read, with what changed since', async () => {
    await tab(page, 'Versions');
    await page.getByRole('button', { name: /^Version 1/ }).click();
    const panel = page.getByRole('dialog', { name: 'Version 1' });
    await expect(panel.getByRole('region', { name: 'Earning rules' })).toContainText('1 point for every ₲ 1.000');
    await expect(panel.getByRole('region', { name: 'What changed up to now' })).toContainText('2 points');
    await page.keyboard.press('Escape');
  });

  await test.step('what the shop owes', async () => {
    await tab(page, 'Owed');
    await expect(page.getByText('2 customers have 170 points, worth ₲ 3.400')).toBeVisible();
    await page.getByText('Why this number').click();
    await expect(page.getByText('Earned, less what refunds took back')).toBeVisible();
  });
});

test('every kind of rule, promotion, tier and reward has its form, and the draft survives leaving the page', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await openProgramme(page);
  await page.getByRole('button', { name: 'Add promotion' }).click();
  let panel = page.getByRole('dialog', { name: 'Add promotion' });
  await panel.getByText('Friday', { exact: true }).click();
  await panel.getByRole('textbox', { name: 'Name, like Happy hour' }).fill('Fridays');
  await keepPicture(page, 'programme-promotion');
  await panel.getByRole('button', { name: 'Put into draft' }).click();
  await expect(page.getByRole('button', { name: /^Fridays/ })).toContainText('×2 points on everything · Friday');

  await tab(page, 'Tiers');
  await page.getByRole('button', { name: 'Begin with three tiers' }).click();
  await expect(example(page)).toContainText('A Silver customer paying ₲ 68.500 earns 85 points');
  await keepPicture(page, 'programme-tiers');

  await tab(page, 'Rewards');
  for (const [kind, sentence] of [
    ['money off, by points', '₲ 1.000 off for every 50 points'],
    ['a fixed amount off', '100 points: ₲ 10.000 off'],
    ['one item of their choice free', '100 points: one item of everything free, by choice'],
  ] as const) {
    await page.getByRole('button', { name: 'Add reward' }).click();
    panel = page.getByRole('dialog', { name: 'Add reward' });
    await panel.getByRole('button', { name: /Customers get/ }).click();
    await page.getByRole('option', { name: kind }).click();
    await expect(panel.getByRole('status')).toContainText(sentence);
    await panel.getByRole('button', { name: 'Put into draft' }).click();
    await expect(page.getByRole('button', { name: sentence })).toBeVisible();
  }

  await tab(page, 'Points');
  await page.getByRole('textbox', { name: 'End after (months)' }).fill('12');
  await keepPicture(page, 'programme-terms');
  await page.evaluate(() => {
    window.location.hash = '#/settings/about';
  });
  await expect.poll(() => drafts(till).length).toBe(1);
  await openProgramme(page);
  await tab(page, 'Points');
  await expect(page.getByRole('textbox', { name: 'End after (months)' })).toHaveValue('12');
});

test('two people at one draft: the second is told, and a version published meanwhile is looked at first', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await openProgramme(page);
  await doubleThePoints(page);
  await expect(page.getByText('Draft saved, not published')).toBeVisible();
  const [row] = readRows<{ id: string; text: string }>(
    till,
    'SELECT program_id AS id, definition AS text FROM loyalty_program_drafts',
  );
  const programme = { ...JSON.parse(row?.text ?? '{}'), name: 'Lapacho Club' };
  await command(page, 'points.saveProgrammeDraft', { programId: row?.id, programme, revision: 1 });
  await tab(page, 'Points');
  await page.getByRole('textbox', { name: 'End after (months)' }).fill('6');
  await expect(page.getByRole('alert')).toContainText('Somebody else changed this draft meanwhile');
  await expect(page.getByRole('textbox', { name: 'End after (months)' })).toBeDisabled();
  await page.getByRole('button', { name: 'Load theirs' }).click();
  await tab(page, 'Earning');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Lapacho Club');

  const basic = { name: 'Café Lapacho', points: 3, perMinor: 1000, minimumSpendMinor: 0, expiryMonths: null };
  await command(page, 'points.publishProgramme', basic);
  await expect(page.getByText('Version 2 was published after this draft was begun.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Publish version 3/ });
  await expect(dialog.locator('del').last()).toHaveText('3 points for every ₲ 1.000');
  await dialog.getByRole('button', { name: 'Publish version 3' }).click();
  await expect(page.getByText('Version 3 is in force').first()).toBeVisible();
});

test('a second program is begun, published, listed beside the main one, and ended', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  await openProgramme(page);
  await page.getByRole('button', { name: 'New program' }).click();
  await expect(page.getByText('Nothing published yet')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Coffee stamps');
  await page.getByRole('button', { name: 'Publish…' }).click();
  await page.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(page.getByText('Version 1 is in force').first()).toBeVisible();
  await page.getByRole('button', { name: 'All programs' }).click();
  const row = page.getByRole('button', { name: /^Coffee stamps/ });
  await expect(row).toContainText('Live');
  await keepPicture(page, 'programme-list');
  await row.click();
  await page.getByRole('button', { name: 'End this program' }).click();
  await page.getByRole('button', { name: 'All programs' }).click();
  await expect(row).toContainText('Ended');
});
