import { z } from 'zod';
import { uuidV7Schema } from '#shop/ids/uuid.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { saleDraftSchema } from '#shop/till/sale-draft-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { deleteSaleHolds } from '../value/sale-holds-store.ts';
import { refuseStaleDraft } from './decide-sale.ts';
import { countHeldDrafts, deleteDraft, selectDraft, upsertDraft } from './drafts-store.ts';
import { selectItems, selectSaleState } from './sales-store.ts';
import { isAsFrozen } from './sale-lines.ts';

/** As many sales as fit on the tabs may wait (UX.md 6). */
const MAX_HELD = 9;

export const saveDraftSchema = z.strictObject({
  draft: saleDraftSchema,
  /** The revision that the window knows; 0 for a new sale. */
  revision: z.int().min(0),
  isHeld: z.boolean(),
});

/**
 * Keeps a sale that is being rung up or held. Refuses 'draft-changed-elsewhere' when another window saved it since,
 * 'sale-already-completed', 'too-many-held', and 'sale-not-pending' for a change of lines whose payment has begun.
 */
export function saveDraft(scope: CommandScope, input: z.output<typeof saveDraftSchema>): Outcome<{ revision: number }> {
  const { db, shop, moment } = scope;
  const { draft, isHeld } = input;
  const state = selectSaleState(db, shop.merchantId, draft.saleId);
  const stale = refuseStaleDraft(scope, draft.saleId, state, input.revision);
  if (stale !== null) return stale;
  if (state?.status === 'pending' && !isAsFrozen(draft, selectItems(db, draft.saleId)))
    return refuse('sale-not-pending');
  const stored = selectDraft(db, shop.merchantId, draft.saleId);
  if (isHeld && stored?.heldAtMs == null) {
    const held = countHeldDrafts(db, shop.merchantId, shop.terminalId, draft.saleId);
    if (held >= MAX_HELD) return refuse('too-many-held', { limit: MAX_HELD });
  }
  const revision = input.revision + 1;
  upsertDraft(db, {
    saleId: draft.saleId,
    merchantId: shop.merchantId,
    terminalId: shop.terminalId,
    staffId: scope.session.staffId,
    revision,
    draft: JSON.stringify(draft),
    heldAtMs: isHeld ? (stored?.heldAtMs ?? moment.atMs) : null,
    updatedAtMs: moment.atMs,
  });
  scope.touch('drafts');
  return done({ revision });
}

export const discardDraftSchema = z.strictObject({ saleId: uuidV7Schema });

/** Forgets a sale that was not paid; refuses 'sale-not-pending' while its payment runs. Nothing there: nothing to do. */
export function discardDraft(scope: CommandScope, { saleId }: { saleId: string }): Outcome<{ saleId: string }> {
  const { db, shop } = scope;
  const state = selectSaleState(db, shop.merchantId, saleId);
  if (state?.status === 'pending') return refuse('sale-not-pending');
  const stored = selectDraft(db, shop.merchantId, saleId);
  if (deleteDraft(db, shop.merchantId, saleId)) {
    scope.changed({ table: 'sale_drafts', recordId: saleId, before: { revision: stored?.revision ?? 0 }, after: null });
    scope.touch('drafts');
  }
  if (deleteSaleHolds(scope, saleId)) scope.touch('wallet');
  return done({ saleId });
}
