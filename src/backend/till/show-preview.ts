import { z } from 'zod';
import { done, type Outcome } from '#shop/refusal.ts';
import { previewSale } from '#shop/till/preview-sale.ts';
import type { SalePreview } from '#shop/till/sale.ts';
import { saleDraftSchema, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { selectCurrentProgramme } from '../points/programmes-store.ts';
import { currentDraftOf, pricingPolicyOf } from './sale-policy.ts';

export const previewSchema = z.strictObject({ draft: saleDraftSchema, tenderKind: tenderKindSchema.optional() });

/** Returns what the till shows before Charge, by the functions that complete the sale. */
export function showPreview(scope: ReadScope, { draft }: z.output<typeof previewSchema>): Outcome<SalePreview> {
  const { db, env, shop, session } = scope;
  const current = currentDraftOf(scope, draft);
  const member = draft.customerId === null ? null : selectMember(db, shop.merchantId, draft.customerId);
  const preview = previewSale(current.draft, {
    policy: pricingPolicyOf(scope),
    programme: selectCurrentProgramme(db, shop.merchantId),
    customerBalance: member?.balance ?? null,
    roles: session.roles,
    discountLimits: env.settings().discountLimitBasisPoints,
  });
  return 'reason' in preview ? preview : done(preview);
}
