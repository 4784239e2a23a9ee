import { afterEach, beforeEach } from 'vitest';
import { type Campaign, campaignSchema } from '#shop/vouchers/campaign.ts';
import type { z } from 'zod';
import type { TestBackendOptions } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

export const TEN_PERCENT = { kind: 'percent', rateBasisPoints: 1000 } as const;

type Given = Omit<Partial<z.input<typeof campaignSchema>>, 'name'> & { readonly name?: string };

/** A shop with short words for what a test does with campaigns. */
export interface VoucherShop extends TillShop {
  campaign(given?: Given): Campaign;
  /** Saves and publishes a campaign as the manager. */
  publish(given?: Given): Promise<{ campaignId: string; versionId: string }>;
}

export async function createVoucherShop(options: TestBackendOptions = {}): Promise<VoucherShop> {
  const shop = await createTillShop(options);
  const campaign = (given: Given = {}) => campaignSchema.parse({ name: 'Breakfast', benefit: TEN_PERCENT, ...given });
  return {
    ...shop,
    campaign,
    publish: async (given = {}) => {
      const { vouchers } = shop.caller('manager');
      const draft = { campaignId: null, campaign: campaign(given), revision: 0 };
      const { campaignId, revision } = await vouchers.saveDraft(shop.op(draft));
      const { versionId } = await vouchers.publish(shop.op({ campaignId, revision }));
      return { campaignId, versionId };
    },
  };
}

/** A fresh shop for each test of a file; returns how to get at it. */
export function voucherShopForEach(): () => VoucherShop {
  const state: { shop: VoucherShop | null } = { shop: null };
  beforeEach(async () => {
    state.shop = await createVoucherShop();
  });
  afterEach(() => state.shop?.close());
  return () => {
    if (state.shop === null) throw new Error('no shop yet');
    return state.shop;
  };
}
