import { expect, type Page } from '@playwright/test';
import { ask, command, newId, type PageCall, sendFromPage } from './page-api.ts';

const TRIES = 1000;
const AMOUNT_MINOR = 100;

/**
 * Publishes a voucher that can be redeemed so many times and redeems it a thousand times at once, over the line of the
 * page's host. Exactly the limit must come through, each with its credit, and every other try be refused for the limit.
 */
export async function redeemAtOnce(page: Page, limit: number): Promise<void> {
  const genericCode = `RUSH${newId().slice(-8).toUpperCase()}`;
  const limits = { usesPerCode: limit };
  const campaign = { name: genericCode, benefit: { kind: 'credit', amountMinor: AMOUNT_MINOR }, genericCode, limits };
  const draft = await command<{ campaignId: string; revision: number }>(page, 'vouchers.saveDraft', {
    campaignId: null,
    campaign,
    revision: 0,
  });
  await command(page, 'vouchers.publish', { campaignId: draft.campaignId, revision: draft.revision });
  const { customerId } = await command<{ customerId: string }>(page, 'customers.enrol', {
    name: genericCode,
    consentMarketing: false,
  });
  const calls = Array.from({ length: TRIES }, (): PageCall => {
    const input = { operationId: newId(), input: { code: genericCode, customerId } };
    return { path: 'vouchers.redeem', kind: 'mutation', inputText: JSON.stringify(input) };
  });
  const answers = await sendFromPage(page, calls);
  const counts = new Map<string, number>();
  for (const { status, refusal } of answers) {
    const end = refusal?.reason ?? String(status);
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  expect(Object.fromEntries(counts)).toEqual({
    200: limit,
    [limit === 1 ? 'voucher-used' : 'voucher-limit-reached']: TRIES - limit,
  });
  const position = await ask<{ balanceMinor: number }>(page, 'credit.position', { customerId });
  expect(position.balanceMinor).toBe(limit * AMOUNT_MINOR);
}
