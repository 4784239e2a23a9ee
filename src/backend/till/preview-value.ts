import { availableMinorOf } from '#shop/credit/decide-spend.ts';
import { nextEndOf } from '#shop/credit/due-credit.ts';
import type { Refusal } from '#shop/refusal.ts';
import { type DecidedPassUse, type HeldPass, unitsPossible } from '#shop/till/passes-on-sale.ts';
import type { PricingPolicy } from '#shop/till/price-sale.ts';
import { priceWithRewards } from '#shop/till/price-with-rewards.ts';
import type { PricedSale, SaleDraft } from '#shop/till/sale.ts';
import type {
  CreditPreview,
  FittingVoucher,
  PassPreview,
  ShownRefusal,
  ValuePreview,
  VoucherPreview,
} from '#shop/till/value-on-sale.ts';
import type { RefusedVoucher } from '#shop/vouchers/on-sale.ts';
import { selectCreditOfCustomer } from '../credit/credit-accounts-store.ts';
import type { Standing } from '../ledger/standing.ts';
import { creditAccountOf } from '../value/credit-account.ts';
import { refuseKept } from '../value/hold-sale.ts';
import type { KeptRedemption, KeptValue } from '../value/kept-value.ts';
import { type Leaving, NOTHING_LEAVES } from '../value/leaving.ts';
import { outcomeOf, readSaleVouchers } from '../value/sale-vouchers.ts';
import { readPassesOf } from '../value/take-pass.ts';
import { creditAllowancesOf } from '../value/till-allowance.ts';
import type { FactsScope } from '../value/voucher-facts.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectClaims } from '../vouchers/claims-store.ts';
import { selectVoucher } from '../vouchers/vouchers-store.ts';
import { keptPassUses, passMinorOf, type ValuedSale } from './price-with-value.ts';
import { rewardsGivenOf } from './taken-rewards.ts';

/** So many vouchers of a wallet are tried on a sale; the first of them in the customer's own order. */
const MOST_TRIED = 12;

interface PreviewedSale {
  readonly draft: SaleDraft;
  readonly policy: PricingPolicy;
  readonly standings: readonly Standing[];
  /** What goods that come back in the same ticket take away again. */
  readonly leaving: Leaving;
}

/** What a preview shows of vouchers, promotions, passes and credit of a sale that was priced with them. */
export function previewValue(scope: FactsScope, sale: PreviewedSale, valued: ValuedSale): ValuePreview {
  const { draft, leaving } = sale;
  const { outcome, passUses, rewarded } = valued;
  const fitting = fittingOf(scope, sale);
  const { vouchers, promotions } = shownRedemptions(outcome.redemptions);
  const refused = outcome.refused.map((each) => refusedOf(scope, each, fitting.length));
  return {
    vouchers: inOrder(draft, [...vouchers, ...refused]),
    promotions,
    fitting,
    passes: passesOf(scope, { draft, leaving }, rewarded.priced, passUses),
    passMinor: passMinorOf(keptPassUses(passUses)),
    credit: creditOf(scope, draft, leaving),
  };
}

/** The same of a sale whose prices are frozen: what it keeps, and why it can no longer be had after a decline. */
export function previewKept(
  scope: FactsScope,
  draft: SaleDraft,
  kept: KeptValue | null,
  priced: Pick<PricedSale, 'lines'>,
): ValuePreview {
  const credit = creditOf(scope, draft, NOTHING_LEAVES);
  if (kept === null) return { vouchers: [], promotions: [], fitting: [], passes: [], passMinor: 0, credit };
  const gone = refuseKept(scope, draft, kept);
  const { vouchers, promotions } = shownRedemptions(kept.redemptions);
  const isGone = (facts: string, id: string) => gone !== null && gone.facts[facts] === id;
  const passUses = kept.passes.map((use) => ({ ...use, refusal: isGone('passId', use.passId) ? gone : null }));
  return {
    vouchers: vouchers.map((each) => (isGone('voucherId', each.voucherId) ? { ...each, refusal: shown(gone) } : each)),
    promotions,
    fitting: [],
    passes: passesOf(scope, { draft, leaving: NOTHING_LEAVES }, priced, passUses),
    passMinor: passMinorOf(kept.passes),
    credit,
  };
}

function shownRedemptions(redemptions: readonly KeptRedemption[]): Pick<ValuePreview, 'vouchers' | 'promotions'> {
  return {
    vouchers: redemptions.flatMap(({ voucherId, code, name, amountMinor }): VoucherPreview[] =>
      voucherId === null ? [] : [{ voucherId, code, name, amountMinor, refusal: null }],
    ),
    promotions: redemptions.flatMap(({ voucherId, campaignId, name, amountMinor }) =>
      voucherId === null ? [{ campaignId, name, amountMinor }] : [],
    ),
  };
}

function shown(refusal: Refusal | null): ShownRefusal | null {
  return refusal === null ? null : { reason: refusal.reason, facts: refusal.facts };
}

function refusedOf(
  { db, shop }: FactsScope,
  { voucherId, refusal }: RefusedVoucher,
  otherVouchers: number,
): VoucherPreview {
  const stored = selectVoucher(db, shop.merchantId, voucherId);
  const name = stored === null ? '' : (selectCampaign(db, shop.merchantId, stored.campaignId)?.name ?? '');
  const facts = { ...refusal.facts, otherVouchers };
  return { voucherId, code: stored?.code ?? '', name, amountMinor: 0, refusal: { reason: refusal.reason, facts } };
}

/** As they were asked for. */
function inOrder({ vouchers = [] }: SaleDraft, shownVouchers: readonly VoucherPreview[]): VoucherPreview[] {
  return vouchers.flatMap(({ voucherId }) => shownVouchers.filter((each) => each.voucherId === voucherId));
}

/** What of the wallet was not asked for and would take something off: each tried on the sale as it stands. */
function fittingOf(scope: FactsScope, { draft, policy, standings, leaving }: PreviewedSale): FittingVoucher[] {
  const { customerId, lines } = draft;
  if (customerId === null || lines.length === 0) return [];
  const asked = new Set((draft.vouchers ?? []).map(({ voucherId }) => voucherId));
  const claims = selectClaims(scope.db, customerId)
    .filter(({ status, voucherId }) => status === 'CLAIMED' && !asked.has(voucherId))
    .sort((a, b) => a.walletOrder - b.walletOrder)
    .slice(0, MOST_TRIED);
  return claims.flatMap(({ voucherId }) => {
    const offered = readSaleVouchers(scope, draft, { leaving, more: [{ voucherId, choice: null }] });
    if (!offered.onSale.given.some((given) => given.voucherId === voucherId)) return [];
    const given = { ...rewardsGivenOf(standings, draft.redemptions), offers: offered.onSale.offers };
    const rewarded = priceWithRewards(draft, policy, given);
    if ('reason' in rewarded) return [];
    const took = outcomeOf(offered, rewarded.priced).redemptions.find((each) => each.voucherId === voucherId);
    return took === undefined ? [] : [{ voucherId, code: took.code, name: took.name, amountMinor: took.amountMinor }];
  });
}

/** What is asked of passes, and what of the customer's could pay besides, line by line. */
function passesOf(
  scope: FactsScope,
  { draft, leaving }: Pick<PreviewedSale, 'draft' | 'leaving'>,
  priced: Pick<PricedSale, 'lines'>,
  passUses: readonly DecidedPassUse[],
): PassPreview[] {
  const { saleId, customerId, lines } = draft;
  const own = customerId === null ? [] : readPassesOf(scope, saleId, customerId, leaving);
  const occasion = { atMs: scope.moment.trustedAtMs, customerId };
  const possible = (held: HeldPass, lineId: string): number =>
    unitsPossible(held, lineId, { lines, priced }, passUses, occasion);
  const asked = passUses.map((use): PassPreview => {
    const held = own.find(({ pass }) => pass.passId === use.passId);
    const units = use.refusal === null ? use.units : 0;
    const more = held === undefined ? 0 : possible(held, use.lineId);
    return {
      ...rowOf(held, use),
      units,
      unitsPossible: units + more,
      amountMinor: use.amountMinor,
      refusal: shown(use.refusal),
    };
  });
  const others = own.flatMap((held) =>
    lines.flatMap(({ lineId }): PassPreview[] => {
      const isAsked = passUses.some((use) => use.lineId === lineId && use.passId === held.pass.passId);
      const most = isAsked ? 0 : possible(held, lineId);
      const row = rowOf(held, { passId: held.pass.passId, lineId });
      return most === 0 ? [] : [{ ...row, units: 0, unitsPossible: most, amountMinor: 0, refusal: null }];
    }),
  );
  return [...asked, ...others];
}

function rowOf(
  held: HeldPass | undefined,
  { passId, lineId }: { readonly passId: string; readonly lineId: string },
): Pick<PassPreview, 'passId' | 'name' | 'lineId' | 'unitsLeft'> {
  const unitsLeft = held === undefined ? 0 : held.pass.unitsTotal - held.pass.unitsUsed - held.heldUnits;
  return { passId, name: held?.pass.name ?? '', lineId, unitsLeft: Math.max(0, unitsLeft) };
}

/** The customer's own credit; cards are shown by who brings them. */
function creditOf(scope: FactsScope, { customerId, saleId }: SaleDraft, leaving: Leaving): CreditPreview[] {
  const { db, shop } = scope;
  const account = customerId === null ? null : selectCreditOfCustomer(db, shop.merchantId, customerId);
  if (account === null) return [];
  const credit = creditAccountOf(scope, account, saleId);
  const { accountId, kind, status } = account;
  const heldMinor = credit.heldMinor + (leaving.amounts.get(accountId) ?? 0);
  const availableMinor = availableMinorOf({ ...credit, heldMinor });
  const { emptySinceMs } = credit.position;
  const isFrozen = status !== 'active';
  const endsAtMs = nextEndOf(credit.position);
  const allowances = creditAllowancesOf(scope, accountId, saleId);
  return [{ accountId, kind, availableMinor, endsAtMs, emptySinceMs, isFrozen, allowances }];
}
