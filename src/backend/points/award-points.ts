import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { MAX_AMOUNT_MINOR } from '#shop/money/money.ts';
import { decideAdjustment, MAX_MANUAL_POINTS } from '#shop/points/decide-adjustment.ts';
import { amountSaleOf } from '#shop/points/earning.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { refuseRiskyScan } from '../scanning/scan-approvals-store.ts';
import { selectSaleByExternalReceipt } from '../till/sales-store.ts';
import { type Member, selectMember } from './accounts-store.ts';
import { earnInProgrammes } from '../ledger/earn-in-programmes.ts';
import { appendEntry } from './ledger-store.ts';
import { selectCurrentProgramme, selectLiveProgrammes } from './programmes-store.ts';
import { settleTiersOf } from '../ledger/merge-points.ts';
import { standingsOf } from '../ledger/standing.ts';
import { writeAwardSale } from './write-award-sale.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const awardReasonSchema = z.enum(['purchase', 'goodwill', 'correction']);

export const awardSchema = z.strictObject({
  customerId: idSchema,
  reason: awardReasonSchema,
  /** What was paid elsewhere, for a purchase. */
  amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR).optional(),
  /** Signed points, for goodwill and corrections. */
  points: z.int().min(-MAX_MANUAL_POINTS).max(MAX_MANUAL_POINTS).optional(),
  note: lineText({ min: 0, max: 200 }).optional(),
  /** The number on the other till system's receipt. */
  receiptNumber: lineText({ max: 60 }).optional(),
  /** Who may adjust points says with this that the receipt was seen to be used; others bring a manager's approval. */
  acceptsUsedReceipt: z.boolean().optional(),
  overrideIds: overrideIdsSchema,
});

export interface Awarded {
  readonly entryId: string;
  readonly points: number;
  readonly newBalance: number;
  readonly saleId: string | null;
}

/**
 * Gives points without ringing up items: for a purchase by the programme's own rule, else by hand with a note.
 * Refuses 'not-found', 'customer-blocked', 'no-programme', 'below-minimum', 'receipt-number-used' (opened by an override
 * for 'points.adjust'), 'scan-risk', 'not-permitted', 'note-required', 'points-out-of-range'.
 */
export function awardPoints(scope: CommandScope, input: z.output<typeof awardSchema>): Outcome<Awarded> {
  const member = selectMember(scope.db, scope.shop.merchantId, input.customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (member.status === 'blocked') return refuse('customer-blocked', { customerId: input.customerId });
  const risky = refuseRiskyScan(scope, { customerId: input.customerId, isByScan: false });
  if (risky !== null) return risky;
  const outcome =
    input.reason === 'purchase' ? awardPurchase(scope, member, input) : adjustByHand(scope, member, input);
  if (outcome.kind === 'done') for (const topic of ['points', 'customers'] as const) scope.touch(topic);
  return outcome;
}

function awardPurchase(scope: CommandScope, member: Member, input: z.output<typeof awardSchema>): Outcome<Awarded> {
  const { db, shop } = scope;
  const standings = standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  const [main] = standings;
  if (main === undefined) return refuse('no-programme');
  const amountMinor = input.amountMinor ?? 0;
  const saleId = scope.newId();
  const { atMs, trustedAtMs } = scope.moment;
  const sale = amountSaleOf(amountMinor);
  const earnings = earnInProgrammes(scope, standings, sale, { saleId, atMs, trustedAtMs });
  if (earnings.every(({ earning }) => earning.points === 0)) {
    return refuse('below-minimum', { minimumMinor: main.version.programme.minimumSpendMinor, amountMinor });
  }
  const used = refuseUsedReceipt(scope, input);
  if (used !== null) return used;
  const written = writeAwardSale(scope, {
    saleId,
    member,
    amountMinor,
    sale,
    earnings,
    externalReceiptNumber: input.receiptNumber ?? null,
    note: input.note ?? '',
  });
  return done(written);
}

/** Everybody is first told who used the number and when; then it takes a word of somebody who may adjust points. */
function refuseUsedReceipt(scope: CommandScope, input: z.output<typeof awardSchema>): Refusal | null {
  if (input.receiptNumber === undefined) return null;
  const used = selectSaleByExternalReceipt(scope.db, scope.shop.merchantId, input.receiptNumber);
  if (used === null) return null;
  const isMeant = input.acceptsUsedReceipt === true || scope.approverOf('points.adjust') !== null;
  if (isMeant && scope.may('points.adjust')) return null;
  return refuse('receipt-number-used', {
    byStaffId: used.staffId,
    atMs: used.atMs,
    saleId: used.saleId,
    permission: 'points.adjust',
    overridable: true,
  });
}

function adjustByHand(scope: CommandScope, member: Member, input: z.output<typeof awardSchema>): Outcome<Awarded> {
  if (!scope.may('points.adjust')) return refuse('not-permitted', { permission: 'points.adjust', overridable: true });
  const reason = input.reason === 'goodwill' ? 'goodwill' : 'correction';
  const note = input.note ?? '';
  const programme = selectCurrentProgramme(scope.db, scope.shop.merchantId);
  if (programme === null) return refuse('no-programme');
  const decided = decideAdjustment({ reason, points: input.points ?? 0, note });
  if (decided.kind === 'refused') return decided;
  const { points } = decided;
  const [standing] = standingsOf(scope, member, [programme]);
  const balance = standing?.balance() ?? 0;
  const newBalance = balance + points;
  if (points < 0 && newBalance < 0) return refuse('points-out-of-range', { balance });
  scope.event({
    type: 'customer.rewarded',
    category: 'ACTION',
    customerId: member.customerId,
    data: { reason, points },
    pii: { note },
  });
  const entryId = appendEntry(scope, { member, programId: programme.programId, kind: 'adjust', points, reason });
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId: member.customerId,
    data: { entryId, points, balance: newBalance, reason },
  });
  settleTiersOf(scope, member.customerId);
  scope.changed({
    table: 'points_transactions',
    recordId: entryId,
    before: { balance },
    after: { balance: newBalance, points, reason, customerId: member.customerId },
    personalAfter: { note },
  });
  return done({ entryId, points, newBalance, saleId: null });
}
