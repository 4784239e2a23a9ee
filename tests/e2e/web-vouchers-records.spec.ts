import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { publishCampaign, publishCode, typeCode } from './support/campaigns.ts';
import { expect, test } from './support/console.ts';
import { freeClock, goToDay, holdClock } from './support/dollar-shop.ts';
import { command, newId, type PageAnswer, sendFromPage } from './support/page-api.ts';
import { addProducts, digits, enrol, goToAddress, openShop, orderOf, readRows, tileOf } from './support/shop.ts';

test.describe.configure({ timeout: 180_000 });

test.beforeEach(() => holdClock(test.info().outputPath('clock')));

test.afterEach(freeClock);

test('C-34: a key again answers the same, another key finds it used, another body is refused as such; only two tries are kept', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await publishCode(page, 'COINS', { kind: 'credit', amountMinor: 17_500 }, { limits: { usesPerCode: 1 } });
  const { customerId } = await enrol(page, 'Ana Benítez');
  const redeem = async (operationId: string, code: string): Promise<PageAnswer | undefined> => {
    const inputText = JSON.stringify({ operationId, input: { code, customerId } });
    return (await sendFromPage(page, [{ path: 'vouchers.redeem', kind: 'mutation', inputText }]))[0];
  };
  const key = newId();
  const first = await redeem(key, 'COINS');
  expect(first?.status).toBe(200);
  expect(await redeem(key, 'COINS')).toMatchObject({ status: 200, data: first?.data });
  expect(await redeem(newId(), 'COINS')).toMatchObject({ status: 409, refusal: { reason: 'voucher-used' } });
  expect(await redeem(key, 'COINS2')).toMatchObject({ status: 422, refusal: { reason: 'operation-id-reused' } });
  expect(await redeem(key, 'COINS')).toMatchObject({ status: 200, data: first?.data });
  const tries = "SELECT successful FROM redemption_attempts WHERE kind = 'redeem' ORDER BY attempted_at_ms";
  expect(readRows(till, tries)).toEqual([{ successful: 1 }, { successful: 0 }]);
  expect(
    readRows(till, "SELECT reason FROM audit_logs WHERE outcome = 'refused' AND action = 'vouchers.redeem'"),
  ).toEqual([{ reason: 'voucher-used' }, { reason: 'operation-id-reused' }]);
  await goToAddress(page, `#/customers/${customerId}`);
  await expect(page.getByRole('region', { name: 'Wallet' })).toContainText(digits(17_500));
  await expect(page.getByRole('region', { name: 'Wallet' })).not.toContainText(digits(35_000));
});

/** The bucket of a customer as the rule says it: SHA-256 of both ids, its first six bytes, modulo 100. */
const bucketOf = (experimentId: string, customerId: string): number =>
  createHash('sha256').update(`${experimentId}:${customerId}`).digest().readUIntBE(0, 6) % 100;

/** A running trial of two arms with these weights: the code `shown`, and nothing. */
async function startTrial(page: Page, shown: string, weights: readonly [number, number]): Promise<string> {
  const campaignId = await publishCode(page, shown, { kind: 'amount', amountMinor: 1_000 });
  const { experimentId } = await command<{ experimentId: string }>(page, 'experiments.saveDraft', {
    experimentId: null,
    revision: 0,
    experiment: {
      name: shown,
      variants: [
        { variantId: 'A', name: 'Nothing', weight: weights[0], campaignId: null },
        { variantId: 'B', name: shown, weight: weights[1], campaignId },
      ],
    },
  });
  await command(page, 'experiments.start', { experimentId, revision: 1 });
  return experimentId;
}

test('C-47: of equal arms bucket 49 meets the first and bucket 50 the second, of 50 and 40 bucket 95 the first; a second look changes nothing', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await addProducts(page, [{ name: 'Lunch', priceMinor: 50_000 }]);
  await command(page, 'till.openShift', { floatMinor: 500_000 });
  const halves = await startTrial(page, 'HALVES', [50, 50]);
  const rest = await startTrial(page, 'RESTED', [50, 40]);
  const people: string[] = [];
  const find = async (experimentId: string, bucket: number): Promise<string> => {
    for (;;) {
      const found = people.find((customerId) => bucketOf(experimentId, customerId) === bucket);
      if (found !== undefined) return found;
      const calls = Array.from({ length: 50 }, (_, place) => ({
        path: 'customers.enrol',
        kind: 'mutation' as const,
        inputText: JSON.stringify({
          operationId: newId(),
          input: { name: `Regular ${people.length + place}`, consentMarketing: false },
        }),
      }));
      const answers = await sendFromPage(page, calls);
      people.push(...answers.map(({ data }) => (data as { customerId: string }).customerId));
    }
  };
  for (const [trial, code, bucket, arm] of [
    [halves, 'HALVES', 49, 'A'],
    [halves, 'HALVES', 50, 'B'],
    [rest, 'RESTED', 95, 'A'],
    [rest, 'RESTED', 89, 'B'],
  ] as const) {
    const customerId = await find(trial, bucket);
    for (let look = 0; look < 2; look += 1) {
      await goToAddress(page, `#/customers/${customerId}`);
      await page.getByRole('button', { name: 'Start sale' }).click();
      await tileOf(page, 'Lunch').click();
      await page.waitForTimeout(1600);
      await typeCode(page, code);
      if (arm === 'B') await expect(orderOf(page).locator('.order-line-less')).toContainText(digits(1_000));
      else
        await expect(page.getByRole('region', { name: 'Notices' })).toContainText(
          'A trial gives this customer another offer',
        );
      await page.reload();
    }
  }
});

test('C-48: two records that hold one voucher become one that claimed it first; the other claim is void, and undo gives it back', async ({
  till,
}) => {
  const { page } = till;
  await openShop(page);
  await publishCampaign(page, {
    name: 'Slice of cake',
    genericCode: 'CAKE',
    benefit: { kind: 'product', units: 1 },
    limits: { usesPerCode: null, perCustomer: 1 },
  });
  const record = (name: string) =>
    command<{ customerId: string }>(page, 'customers.enrol', { name, birthday: '1990-05-01', consentMarketing: false });
  const first = await record('Ana Ruiz');
  const second = await record('Ruiz Ana');
  for (const [{ customerId }, points, day] of [
    [first, 120, 0],
    [second, 30, 4],
  ] as const) {
    if (day > 0) await goToDay(page, day);
    await command(page, 'points.award', { customerId, reason: 'goodwill', points, note: 'welcome' });
    await command(page, 'vouchers.claim', { code: 'CAKE', customerId, saleId: null });
  }
  const claims = () =>
    readRows<{ customerId: string; status: string; reason: string | null; atMs: number }>(
      till,
      `SELECT customer_id AS customerId, status, void_reason AS reason, claimed_at_ms AS atMs
       FROM customer_vouchers ORDER BY status, claimed_at_ms`,
    );
  const before = claims();
  expect(before).toMatchObject([{ customerId: first.customerId }, { customerId: second.customerId }]);
  const wallet = page.getByRole('region', { name: 'Wallet' });
  await goToAddress(page, `#/customers/${second.customerId}`);
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge two records?' });
  await expect(dialog).toContainText('120 points move in 1 lot with its expiry: 150 afterwards');
  await expect(dialog).toContainText('1 voucher is in both wallets: one of the two stays');
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(page.getByText('Ana Ruiz was merged into this customer.')).toBeVisible();
  await expect(wallet.getByRole('list', { name: 'Use now' }).getByRole('listitem')).toHaveCount(1);
  await page.screenshot({ path: 'test-results/screens/merged-wallet.png' });
  expect(claims()).toMatchObject([
    { customerId: second.customerId, status: 'CLAIMED', atMs: before[0]?.atMs },
    { customerId: first.customerId, status: 'VOIDED', reason: 'MERGED' },
  ]);
  await page.getByRole('button', { name: 'Undo merge' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo merge' }).click();
  await expect(page.getByText('Ana Ruiz was merged into this customer.')).toBeHidden();
  expect(claims()).toEqual(before);
  await goToAddress(page, `#/customers/${first.customerId}`);
  await expect(wallet.getByRole('list', { name: 'Use now' }).getByRole('listitem')).toHaveCount(1);
});
