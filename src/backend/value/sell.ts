import { mustHave } from '#shop/must.ts';
import { UNIT_THOUSANDTHS } from '#shop/money/unit-shares.ts';
import { datesOfPass, passToFill } from '#shop/passes/pass.ts';
import { type Refusal, refuse } from '#shop/refusal.ts';
import type { PricedSale, SaleDraft, SaleLineDraft } from '#shop/till/sale.ts';
import type { LineSells } from '#shop/till/value-on-sale.ts';
import { codeKeyOf, type VoucherCode } from '#shop/vouchers/voucher-code.ts';
import type { CommandScope } from '../command-scope.ts';
import { insertCreditAccount, selectCreditOfCustomer, selectGiftCard } from '../credit/credit-accounts-store.ts';
import { appendCreditEntry } from '../credit/credit-entries-store.ts';
import { type PassPlan, selectPassPlan } from '../passes/pass-plans-store.ts';
import { appendPassUnits, insertPass, selectPass, selectPassesOf } from '../passes/passes-store.ts';
import { selectVoucherByKey } from '../vouchers/vouchers-store.ts';
import type { SoldValue } from './kept-value.ts';
import { openGiftCard } from './open-card.ts';
import type { FactsScope } from './voucher-facts.ts';

type SellScope = Pick<FactsScope, 'db' | 'shop' | 'moment'>;

/** What a line is to sell. subjectId null: the account or pass does not exist yet. */
interface Selling extends Omit<SoldValue, 'subjectId'> {
  readonly subjectId: string | null;
  /** Of a card that is made with this code. */
  readonly code: VoucherCode | null;
}

/**
 * Decides what the lines of a sale sell and to whom; nothing is written. A line of several pieces fills one account or pass
 * with all of them. Refuses 'sale-needs-customer', 'gift-card-unknown' for what is no code, 'credit-frozen',
 * 'credit-replaced', 'voucher-code-taken' for a code that is scanned as a voucher, and 'not-found' for a plan that no product sells.
 */
export function decideSold(
  scope: SellScope,
  { customerId, lines }: Pick<SaleDraft, 'customerId' | 'lines'>,
  priced: Pick<PricedSale, 'lines'>,
): readonly Selling[] | Refusal {
  const selling: Selling[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.sells === undefined) continue;
    const { netMinor } = mustHave(priced.lines[index] ?? null, 'a priced line for each line');
    const sold = sellingOf(scope, customerId, { ...line, sells: line.sells }, netMinor);
    if ('reason' in sold) return sold;
    selling.push(sold);
  }
  return selling;
}

function sellingOf(
  scope: SellScope,
  customerId: string | null,
  { lineId, sells, productId, quantityThousandths }: SaleLineDraft & { readonly sells: LineSells },
  amountMinor: number,
): Selling | Refusal {
  const { db, shop } = scope;
  const sold = { lineId, sells, amountMinor, units: 0, code: null };
  if (sells.kind === 'gift-card') return cardOf(scope, sold, sells.code);
  if (customerId === null) return refuse('sale-needs-customer');
  if (sells.kind === 'credit') {
    const account = selectCreditOfCustomer(db, shop.merchantId, customerId);
    if (account?.status === 'frozen') return refuse('credit-frozen');
    return { ...sold, subjectId: account?.accountId ?? null };
  }
  // A pass is sold at the price of its product: an open amount would be a way to give one away.
  const plan = productId === null ? null : selectPassPlan(db, shop.merchantId, sells.planId);
  const pieces = quantityThousandths / UNIT_THOUSANDTHS;
  if (plan?.isActive !== true || !Number.isInteger(pieces)) return refuse('not-found', { kind: 'pass-plan' });
  const filled = passToFill(selectPassesOf(db, shop.merchantId, customerId), { ...plan, days: plan.terms.days });
  return { ...sold, amountMinor: 0, units: plan.terms.units * pieces, subjectId: filled?.passId ?? null };
}

function cardOf({ db, shop }: SellScope, sold: Omit<Selling, 'subjectId'>, typed: string | null): Selling | Refusal {
  if (typed === null) return { ...sold, subjectId: null };
  const codeKey = codeKeyOf(typed);
  if (codeKey === null) return refuse('gift-card-unknown');
  const card = selectGiftCard(db, shop.merchantId, codeKey);
  if (card === null && selectVoucherByKey(db, shop.merchantId, codeKey) !== null)
    return refuse('voucher-code-taken', { code: typed });
  if (card === null) return { ...sold, subjectId: null, code: { code: typed, codeKey } };
  if (card.status !== 'active') return refuse(card.status === 'frozen' ? 'credit-frozen' : 'credit-replaced');
  return { ...sold, subjectId: card.accountId };
}

/** Opens the accounts that do not exist yet, empty, and gives new passes their ids: lines name them from the start. */
export function openSold(
  scope: CommandScope,
  customerId: string | null,
  selling: readonly Selling[],
): readonly SoldValue[] {
  const opened: { credit: string | null } = { credit: null };
  return selling.map(({ code, subjectId, ...sold }) => {
    if (subjectId !== null) return { ...sold, subjectId };
    if (sold.sells.kind === 'package') return { ...sold, subjectId: scope.newId() };
    if (sold.sells.kind === 'gift-card') return { ...sold, subjectId: openGiftCard(scope, null, code).accountId };
    opened.credit ??= insertCreditAccount(scope, { kind: 'credit', customerId, code: null, codeKey: null }).accountId;
    return { ...sold, subjectId: opened.credit };
  });
}

/** Puts on accounts and passes what the lines of a sale that stands written sold. */
export function fillSold(
  scope: CommandScope,
  { saleId, customerId }: { readonly saleId: string; readonly customerId: string | null },
  sold: readonly SoldValue[],
): void {
  for (const each of sold) {
    if (each.sells.kind === 'package') fillPass(scope, saleId, mustHave(customerId, 'the customer of a pass'), each);
    else fillAccount(scope, saleId, customerId, each);
  }
  if (sold.length > 0) scope.touch('wallet');
}

function fillAccount(
  scope: CommandScope,
  saleId: string,
  customerId: string | null,
  { sells, subjectId: accountId, amountMinor }: SoldValue,
): void {
  if (amountMinor === 0) return;
  const entryId = appendCreditEntry(scope, { accountId, kind: 'top-up', amountMinor, saleId });
  if (customerId === null) return;
  const data = { accountId, entryId, saleId, amountMinor, kind: sells.kind };
  scope.event({ type: 'customer.credit.topped_up', category: 'EFFECT', customerId, data });
}

function fillPass(
  scope: CommandScope,
  saleId: string,
  customerId: string,
  { sells, subjectId: passId, units, lineId }: SoldValue,
): void {
  const { db, shop } = scope;
  const planId = sells.kind === 'package' ? sells.planId : '';
  if (selectPass(db, shop.merchantId, passId) === null) {
    const plan = mustHave(selectPassPlan(db, shop.merchantId, planId), 'the plan of a pass that was sold');
    makePass(scope, plan, { customerId, saleId, passId });
  }
  appendPassUnits(scope, { passId, kind: 'grant', units, saleId, lineId });
  const pass = mustHave(selectPass(db, shop.merchantId, passId), 'a pass that was filled');
  const data = { passId, planId, saleId, units, unitsLeft: pass.unitsTotal - pass.unitsUsed, endsAtMs: pass.endsAtMs };
  scope.event({ type: 'customer.pass.activated', category: 'EFFECT', customerId, data });
}

function makePass(
  scope: CommandScope,
  { planId, name, kind, terms }: PassPlan,
  { customerId, saleId, passId }: { readonly customerId: string; readonly saleId: string; readonly passId: string },
): void {
  const dates = datesOfPass(terms, scope.moment.trustedAtMs, scope.shop.timeZone);
  insertPass(scope, { customerId, planId, name, kind, terms, ...dates }, { saleId, passId });
}
