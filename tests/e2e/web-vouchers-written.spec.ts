import type { Page } from '@playwright/test';
import { typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { expectCharge, goOn, lessOf, newestSale, openDollarShop, refund, sharesOf } from './support/dollar-shop.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { payCash } from './support/loyal-sales.ts';
import { goTo, orderOf, readRows, tileOf } from './support/shop.ts';

const SHELF = { 0: { Bagel: 510, Roll: 230 }, 400: { Tea: 735 }, 825: { Mug: 1_249 } };

test.describe.configure({ timeout: 240_000 });

interface Written {
  readonly name: string;
  readonly kind: string;
  /** Fields of the first step, by their labels. */
  readonly numbers: Readonly<Record<string, string>>;
  readonly item?: string;
  /** Null: by itself. */
  readonly code: string | null;
  readonly from?: string;
  readonly says: string;
}

const VOUCHERS: readonly Written[] = [
  {
    name: 'Rolls on us',
    kind: 'Free item',
    numbers: { 'Pieces free': '2' },
    item: 'Roll',
    code: 'ROLLS',
    says: '2 Roll free',
  },
  {
    name: 'Bagel day',
    kind: 'Pay some, get some free',
    numbers: { 'Pieces paid': '2', 'Pieces free': '1' },
    item: 'Bagel',
    code: 'BAGELS',
    says: '1 free for every 2 paid of Bagel',
  },
  {
    name: 'Tea time',
    kind: 'Fixed price',
    numbers: { 'Price of each': '3.33' },
    item: 'Tea',
    code: 'TEATIME',
    says: 'Tea for $3.33 each',
  },
  { name: 'Autumn', kind: 'Percent off', numbers: { 'Percent off': '7.5' }, code: null, says: '7.5% off the sale' },
  {
    name: 'Seven off',
    kind: 'Amount off',
    numbers: { Amount: '7.35' },
    code: 'SEVEN',
    from: '20.50',
    says: '$7.35 off the sale, with a sale from $20.50',
  },
];

/** Chooses one of a list behind a button. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

async function write(page: Page, { name, kind, numbers, item, code, from, says }: Written): Promise<void> {
  await page.getByRole('button', { name: 'New voucher' }).first().click();
  const panel = page.getByRole('dialog', { name: 'New voucher' });
  const next = panel.getByRole('button', { name: 'Next', exact: true });
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  if (kind !== 'Percent off') await choose(page, 'What they get', kind);
  for (const [label, value] of Object.entries(numbers))
    await panel.getByRole('textbox', { name: label, exact: true }).fill(value);
  await choose(page, 'How it is used', code === null ? 'By itself, without a code' : 'One code for everybody');
  if (code !== null) await panel.getByRole('textbox', { name: 'Code', exact: true }).fill(code);
  if (item !== undefined) {
    await panel.getByRole('combobox', { name: 'Items that count' }).click();
    // Slower than a scanner, whose keys are taken out of a field that wants none.
    await page.keyboard.type(item, { delay: 60 });
    await expect(page.getByRole('option')).toHaveText([item]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('button', { name: `Take ${item} out` })).toBeVisible();
  }
  if (from !== undefined) {
    await next.click();
    await next.click();
    await panel.getByRole('textbox', { name: 'From', exact: true }).fill(from);
    await choose(page, 'Counted on', 'the whole sale');
  }
  await expect(panel.locator('.voucher-sentence')).toContainText(says);
  await panel.getByRole('button', { name: 'Publish…' }).click();
  const dialog = page.getByRole('dialog', { name: `Publish ${name}` });
  await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(panel).toBeHidden();
}

test('VC1 VC17 VC19 C-23 C-28: five kinds are written on their page, used in one sale, and come back with it, to the cent', async ({
  till,
}) => {
  const { page } = till;
  await openDollarShop(page, SHELF);
  await page.reload();
  await goTo(page, 'Vouchers');
  for (const voucher of VOUCHERS) await write(page, voucher);
  await goTo(page, 'Till');
  for (const [name, count] of [
    ['Mug', 1],
    ['Bagel', 5],
    ['Tea', 2],
    ['Roll', 3],
  ] as const)
    for (let rung = 0; rung < count; rung += 1) await tileOf(page, name).click();
  // 25.50 + 6.90 + 14.70 + 12.49, less 7.5 % (4.47), and the taxes of what is left.
  await expect(lessOf(page)).toContainText('$4.47');
  for (const code of ['SEVEN', 'BAGELS', 'TEATIME', 'ROLLS']) {
    await typeCode(page, code);
    await expect(orderOf(page)).toContainText(`Voucher ${code}`);
  }
  for (const [name, amount] of [
    ['Rolls on us', '$4.60'],
    ['Bagel day', '$5.10'],
    ['Tea time', '$8.04'],
    ['Autumn', '$3.14'],
    ['Seven off', '$7.35'],
  ] as const)
    await expect(lessOf(page).filter({ hasText: name })).toContainText(amount);
  await expectCharge(page, '$32.33');
  await payCash(page);
  await goOn(page);
  const sale = newestSale(till);
  expect(sharesOf(till, sale)).toEqual([
    'BAGELS Bagel 510',
    'ROLLS Roll 460',
    ...['SEVEN Mug 219', 'SEVEN Bagel 358', 'SEVEN Tea 117', 'SEVEN Roll 41'],
    'TEATIME Tea 804',
  ]);
  await refund(page, sale, ['Bagel'], '$3.05', null);
  await refund(page, sale, ['Mug'], '$10.13', null);
  const rest = ['Bagel', 'Bagel', 'Bagel', 'Bagel', 'Tea', 'Tea', 'Roll', 'Roll', 'Roll'];
  await refund(page, sale, rest, '$19.15', 'Can be used again');
  expect(readRows(till, 'SELECT sum(uses) AS uses, sum(cost_minor) AS cost FROM campaign_totals')).toEqual([
    { uses: 0, cost: 0 },
  ]);
});

/** Writes what a question asks: its kind, its number, and the item that it counts. */
async function ask(page: Page, place: number, kind: string | null, atLeast: string, item: string): Promise<void> {
  const part = page.locator('.rule-question').nth(place);
  if (kind !== null) {
    await part.getByRole('button', { name: /What$/ }).click();
    await page.getByRole('option', { name: kind, exact: true }).click();
  }
  await part.getByRole('textbox', { name: 'At least', exact: true }).fill(atLeast);
  await part.getByRole('combobox', { name: 'Items that count' }).click();
  await page.keyboard.type(item, { delay: 60 });
  await expect(page.getByRole('option')).toHaveText([item]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(part.getByRole('button', { name: `Take ${item} out` })).toBeVisible();
}

// proves VC25
test('VC25: conditions are written as groups, said in one sentence, and a sale that does not meet them is told what is missing', async ({
  till,
}) => {
  const { page } = till;
  await openDollarShop(page, SHELF);
  await page.reload();
  await goTo(page, 'Vouchers');
  await page.getByRole('button', { name: 'New voucher' }).first().click();
  const panel = page.getByRole('dialog', { name: 'New voucher' });
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('Basket');
  await choose(page, 'How it is used', 'One code for everybody');
  await panel.getByRole('textbox', { name: 'Code', exact: true }).fill('BASKET');
  await panel.getByRole('radio', { name: '3 Limits' }).click();
  await panel.getByRole('button', { name: 'Add conditions' }).click();
  await ask(page, 0, null, '3', 'Roll');
  await panel.getByRole('button', { name: 'Add question' }).click();
  const sentence = panel.locator('.voucher-sentence');
  await ask(page, 1, 'Amount spent', '', 'Bagel');
  await expect(sentence).toHaveText('Complete its conditions');
  await page.locator('.rule-question').nth(1).getByRole('textbox', { name: 'At least', exact: true }).fill('20');
  await expect(sentence).toContainText('needs 3 of Roll and $20.00 of Bagel');
  await panel.getByRole('button', { name: /It can be used when$/ }).click();
  await page.getByRole('option', { name: 'one of these holds', exact: true }).click();
  await expect(sentence).toContainText('needs 3 of Roll or $20.00 of Bagel');
  await panel.getByRole('button', { name: 'Add group' }).click();
  await expect(sentence).toContainText('3 of Roll, $20.00 of Bagel, or one item');
  await keepPicture(page, 'voucher-conditions');
  if (till.electron === null) await expectAccessible(page, 'conditions of a voucher');
  await panel.getByRole('button', { name: 'Remove this question' }).last().click();
  await expect(sentence).toContainText('needs 3 of Roll or $20.00 of Bagel');
  await panel.getByRole('button', { name: 'Publish…' }).click();
  await page
    .getByRole('dialog', { name: 'Publish Basket' })
    .getByRole('button', { name: 'Publish', exact: true })
    .click();
  await expect(panel).toBeHidden();
  await goTo(page, 'Till');
  await tileOf(page, 'Roll').click();
  await tileOf(page, 'Roll').click();
  await typeCode(page, 'BASKET');
  await expect(orderOf(page)).toContainText('Needs 3 of Roll or $20.00 of Bagel');
  await keepPicture(page, 'till-voucher-conditions');
  await tileOf(page, 'Roll').click();
  await expect(lessOf(page)).toContainText('$0.69');
  await expect(orderOf(page)).not.toContainText('Needs 3');
});
