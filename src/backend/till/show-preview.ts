import { z } from 'zod';
import { done, type Outcome } from '#shop/refusal.ts';
import { earningSaleOf } from '#shop/till/earning-sale.ts';
import { previewSale } from '#shop/till/preview-sale.ts';
import { type RewardedSale, rewardLinesOf } from '#shop/till/price-with-rewards.ts';
import type { SaleDraft, SalePreview } from '#shop/till/sale.ts';
import { saleDraftSchema, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from '../points/accounts-store.ts';
import { earnInProgrammes, type ProgrammeEarning } from '../ledger/earn-in-programmes.ts';
import { type ProgrammePreview, previewProgrammes } from '../ledger/preview-programmes.ts';
import { selectLiveProgrammes } from '../points/programmes-store.ts';
import { type Standing, standingsOf } from '../ledger/standing.ts';
import { exchangePreviewOf, settleTicket, ticketOf } from './exchange.ts';
import { type FrozenPreview, frozenPreviewOf } from './frozen-preview.ts';
import { assumedApprover } from '../value/assumed-approver.ts';
import { leavingOf } from '../value/leaving.ts';
import { previewKept, previewValue } from './preview-value.ts';
import { priceWithValue } from './price-with-value.ts';
import { currentDraftOf, pricingPolicyOf } from './sale-policy.ts';

export const previewSchema = z.strictObject({ draft: saleDraftSchema, tenderKind: tenderKindSchema.optional() });

/** What the till shows before Charge, with what each programme does on the sale, the main one first. */
export interface TillPreview extends SalePreview {
  readonly programmes: readonly ProgrammePreview[];
}

/**
 * Returns what the till shows before Charge, by the functions that complete the sale: one that is being paid as it was
 * frozen, one with goods that come back as a refund and then a sale.
 */
export function showPreview(asked: ReadScope, input: z.output<typeof previewSchema>): Outcome<TillPreview> {
  const scope = { ...asked, approverOf: assumedApprover };
  const { db, env, shop, session } = scope;
  const { draft } = input;
  const current = currentDraftOf(scope, draft);
  const policy = pricingPolicyOf(scope);
  const member = draft.customerId === null ? null : selectMember(db, shop.merchantId, draft.customerId);
  const versions = selectLiveProgrammes(db, shop.merchantId);
  const ticket = ticketOf(scope, draft, member, versions);
  const { refund, standings } =
    'reason' in ticket ? { refund: null, standings: standingsOf(scope, member, versions) } : ticket;
  const frozen = frozenPreviewOf(scope, draft, standings);
  const leaving = leavingOf(refund);
  const decided = frozen ?? priceWithValue(scope, current.draft, policy, standings, leaving);
  if ('reason' in decided) return decided;
  const { rewarded } = decided;
  const { priced } = rewarded;
  const sale = { draft: current.draft, policy, standings, leaving };
  const value =
    'vouchers' in decided
      ? previewValue(scope, sale, decided)
      : previewKept(scope, current.draft, decided.value, priced);
  const { earnings, programmes } = programmesOf(scope, {
    draft: current.draft,
    rewarded,
    frozen,
    standings,
    passMinor: value.passMinor,
  });
  const [main] = earnings;
  const settled = settleTicket(refund, priced.totalMinor - value.passMinor, input.tenderKind ?? 'cash');
  const preview = previewSale(rewarded, {
    cashRounding: frozen?.cashRounding ?? policy.cashRounding,
    exchange: exchangePreviewOf(scope, draft, ticket, settled),
    main: main === undefined ? null : { earning: main.earning, version: main.standing.version },
    customerBalance: member === null ? null : (programmes[0]?.balanceBefore ?? 0),
    spentPoints: programmes[0]?.redeemedPoints ?? 0,
    roles: session.roles,
    discountLimits: env.settings().discountLimitBasisPoints,
    value,
  });
  return done({ ...preview, ...(frozen === null ? {} : { takenRewards: frozen.takenRewards }), programmes });
}

function programmesOf(
  scope: ReadScope,
  given: {
    readonly draft: SaleDraft;
    readonly rewarded: RewardedSale;
    readonly frozen: FrozenPreview | null;
    readonly standings: readonly Standing[];
    /** What passes pay: known before the sale is paid. */
    readonly passMinor: number;
  },
): { readonly earnings: readonly ProgrammeEarning[]; readonly programmes: readonly ProgrammePreview[] } {
  const { draft, rewarded, frozen, standings, passMinor } = given;
  const items = frozen?.soldItems ?? draft.lines;
  const taxMode = frozen?.taxMode ?? scope.env.settings().taxMode;
  const sale = earningSaleOf(items, rewarded.priced, taxMode, passMinor);
  const { atMs, trustedAtMs } = scope.moment;
  const occasion = { saleId: draft.saleId, atMs, trustedAtMs };
  const earnings = earnInProgrammes(scope, standings, sale, occasion);
  const programmes = previewProgrammes(earnings, {
    sale,
    occasion,
    lines: rewardLinesOf(items, rewarded.priced),
    redeemed: frozen?.open ?? rewarded.taken.map(({ redemption }) => redemption),
    reserved: frozen?.reserved ?? [],
  });
  return { earnings, programmes };
}
