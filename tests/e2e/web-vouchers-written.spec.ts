import type { Page } from '@playwright/test';
import { typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { expectCharge, goOn, lessOf, newestSale, openDollarShop, refund, sharesOf } from './support/dollar-shop.ts';
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
