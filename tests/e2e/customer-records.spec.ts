import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type TestConsole, test } from './support/console.ts';
import { audit } from './support/audit.ts';
import { command } from './support/page-api.ts';
import { goTo, openShop, readRows } from './support/shop.ts';

test.describe.configure({ timeout: 120_000 });

const CANARY = 'Qxzwvperson';

async function givePoints(page: Page, customerId: string, points: number): Promise<void> {
  await command(page, 'points.award', { customerId, reason: 'goodwill', points, note: 'welcome' });
}

async function openPage(page: Page, name: string): Promise<void> {
  await goTo(page, 'Customers');
  await page.getByRole('combobox', { name: 'Find a customer' }).fill(name);
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Nothing that a person could not read, reach or hear. */
async function looksRight(page: Page): Promise<void> {
  // axe opens a page of its own, which an Electron window cannot.
  if (!test.info().project.name.includes('electron')) {
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
  }
  // A panel slides in for a moment.
  await expect.poll(() => audit(page, { targetPixels: 24 })).toEqual([]);
}

const balances = (till: TestConsole) =>
  readRows<{ points: number }>(
    till,
    'SELECT current_points AS points FROM customer_loyalty_accounts ORDER BY created_at_ms',
  ).map((row) => row.points);

test('C-48, C6: a likely duplicate is compared, merged and parted again by hand', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  const first = await command<{ customerId: string; code: string }>(page, 'customers.enrol', {
    name: 'Ana Ruiz',
    birthday: '1990-05-01',
    consentMarketing: false,
  });
  const second = await command<{ customerId: string }>(page, 'customers.enrol', {
    name: 'Ruiz Ana',
    birthday: '1990-05-01',
    phone: '0981 442 107',
    consentMarketing: true,
  });
  await givePoints(page, first.customerId, 120);
  await givePoints(page, second.customerId, 30);
  await openPage(page, 'Ruiz Ana');
  await expect(page.getByText(/^Ana Ruiz may be the same person. Same name and birthday. [0-9A-Z-]+$/)).toBeVisible();
  await looksRight(page);
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge two records?' });
  await expect(dialog).toContainText('120 points move in 1 lot with its expiry: 150 afterwards');
  await page.screenshot({ path: 'test-results/screens/customer-merge.png' });
  await looksRight(page);
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Ana Ruiz was merged into this customer.')).toBeVisible();
  expect(balances(till)).toEqual([0, 150]);
  await page.screenshot({ path: 'test-results/screens/customer-merged.png' });
  await page.getByRole('button', { name: 'Undo merge' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo merge' }).click();
  await expect(page.getByText('Ana Ruiz was merged into this customer.')).toBeHidden();
  expect(balances(till)).toEqual([120, 30]);
});

test('C-50: a person is erased after a question, and no file of the shop holds their name', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  const { customerId } = await command<{ customerId: string }>(page, 'customers.enrol', {
    name: CANARY,
    email: `${CANARY}@example.com`,
    consentMarketing: true,
  });
  await givePoints(page, customerId, 90);
  await openPage(page, CANARY);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Erase this person' }).click();
  const dialog = page.getByRole('dialog', { name: `Erase ${CANARY} for ever?` });
  await expect(dialog).toContainText('90 points');
  await expect(dialog.getByRole('button', { name: 'Erase for ever' })).toBeDisabled();
  await page.screenshot({ path: 'test-results/screens/customer-erase.png' });
  await looksRight(page);
  await dialog.getByText('The person asked for it').click();
  await dialog.getByRole('button', { name: 'Erase for ever' }).click();
  await expect(
    page.getByRole('region', { name: 'Notices' }).locator('b', { hasText: 'The person is erased.' }),
  ).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Find a customer' })).toBeVisible();
  await expect
    .poll(() => readRows(till, 'SELECT customer_id FROM customer_erasures WHERE swept_at_ms IS NOT NULL').length)
    .toBe(1);
  const files = readdirSync(till.dataFolder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const holding = files.filter(({ name }) => {
    const bytes = readFileSync(join(till.dataFolder, name)).toString('latin1').toLowerCase();
    return bytes.includes(CANARY.toLowerCase());
  });
  expect(holding).toEqual([]);
  expect(readRows(till, "SELECT points, reason FROM points_transactions WHERE reason = 'ERASED'")).toEqual([
    { points: -90, reason: 'ERASED' },
  ]);
});

test('C9, C11: a segment is built from questions with its count, and a field of the shop’s own is asked and shown', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  for (const name of ['Ana Ruiz', 'Eva Paz'])
    await command(page, 'customers.enrol', { name, consentMarketing: name === 'Eva Paz' });
  await goTo(page, 'Customers');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Own fields and consent' }).click();
  await page.getByRole('button', { name: 'Add field' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Allergy');
  await page.screenshot({ path: 'test-results/screens/customer-fields.png' });
  await looksRight(page);
  await page.getByRole('button', { name: 'Save fields' }).click();
  await expect(page.getByRole('region', { name: 'Notices' }).locator('b', { hasText: 'Fields saved' })).toBeVisible();
  await openPage(page, 'Eva Paz');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('textbox', { name: 'Allergy' }).fill('nuts');
  await looksRight(page);
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('region', { name: 'More about this customer' })).toContainText('nuts');
  await page.screenshot({ path: 'test-results/screens/customer-more.png' });
  await looksRight(page);
  await goTo(page, 'Customers');
  await page.getByRole('link', { name: 'Customers', exact: true }).first().click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Segments' }).click();
  await expect(page.getByText('Groups of customers will be listed here')).toBeVisible();
  await looksRight(page);
  await page.getByRole('button', { name: 'New segment' }).click();
  const panel = page.getByRole('dialog', { name: 'New segment' });
  await panel.getByRole('textbox', { name: 'Name' }).fill('May be written to');
  await expect(panel.getByRole('status')).toContainText('2 customers now');
  await panel.getByRole('button', { name: 'Add question' }).click();
  await panel.getByRole('button', { name: /What$/ }).click();
  await page.getByRole('option', { name: 'Agreed to offers' }).click();
  await expect(panel.getByRole('status')).toContainText('1 customer now');
  await page.screenshot({ path: 'test-results/screens/customer-segment.png' });
  await looksRight(page);
  await panel.getByRole('button', { name: 'Save segment' }).click();
  await expect(panel).toBeHidden();
  await expect(page.getByRole('table', { name: 'Members of May be written to' })).toContainText('Eva Paz');
  await page.screenshot({ path: 'test-results/screens/customer-segments.png' });
  await looksRight(page);
});

const notice = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'Notices' }).locator('b', { hasText: text });

test('C5: what somebody says by phone and on paper is recorded with its day and a note, and taken back again', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await command(page, 'customers.enrol', { name: 'Ana Ruiz', consentMarketing: false });
  await openPage(page, 'Ana Ruiz');
  const more = page.getByRole('region', { name: 'More about this customer' });
  await expect(more).toContainText('Never asked so far');
  await more.getByRole('button', { name: 'Record consent' }).click();
  const dialog = page.getByRole('dialog', { name: 'Consent of Ana Ruiz' });
  await dialog.getByRole('textbox', { name: 'Note' }).fill('called about the raffle');
  await page.screenshot({ path: 'test-results/screens/customer-consent.png' });
  await looksRight(page);
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(dialog).toBeHidden();
  await more.getByText('What was said').click();
  await expect(more.getByRole('listitem')).toHaveText([/Agreed by phone.*Lucía Duarte.*called about the raffle/]);
  await looksRight(page);

  await more.getByRole('button', { name: 'Record consent' }).click();
  await expect(dialog.getByRole('radio', { name: 'No offers any more' })).toBeChecked();
  await dialog.getByRole('button', { name: /How they said it/ }).click();
  await page.getByRole('option', { name: 'On paper' }).click();
  await dialog.getByLabel('When they said it').fill('2031-01-01');
  await expect(dialog.getByRole('button', { name: 'Record', exact: true })).toBeDisabled();
  await expect(dialog).toContainText('This day has not come yet');
  await dialog.getByLabel('When they said it').fill('2020-02-03');
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(notice(page, 'Recorded. Something said later still holds.')).toBeVisible();
  await more.getByRole('button', { name: 'Record consent' }).click();
  await dialog.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(more.getByRole('listitem')).toHaveText([
    /Taken back by phone/,
    /Agreed by phone/,
    /Taken back on paper.*2020/,
  ]);
  expect(readRows(till, 'SELECT consent_marketing AS consent FROM customers')).toEqual([{ consent: 0 }]);
  await page.screenshot({ path: 'test-results/screens/customer-consents.png' });
});

test('C11, C4: what the shop needs to know is asked when somebody is enrolled, among the customers and at the till', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await goTo(page, 'Customers');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Own fields and consent' }).click();
  await page.getByRole('button', { name: 'Add field' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Pet');
  await page.getByText('Needed').click();
  await expect(page.getByRole('checkbox', { name: 'Ask when enrolling' })).toBeChecked();
  await page.screenshot({ path: 'test-results/screens/customer-fields-asked.png' });
  await looksRight(page);
  await page.getByRole('button', { name: 'Save fields' }).click();
  await expect(notice(page, 'Fields saved')).toBeVisible();

  await page.getByRole('link', { name: 'Customers', exact: true }).first().click();
  const enrolling = page.getByRole('region', { name: 'New customer' });
  await enrolling.getByRole('textbox', { name: 'Name' }).fill('Ana Ruiz');
  await enrolling.getByRole('button', { name: 'Create Ana Ruiz' }).click();
  await expect(enrolling).toContainText('Pet is needed');
  await expect(enrolling.getByRole('textbox', { name: 'Pet' })).toBeFocused();
  await page.screenshot({ path: 'test-results/screens/customer-enrol-asked.png' });
  await looksRight(page);
  await enrolling.getByRole('textbox', { name: 'Pet' }).fill('dog');
  await enrolling.getByRole('button', { name: 'Create Ana Ruiz' }).click();
  await expect(enrolling.getByRole('status')).toContainText('Ana Ruiz is a customer now');

  await goTo(page, 'Till');
  await page.keyboard.press('F3');
  await page.getByRole('dialog', { name: 'Find customer' }).getByRole('combobox').fill('Eva Paz 0981 442 107');
  await page.getByRole('option', { name: /Eva Paz/ }).click();
  const question = page.getByRole('dialog', { name: 'A little more about Eva Paz' });
  await question.getByRole('button', { name: 'Create Eva Paz' }).click();
  await expect(question).toContainText('Pet is needed');
  await expect(question.getByRole('textbox', { name: 'Pet' })).toBeFocused();
  await page.screenshot({ path: 'test-results/screens/till-enrol-asked.png' });
  await looksRight(page);
  await question.getByRole('textbox', { name: 'Pet' }).fill('cat');
  await page.keyboard.press('Enter');
  await expect(question).toBeHidden();
  await expect(page.getByRole('complementary', { name: 'Current sale' })).toContainText('Eva Paz');
  const told = readRows<{ custom: string }>(till, 'SELECT custom FROM customer_pii ORDER BY customer_number');
  expect(told.map(({ custom }) => Object.values(JSON.parse(custom)))).toEqual([['dog'], ['cat']]);
});

test('C9: the members of a large segment are all reached, page by page', async ({ till }) => {
  const { page } = till;
  await openShop(page);
  for (let number = 101; number <= 203; number += 1)
    await command(page, 'customers.enrol', { name: `Person ${number}`, consentMarketing: false });
  const segmentId = crypto.randomUUID();
  await command(page, 'segments.save', { segmentId, version: 0, name: 'Everybody', rule: { all: [] } });
  await command(page, 'segments.recompute', { segmentId });
  await page.evaluate(() => {
    window.location.hash = '#/customers/segments';
  });
  await page.getByRole('row', { name: 'Everybody' }).click();
  const members = page.getByRole('table', { name: 'Members of Everybody' });
  await expect(members.getByRole('row', { name: 'Person 200' })).toBeAttached();
  await expect(members.getByRole('row', { name: 'Person 201' })).toHaveCount(0);
  await members.hover();
  const more = page.getByRole('button', { name: 'Show more' });
  await expect(async () => {
    await page.mouse.wheel(0, 2000);
    await expect(more).toBeInViewport({ timeout: 500 });
  }).toPass();
  await more.click();
  await expect(page.getByText('103 of 103')).toBeVisible();
  await expect(members.getByRole('row', { name: 'Person 203' })).toBeVisible();
  await expect(more).toBeHidden();
});
