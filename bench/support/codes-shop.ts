import Database from 'better-sqlite3';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import type { LoyaltyShop } from './loyalty-shop.ts';

export const CODES = Number(process.env.CODES ?? 1_000_000);
export const KNOWN = Number(process.env.CODES_KNOWN ?? 5_000_000);
export const CUSTOMERS = Number(process.env.CODES_CUSTOMERS ?? 10_000);

export const op = <Input>(shop: LoyaltyShop, input: Input) => ({ operationId: shop.env.newId(), input });

export async function publish(shop: LoyaltyShop): Promise<string> {
  const { vouchers } = shop.caller;
  const campaign = campaignSchema.parse({ name: 'Flyer', benefit: { kind: 'amount', amountMinor: 1_000 } });
  const draft = await vouchers.saveDraft(op(shop, { campaignId: null, campaign, revision: 0 }));
  const { campaignId, revision } = draft;
  await vouchers.publish(op(shop, { campaignId, revision }));
  return campaignId;
}

/** What the app says of its connections, for the raw one. */
export function openRaw(path: string): Database.Database {
  const raw = new Database(path);
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('cache_size = -65536');
  raw.pragma('mmap_size = 268435456');
  raw.pragma('wal_autocheckpoint = 16384');
  return raw;
}
