import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { isFailedPayment } from '#shop/alerts/thresholds.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { readStoredDraft } from '#shop/till/sale-draft-schema.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import type { CommandScope } from '../command-scope.ts';
import { deleteSaleHolds } from '../value/sale-holds-store.ts';
import { dueOf } from './begin-payment.ts';
import { takeAllBack } from './cancel-sale.ts';
import { deleteDraft, selectDraft, upsertDraft } from './drafts-store.ts';
import { setAsideOf, tellFailedPayment, unpaidOutside } from './payment-alert.ts';
import { giveRewardsBack } from './reserve-rewards.ts';
import { endSale, updateTender } from './sale-rows-store.ts';
import { selectSale, selectSaleState, selectTenders } from './sales-store.ts';

export const failTenderSchema = z.strictObject({
  saleId: idSchema,
  tenderId: idSchema,
  reason: lineText({ min: 0, max: 200 }),
});

/**
 * A declined tender fails the tender, not the sale (C-35): the sale stays pending and may be paid otherwise. The points of
 * its rewards, its vouchers, credit and units of passes are free at once; the next tender takes them anew, if they can still
 * be had.
 * Refuses 'not-found' and 'sale-not-pending'.
 */
export function failTender(
  scope: CommandScope,
  { saleId, tenderId, reason }: z.output<typeof failTenderSchema>,
): Outcome<{ dueMinor: number }> {
  const state = selectSaleState(scope.db, scope.shop.merchantId, saleId);
  if (state === null) return refuse('not-found', { kind: 'sale' });
  if (state.status !== 'pending') return refuse('sale-not-pending', { status: state.status });
  const tender = selectTenders(scope.db, saleId).find((each) => each.tenderId === tenderId);
  if (tender === undefined || tender.status !== 'pending') return refuse('not-found', { kind: 'tender' });
  const { amountMinor } = tender;
  updateTender(scope, {
    id: tenderId,
    transactionId: saleId,
    status: 'declined',
    reference: null,
    amountMinor,
    atMs: scope.moment.atMs,
  });
  scope.changed({
    table: 'transaction_tenders',
    recordId: tenderId,
    before: { status: 'pending', amountMinor },
    after: { status: 'declined' },
    personalAfter: reason === '' ? undefined : { reason },
  });
  const sale = mustHave(selectSale(scope.db, scope.shop.merchantId, saleId), 'the pending sale');
  const setAside = setAsideOf(scope, saleId);
  giveRewardsBack(scope, sale);
  if (deleteSaleHolds(scope, saleId)) scope.touch('wallet');
  const { customerId } = sale;
  if (customerId !== null) {
    const data = { saleId, tenderId, amountMinor, kind: tender.kind };
    scope.event({ type: 'customer.payment.failed', category: 'ACTION', customerId, data });
  }
  if (isFailedPayment(reason)) tellFailedPayment(scope, sale, tender, { reason: 'declined', ...setAside });
  scope.touch('drafts');
  return done({ dueMinor: dueOf(scope, saleId) });
}

export const giveUpPaymentSchema = z.strictObject({ saleId: idSchema });

/**
 * Gives a payment up: the pending sale has failed and stays so, and its draft goes on as a new sale that can be changed.
 * Points that its rewards had cost go back to their lots, and nothing is set aside for it any more. Answers the id and revision of that draft. Refuses 'not-found' and 'sale-not-pending'.
 */
export function giveUpPayment(
  scope: CommandScope,
  { saleId }: z.output<typeof giveUpPaymentSchema>,
): Outcome<{ saleId: string; revision: number }> {
  const { db, shop, moment } = scope;
  const state = selectSaleState(db, shop.merchantId, saleId);
  if (state === null) return refuse('not-found', { kind: 'sale' });
  if (state.status !== 'pending') return refuse('sale-not-pending', { status: state.status });
  const tenders = selectTenders(db, saleId);
  for (const { tenderId, amountMinor, status, reference } of tenders) {
    if (status !== 'pending') continue;
    updateTender(scope, {
      id: tenderId,
      transactionId: saleId,
      status: 'given-up',
      reference,
      amountMinor,
      atMs: moment.atMs,
    });
  }
  endSale(scope, { saleId, fromStatus: 'pending', status: 'failed' });
  scope.changed({
    table: 'transactions',
    recordId: saleId,
    before: { status: 'pending' },
    after: { status: 'failed' },
  });
  const sale = mustHave(selectSale(db, shop.merchantId, saleId), 'the sale that is given up');
  const unpaid = unpaidOutside(tenders);
  if (unpaid !== null) tellFailedPayment(scope, sale, unpaid, { reason: 'given-up', ...setAsideOf(scope, saleId) });
  if (sale.customerId !== null && sale.loyalty !== null) takeAllBack(scope, { customerId: sale.customerId, saleId });
  if (deleteSaleHolds(scope, saleId)) scope.touch('wallet');
  scope.touch('drafts');
  return done({ saleId: moveDraft(scope, saleId), revision: 1 });
}

/** The draft gets an id of its own, because its sale's id belongs to the failed sale for ever. */
function moveDraft(scope: CommandScope, failedSaleId: string): string {
  const { db, shop, moment, session } = scope;
  const stored = selectDraft(db, shop.merchantId, failedSaleId);
  const saleId = scope.newId();
  if (stored === null) return saleId;
  const draft = readStoredDraft(stored.draft);
  const fresh = new Map(draft.lines.map(({ lineId }) => [lineId, scope.newId()]));
  const idOf = (lineId: string): string => fresh.get(lineId) ?? lineId;
  const lines = draft.lines.map((line) => ({ ...line, lineId: idOf(line.lineId) }));
  const redemptions = draft.redemptions.map((each) => ({
    ...each,
    choice: each.choice === null ? null : idOf(each.choice),
  }));
  deleteDraft(db, shop.merchantId, failedSaleId);
  upsertDraft(db, {
    saleId,
    merchantId: shop.merchantId,
    terminalId: shop.terminalId,
    staffId: session.staffId,
    revision: 1,
    draft: JSON.stringify({ ...draft, saleId, lines, redemptions, ...movedValueOf(draft, idOf) }),
    heldAtMs: stored.heldAtMs,
    updatedAtMs: moment.atMs,
  });
  return saleId;
}

/** Vouchers and units that are asked for stand on the lines of the new draft. */
function movedValueOf(
  { vouchers, passUses }: SaleDraft,
  idOf: (lineId: string) => string,
): Pick<SaleDraft, 'vouchers' | 'passUses'> {
  return {
    ...(vouchers && {
      vouchers: vouchers.map((each) => ({ ...each, choice: each.choice === null ? null : idOf(each.choice) })),
    }),
    ...(passUses && { passUses: passUses.map((each) => ({ ...each, lineId: idOf(each.lineId) })) }),
  };
}
