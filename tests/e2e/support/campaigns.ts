import type { Page } from '@playwright/test';
import { command } from './page-api.ts';

/** A published campaign; what is not named is as usual. Answers its id. */
export async function publishCampaign(page: Page, campaign: object): Promise<string> {
  const draft = { campaignId: null, campaign, revision: 0 };
  const { campaignId, revision } = await command<{ campaignId: string; revision: number }>(
    page,
    'vouchers.saveDraft',
    draft,
  );
  await command(page, 'vouchers.publish', { campaignId, revision });
  return campaignId;
}

/** A code for everybody, without limit unless `more` says so. */
export function publishCode(page: Page, genericCode: string, benefit: object, more: object = {}): Promise<string> {
  return publishCampaign(page, { name: genericCode, genericCode, benefit, limits: { usesPerCode: null }, ...more });
}

/** Types a code after F6, as a cashier does. */
export async function typeCode(page: Page, code: string): Promise<void> {
  await page.keyboard.press('F6');
  const field = page.getByRole('combobox', { name: 'Vouchers and rewards for this sale' });
  await field.fill(code);
  await field.press('Enter');
}
