import type { Page } from '@playwright/test';
import { expect, test } from './support/console.ts';
import { expectAccessible, keepPicture } from './support/looks.ts';
import { command, newId, sendFromPage } from './support/page-api.ts';
import { enrol, goTo, openShop, readRows } from './support/shop.ts';

test.use({ windowSize: { width: 1366, height: 768 } });

const NAME = 'Coffee or nothing';
const result = (page: Page) => page.getByRole('region', { name: NAME });
const arm = (page: Page, name: string) => result(page).getByRole('listitem').filter({ hasText: name });

async function publishCoffee(page: Page): Promise<string> {
  const campaign = { name: 'Free coffee', benefit: { kind: 'product' }, genericCode: 'COFFEE' };
  const limits = { usesPerCode: null };
  const draft = { campaignId: null, campaign: { ...campaign, limits }, revision: 0 };
  const { campaignId, revision } = await command<{ campaignId: string; revision: number }>(
    page,
    'vouchers.saveDraft',
    draft,
  );
  await command(page, 'vouchers.publish', { campaignId, revision });
  return campaignId;
}

const scan = (page: Page, text: string, atMs: number) =>
  command(page, 'scanning.submit', { text, source: 'MANUAL', screen: 'till', atMs });

test('S2-28 S2-29 S3-11 S3-110 AN4: an experiment is written, started, met by customers, kept to its arms, and ended', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  const campaignId = await publishCoffee(page);
  await goTo(page, 'Trials');
  await expect(page.getByText('No trials yet')).toBeVisible();
  await expectAccessible(page, 'empty');

  await test.step('write it', async () => {
    await page.getByRole('button', { name: 'New trial' }).click();
    const panel = page.getByRole('dialog', { name: 'New trial' });
    const save = panel.getByRole('button', { name: 'Save draft' });
    await panel.getByRole('textbox', { name: 'Name', exact: true }).fill(NAME);
    await expect(save).toBeDisabled();
    await panel.getByRole('button', { name: 'What it shows' }).first().click();
    await page.getByRole('option', { name: 'Free coffee' }).click();
    await panel.getByRole('textbox', { name: 'Share of 100' }).last().fill('60');
    await expect(panel.getByText('The shares come to 110; 100 is the most.')).toBeVisible();
    await expect(save).toBeDisabled();
    await panel.getByRole('textbox', { name: 'Share of 100' }).last().fill('40');
    await expect(panel.getByText('10 of 100 customers are left: they go to the first arm.')).toBeVisible();
    await expectAccessible(page, 'editor');
    await keepPicture(page, 'experiments-editor');
    await save.click();
    await expect(panel).toBeHidden();
    await expect(arm(page, 'Free coffee')).toContainText('60%');
  });

  await test.step('start it: customers whom the counter sees fall into their arms', async () => {
    await result(page).getByRole('button', { name: 'Start' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start it' }).click();
    await expect(result(page).getByText('Running')).toBeVisible();
    const people = [];
    for (let n = 0; n < 6; n += 1) people.push(await enrol(page, `Regular ${n}`));
    const now = await page.evaluate(() => Date.now());
    for (const [place, { code }] of people.entries()) await scan(page, code, now + place);
    const met = readRows<{ customerId: string; variantId: string }>(
      till,
      'SELECT customer_id AS customerId, variant_id AS variantId FROM experiment_exposures',
    );
    expect(met).toHaveLength(6);
    const shown = met.filter(({ variantId }) => variantId === 'A').length;
    await expect(arm(page, 'Free coffee')).toContainText(
      shown === 1 ? '1 customer has met it' : `${shown} customers have met it`,
    );
    const least = Math.min(shown, 6 - shown);
    await expect(result(page)).toContainText(`Not enough data yet: ${least} of 100 customers in the smaller group`);
    await expectAccessible(page, 'running');
    await keepPicture(page, 'experiments-running');
    const checks = met.map(({ customerId, variantId }) => ({ variantId, customerId }));
    const answers = await sendFromPage(
      page,
      checks.map(({ customerId }) => ({
        path: 'vouchers.check',
        kind: 'mutation' as const,
        inputText: JSON.stringify({
          operationId: newId(),
          input: { code: 'COFFEE', customerId, saleId: null },
        }),
      })),
    );
    expect(answers.map(({ refusal }) => refusal?.reason ?? 'A')).toEqual(
      checks.map(({ variantId }) => (variantId === 'A' ? 'A' : 'voucher-other-arm')),
    );
  });

  await test.step('end it: its figures stay, with the campaign and with the shop', async () => {
    await result(page).getByRole('button', { name: 'End' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
    await expect(result(page).getByText('Ended')).toBeVisible();
    await result(page).getByRole('link', { name: 'Free coffee' }).click();
    await expect(page).toHaveURL(new RegExp(campaignId));
    const figures = page.getByRole('region', { name: 'Figures' });
    await expect(figures).toContainText('Nobody known has scanned it yet');
    await expect(figures).toContainText(NAME);
    await figures.getByRole('heading', { name: 'Effect against nothing shown' }).scrollIntoViewIfNeeded();
    await keepPicture(page, 'voucher-figures');
    await expectAccessible(page, 'figures');
    await goTo(page, 'Analytics');
    const shop = page.getByRole('region', { name: 'Vouchers, last 28 days' });
    await shop.scrollIntoViewIfNeeded();
    await expect(shop.getByRole('region', { name: 'Top vouchers' })).toContainText('No voucher was used');
    await keepPicture(page, 'analytics-vouchers');
    await expectAccessible(page, 'analytics');
  });
});
