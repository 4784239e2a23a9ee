import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { VoucherStatus } from '#shop/vouchers/life-cycle.ts';
import { endOf } from '#shop/vouchers/validity.ts';
import { codeKeyOf } from '#shop/vouchers/voucher-code.ts';
import type { ReadScope } from '../context.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectCampaign } from './campaigns-store.ts';
import { selectVoucher, selectVoucherByKey } from './vouchers-store.ts';

export const showCodeSchema = z.strictObject({ code: lineText({ max: 120 }) });

/** What is known of one code; it ends with its campaign at the latest. Instants are UTC ms; null: without limit, without end, not withdrawn, nobody's alone. */
export interface ShownCode {
  readonly voucherId: string;
  readonly code: string;
  readonly campaignId: string;
  readonly name: string;
  readonly status: VoucherStatus;
  /** The code for everybody of its campaign: it goes with the campaign. */
  readonly isForAll: boolean;
  readonly usageLimit: number | null;
  readonly usageCount: number;
  readonly endsAtMs: number | null;
  readonly revokedAtMs: number | null;
  readonly holder: { readonly customerId: string; readonly name: string } | null;
}

/** Tells what is known of a code in any spelling, with nothing written; refuses 'voucher-unknown'. */
export function showCode({ db, shop }: ReadScope, { code }: z.output<typeof showCodeSchema>): Outcome<ShownCode> {
  const { merchantId } = shop;
  const codeKey = codeKeyOf(code);
  const found = codeKey === null ? null : selectVoucherByKey(db, merchantId, codeKey);
  const stored = found === null ? null : selectVoucher(db, merchantId, found.voucherId);
  if (stored === null) return refuse('voucher-unknown');
  const { holderCustomerId: customerId, expiresAtMs, status, usageLimit, usageCount, revokedAtMs } = stored;
  const campaign = selectCampaign(db, merchantId, stored.campaignId);
  const ends = [expiresAtMs, campaign?.version ? endOf(campaign.version.campaign.validity, shop.timeZone) : null];
  const endsAtMs = ends.filter((atMs) => atMs !== null).toSorted((a, b) => a - b)[0] ?? null;
  const generic = campaign?.version?.campaign.genericCode ?? null;
  const holder = customerId === null ? null : selectCustomer(db, merchantId, customerId);
  return done({
    ...{ voucherId: stored.voucherId, code: stored.code, campaignId: stored.campaignId },
    ...{ status, usageLimit, usageCount, endsAtMs, revokedAtMs },
    name: campaign?.name ?? '',
    isForAll: generic !== null && codeKeyOf(generic) === codeKey,
    holder: customerId === null ? null : { customerId, name: holder?.personal.fullName ?? '' },
  });
}
