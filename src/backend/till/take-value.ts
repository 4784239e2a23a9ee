import { sumOf } from '#shop/money/money.ts';
import { UNIT_THOUSANDTHS } from '#shop/money/unit-shares.ts';
import type { Payment } from '#shop/till/decide-tenders.ts';
import type { PricedSale, SaleDraft } from '#shop/till/sale.ts';
import type { RefusedVoucher } from '#shop/vouchers/on-sale.ts';
import type { EarningSale } from '#shop/points/earning.ts';
import type { CommandScope } from '../command-scope.ts';
import type { KeptPassUse, KeptRedemption, KeptValue } from '../value/kept-value.ts';
import { issueAfterSale, recordRefused, redeemOnSale } from '../value/redeem-sale.ts';
import { deleteSaleHolds } from '../value/sale-holds-store.ts';
import { type decideSold, fillSold, openSold } from '../value/sell.ts';
import type { CampaignAtSale } from '../vouchers/sale-campaigns-store.ts';
import { settleExperiments } from '../value/settle-experiments.ts';
import { creditTendersOf, spendCredit } from '../value/spend.ts';
import { takePasses } from '../value/take-pass.ts';
import type { StoredItem } from './sales-store.ts';
import { keptOf, passMinorOf } from './price-with-value.ts';

/** What a sale that is being completed uses and sells of value: decided now, or frozen when its payment began. */
export interface SaleValue {
  readonly redemptions: readonly KeptRedemption[];
  readonly refused: readonly RefusedVoucher[];
  readonly passes: readonly KeptPassUse[];
  readonly selling: Exclude<ReturnType<typeof decideSold>, { readonly kind: 'refused' }>;
  readonly frozen: KeptValue | null;
  /** What pricing read of the campaigns that do something at every sale; null where nothing was priced. */
  readonly atSale: readonly CampaignAtSale[] | null;
}

/** What was frozen is used as it stands. */
export function frozenUseOf(frozen: KeptValue | null): SaleValue {
  const kept = { redemptions: frozen?.redemptions ?? [], passes: frozen?.passes ?? [] };
  return { ...kept, refused: [], selling: [], frozen, atSale: null };
}

/** The most that credit may pay of a sale: credit buys no credit, and what passes pay is paid. */
export function creditPayableOf({
  draft,
  priced,
  use,
}: {
  readonly draft: SaleDraft;
  readonly priced: Pick<PricedSale, 'lines'>;
  readonly use: SaleValue;
}): number {
  const sold = new Map(use.frozen?.sold.map(({ lineId, sells }) => [lineId, sells]) ?? []);
  const payable = draft.lines.map((line, index) => {
    const sells = sold.get(line.lineId) ?? line.sells;
    const isMoney = sells !== undefined && sells.kind !== 'package';
    return isMoney ? 0 : (priced.lines[index]?.payableMinor ?? 0);
  });
  return sumOf(payable) - passMinorOf(use.passes);
}

/** The same of a sale whose prices are frozen. */
export function creditPayableOfItems(items: readonly StoredItem[], kept: KeptValue | null): number {
  const payable = items.map(({ soldKind, payableMinor }) =>
    soldKind === 'credit' || soldKind === 'gift-card' ? 0 : payableMinor,
  );
  return sumOf(payable) - passMinorOf(kept?.passes ?? []);
}

/** What the sale keeps of value; the accounts that its lines fill are opened. Of a pending sale what was kept then. */
export function openValue(
  scope: CommandScope,
  draft: SaleDraft,
  use: Omit<SaleValue, 'refused' | 'atSale'>,
): KeptValue | null {
  const { redemptions, passes, selling, frozen } = use;
  if (frozen !== null) return frozen;
  return keptOf(draft, { redemptions, passes, sold: openSold(scope, draft.customerId, selling) });
}

/** Redeems, takes, spends and fills what a sale that stands written uses and sells; its holds are over. */
export function takeValue(
  scope: CommandScope,
  given: {
    readonly draft: Pick<SaleDraft, 'saleId' | 'customerId'>;
    readonly value: KeptValue | null;
    readonly refused: readonly RefusedVoucher[];
    readonly payment: Payment;
  },
): void {
  const { draft, value, refused, payment } = given;
  const { saleId, customerId } = draft;
  const sale = { saleId, customerId };
  recordRefused(scope, sale, refused);
  redeemOnSale(scope, sale, value?.redemptions ?? []);
  takePasses(scope, saleId, value?.passes ?? []);
  spendCredit(scope, sale, creditTendersOf(payment.tenders));
  fillSold(scope, sale, value?.sold ?? []);
  deleteSaleHolds(scope, saleId);
}

/** What follows a completed sale by itself: vouchers that it gives (returns how many), and what it means to experiments. */
export function followSale(
  scope: CommandScope,
  sale: { readonly saleId: string; readonly customerId: string | null },
  lines: EarningSale['lines'],
  atSale: SaleValue['atSale'],
): number {
  const goods = lines.map((line) => ({ ...line, quantityThousandths: line.quantityThousandths ?? UNIT_THOUSANDTHS }));
  const issued = issueAfterSale(scope, sale, goods, atSale);
  settleExperiments(scope, sale);
  return issued;
}
