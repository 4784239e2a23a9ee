import { z } from 'zod';
import { done, type Outcome } from '#shop/refusal.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { previewSale } from '#shop/till/preview-sale.ts';
import { priceWithRewards, rewardLinesOf } from '#shop/till/price-with-rewards.ts';
import type { SalePreview } from '#shop/till/sale.ts';
import { saleDraftSchema, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import { type ProgrammePreview, previewProgrammes } from '../ledger/preview-programmes.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { standingsOf } from '../ledger/standing.ts';
import { frozenPreviewOf } from './frozen-preview.ts';
import { currentDraftOf, pricingPolicyOf } from './sale-policy.ts';
import { rewardsGivenOf } from './taken-rewards.ts';

export const previewSchema = z.strictObject({ draft: saleDraftSchema, tenderKind: tenderKindSchema.optional() });

/** What the till shows before Charge, with what each programme does on the sale, the main one first. */
export interface TillPreview extends SalePreview {
  readonly programmes: readonly ProgrammePreview[];
}

/** Returns what the till shows before Charge, by the functions that complete the sale: one that is being paid as it was frozen. */
export function showPreview(scope: ReadScope, { draft }: z.output<typeof previewSchema>): Outcome<TillPreview> {
  const { db, env, shop, session, moment } = scope;
  const current = currentDraftOf(scope, draft);
  const policy = pricingPolicyOf(scope);
  const member = draft.customerId === null ? null : selectMember(db, shop.merchantId, draft.customerId);
  const standings = standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  const { redemptions } = draft;
  const frozen = frozenPreviewOf(scope, draft);
  const rewarded = frozen?.rewarded ?? priceWithRewards(current.draft, policy, rewardsGivenOf(standings, redemptions));
  if ('reason' in rewarded) return rewarded;
  const { priced, taken } = rewarded;
  const sale = earningSaleOf(current.draft.lines, priced, policy.taxMode);
  const { atMs, trustedAtMs } = moment;
  const occasion = { saleId: draft.saleId, atMs, trustedAtMs };
  const earnings = earnInProgrammes(scope, standings, sale, occasion);
  const [main] = earnings;
  const programmes = previewProgrammes(scope, earnings, {
    sale,
    occasion,
    lines: rewardLinesOf(current.draft.lines, priced),
    redeemed: taken.map(({ redemption }) => redemption),
    reserved: frozen?.reserved ?? [],
  });
  const preview = previewSale(rewarded, {
    policy,
    main: main === undefined ? null : { earning: main.earning, version: main.standing.version },
    customerBalance: member === null ? null : (programmes[0]?.balanceBefore ?? 0),
    spentPoints: programmes[0]?.redeemedPoints ?? 0,
    roles: session.roles,
    discountLimits: env.settings().discountLimitBasisPoints,
  });
  return done({ ...preview, ...(frozen === null ? {} : { takenRewards: frozen.takenRewards }), programmes });
}
