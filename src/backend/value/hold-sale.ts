import { sumOf } from '#shop/money/money.ts';
import { mustHave } from '#shop/must.ts';
import { refuseUnits } from '#shop/passes/decide-pass-use.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import { decidePromotion, decideVoucher, refuseUses } from '#shop/vouchers/decide-voucher.ts';
import type { CommandScope } from '../command-scope.ts';
import { selectPass } from '../passes/passes-store.ts';
import { selectHeld } from './holds-store.ts';
import type { KeptRedemption, KeptValue } from './kept-value.ts';
import { deleteSaleHolds, insertSaleHolds, type SaleHold, selectSaleHolds } from './sale-holds-store.ts';
import type { CreditTender } from './spend.ts';
import { type FactsScope, readCampaignFacts, readCustomer, readVoucher } from './voucher-facts.ts';

interface KeptOf {
  readonly saleId: string;
  readonly customerId: string | null;
}

/** Sets aside what a sale whose payment has begun uses, until it is paid, declined or given up; what it had before goes. */
export function holdForPayment(
  scope: CommandScope,
  sale: KeptOf,
  kept: KeptValue | null,
  tenders: readonly CreditTender[],
): void {
  deleteSaleHolds(scope, sale.saleId);
  const holds = [...redemptionHolds(kept?.redemptions ?? []), ...passHolds(kept), ...creditHolds(tenders)];
  if (holds.length === 0) return;
  insertSaleHolds(scope, { ...sale, endsAtMs: null }, holds);
  scope.touch('wallet');
}

function redemptionHolds(redemptions: readonly KeptRedemption[]): SaleHold[] {
  const vouchers = redemptions.flatMap(({ voucherId, uses }): SaleHold[] =>
    voucherId === null ? [] : [{ subjectKind: 'voucher', subjectId: voucherId, uses, amountMinor: 0 }],
  );
  const campaigns = bySubject(redemptions, ({ campaignId }) => campaignId).map(
    ([subjectId, of]): SaleHold => ({
      subjectKind: 'campaign',
      subjectId,
      uses: sumOf(of.map(({ uses }) => uses)),
      amountMinor: sumOf(of.map(({ amountMinor }) => amountMinor)),
    }),
  );
  return [...vouchers, ...campaigns];
}

function passHolds(kept: KeptValue | null): SaleHold[] {
  return bySubject(kept?.passes ?? [], ({ passId }) => passId).map(([subjectId, of]) => ({
    subjectKind: 'pass',
    subjectId,
    uses: sumOf(of.map(({ units }) => units)),
    amountMinor: 0,
  }));
}

function creditHolds(tenders: readonly CreditTender[]): SaleHold[] {
  return bySubject(tenders, ({ accountId }) => accountId).map(([subjectId, of]) => ({
    subjectKind: 'credit',
    subjectId,
    uses: 0,
    amountMinor: sumOf(of.map(({ amountMinor }) => amountMinor)),
  }));
}

function bySubject<Each>(all: readonly Each[], keyOf: (each: Each) => string): [string, Each[]][] {
  const groups = new Map<string, Each[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return [...groups];
}

/** What credit has been set aside for a sale whose payment has begun, minor units. */
export function heldCreditOf(scope: Pick<FactsScope, 'db' | 'shop'>, saleId: string): number {
  const holds = selectSaleHolds(scope.db, scope.shop.merchantId, saleId);
  return sumOf(holds.filter(({ subjectKind }) => subjectKind === 'credit').map(({ amountMinor }) => amountMinor));
}

/**
 * Whether a sale whose prices are frozen can still have what it uses: what it has set aside it has; what a declined payment
 * let go is decided anew, and its first refusal is returned (C-35). Null: it can.
 */
export function refuseKept(scope: FactsScope, sale: KeptOf, kept: KeptValue | null): Refusal | null {
  if (kept === null || kept.redemptions.length + kept.passes.length === 0) return null;
  const holds = selectSaleHolds(scope.db, scope.shop.merchantId, sale.saleId);
  if (holds.some(({ subjectKind }) => subjectKind !== 'credit')) return null;
  const customer = sale.customerId === null ? null : readCustomer(scope, sale.customerId);
  for (const redemption of kept.redemptions) {
    const refused = refuseRedemption(scope, sale, redemption, customer);
    if (refused !== null) return refused;
  }
  return refusePasses(scope, sale, kept);
}

function refuseRedemption(
  scope: FactsScope,
  sale: KeptOf,
  { voucherId, campaignId, uses, amountMinor }: KeptRedemption,
  customer: ReturnType<typeof readCustomer>,
): Refusal | null {
  const decided = voucherId === null ? promotion() : voucher(voucherId);
  if (decided.kind === 'refused') return { ...decided, facts: { ...decided.facts, voucherId } };
  const { budgetLeftMinor } = decided;
  const tooMany = refuseUses(decided, uses);
  if (tooMany !== null) return { ...tooMany, facts: { ...tooMany.facts, voucherId } };
  if (budgetLeftMinor === null || amountMinor <= budgetLeftMinor) return null;
  return refuse('voucher-budget-spent', { budgetMinor: budgetLeftMinor, voucherId });

  function promotion() {
    const { shop, moment, session } = scope;
    const { saleId } = sale;
    const place = { zone: shop.timeZone, shopId: shop.shopId, staffId: session.staffId };
    return decidePromotion(readCampaignFacts(scope, campaignId, sale), {
      ...place,
      atMs: moment.trustedAtMs,
      customer,
      saleId,
    });
  }

  function voucher(id: string) {
    const read = mustHave(readVoucher(scope, { voucherId: id }, sale, customer), 'a voucher that a sale keeps');
    return decideVoucher(read.voucher, read.facts, read.situation);
  }
}

function refusePasses(
  { db, shop, moment }: FactsScope,
  { saleId, customerId }: KeptOf,
  kept: KeptValue,
): Refusal | null {
  const atMs = moment.trustedAtMs;
  for (const [passId, uses] of bySubject(kept.passes, (use) => use.passId)) {
    const pass = mustHave(selectPass(db, shop.merchantId, passId), 'a pass that a sale keeps');
    const { uses: heldUnits } = selectHeld(db, { subjectKind: 'pass', subjectId: passId, saleId, atMs });
    const units = sumOf(uses.map((use) => use.units));
    const refused = refuseUnits(pass, { units, atMs, heldUnits, customerId });
    if (refused !== null) return { ...refused, facts: { ...refused.facts, passId } };
  }
  return null;
}
