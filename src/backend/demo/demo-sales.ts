import type { SaleDraft, TenderDraft, TenderKind } from '#shop/till/sale.ts';
import type { RunThen } from '../command.ts';
import type { Session } from '../context.ts';
import { awardPoints } from '../points/award-points.ts';
import { completeSale } from '../till/complete-sale.ts';
import { refundSale } from '../till/refund-sale.ts';
import type { Chance } from './chance.ts';
import { DEMO_RATE } from './demo-programme.ts';
import type { SoldProduct } from './demo-catalogue.ts';
import type { EnrolledRegular } from './demo-customers.ts';
import type { DemoVouchers } from './demo-vouchers.ts';

const COMPLETE = { action: 'till.completeSale', permission: 'sale.make', handle: completeSale } as const;
const REFUND = { action: 'till.refund', permission: 'sale.refund', handle: refundSale } as const;
const AWARD = { action: 'points.award', permission: 'points.award', handle: awardPoints } as const;

/** How likely a line is coffee, cold drink, bakery, lunch, sweet or retail, by the hour of the day. */
const MORNING = [10, 2, 8, 1, 1, 0.4];
const MIDDAY = [3, 5, 1, 9, 2, 0.3];
const AFTERNOON = [7, 4, 4, 1, 6, 0.6];
/** Paid in cash, people hand over notes. Guaraníes. */
const NOTES_MINOR = [2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
const CASH_STEP_MINOR = 50;

export interface SaleStory {
  readonly run: RunThen;
  readonly chance: Chance;
  readonly newId: () => string;
  readonly programId: string;
  readonly cashier: Session;
  readonly products: readonly SoldProduct[];
  readonly atMs: number;
  readonly hour: number;
  readonly vouchers: DemoVouchers;
}

/** Rings up one believable sale; the engine prices it, books it and gives the points. */
export function ringUp(
  story: SaleStory,
  customer: EnrolledRegular | null,
): { saleId: string; lineId: string; kind: TenderKind } {
  const plain = draftOf(story, customer);
  const totalMinor = plain.lines.reduce(
    (sum, line) => sum + (line.unitPriceMinor * line.quantityThousandths) / 1000,
    0,
  );
  const isPlain = plain.discount === null && plain.redemptions.length === 0;
  const used = isPlain ? story.vouchers.use(story, customer, totalMinor) : null;
  const draft = used === null ? plain : { ...plain, vouchers: used.vouchers };
  const discountMinor = draft.discount?.kind === 'percent' ? (totalMinor * draft.discount.rateBasisPoints) / 10_000 : 0;
  const usesPoints = draft.redemptions.length > 0;
  const dueMinor = totalMinor - discountMinor - (usesPoints ? DEMO_RATE.amountMinor : 0) - (used?.offMinor ?? 0);
  const tender = tenderOf(story, dueMinor);
  const input = { draft, tenders: [tender], expectedTotalMinor: dueMinor };
  const { newBalance } = story.run(COMPLETE, story.cashier, story.atMs, input);
  if (customer !== null) customer.points = newBalance ?? 0;
  return { saleId: draft.saleId, lineId: draft.lines[0]?.lineId ?? '', kind: tender.kind };
}

/** Gives back the first line of a sale, one piece of it, some minutes later. */
export function giveBack(
  story: Pick<SaleStory, 'run' | 'atMs'> & { manager: Session },
  sale: ReturnType<typeof ringUp>,
  customer: EnrolledRegular | null,
): void {
  const { newBalance } = story.run(REFUND, story.manager, story.atMs, {
    saleId: sale.saleId,
    lines: [{ lineId: sale.lineId, quantityThousandths: 1000 }],
    tenderKind: sale.kind,
    reason: 'demo',
  });
  if (customer !== null) customer.points = newBalance ?? 0;
}

/** Points for a catering order that was rung up elsewhere. */
export function awardElsewhere(story: SaleStory, customer: EnrolledRegular): void {
  const { newBalance } = story.run(AWARD, story.cashier, story.atMs, {
    customerId: customer.customerId,
    reason: 'purchase' as const,
    amountMinor: story.chance.whole(20, 120) * 1_000,
  });
  customer.points = newBalance;
}

/** Some who have enough points use them on a sale that is large enough. */
function redemptionsOf(
  { chance, programId }: SaleStory,
  customer: EnrolledRegular | null,
  lines: SaleDraft['lines'],
): SaleDraft['redemptions'] {
  const totalMinor = lines.reduce((sum, line) => sum + (line.unitPriceMinor * line.quantityThousandths) / 1000, 0);
  const { rewardId, points, amountMinor } = DEMO_RATE;
  const canUse = customer !== null && customer.points >= points && totalMinor >= 3 * amountMinor;
  return canUse && chance.isTrue(0.12) ? [{ programId, rewardId, points, choice: null }] : [];
}

function draftOf(story: SaleStory, customer: EnrolledRegular | null): SaleDraft {
  const { chance, newId, products, hour, atMs } = story;
  const weights = hour < 11 ? MORNING : hour < 15 ? MIDDAY : AFTERNOON;
  const count = chance.pick([1, 2, 3, 4, 5], (lines) => [34, 36, 18, 8, 4][lines - 1] ?? 0);
  const chosen = new Map<string, { product: SoldProduct; pieces: number }>();
  for (let line = 0; line < count; line += 1) {
    const product = chance.pick(products, (one) => one.weight * (weights[one.part] ?? 0));
    const known = chosen.get(product.productId);
    chosen.set(product.productId, { product, pieces: (known?.pieces ?? 0) + (chance.isTrue(0.15) ? 2 : 1) });
  }
  const lines = [...chosen.values()].map(({ product, pieces }) => ({
    lineId: newId(),
    productId: product.productId,
    name: product.name,
    unitPriceMinor: product.priceMinor,
    quantityThousandths: pieces * 1000,
    taxRateId: product.taxRateId,
    categoryId: product.categoryId,
    discount: null,
    note: '',
  }));
  return {
    saleId: newId(),
    customerId: customer?.customerId ?? null,
    customerIdentifiedBy: customer === null ? null : chance.isTrue(0.75) ? 'scan' : 'search',
    customerIdentifiedAtMs: customer === null ? null : atMs - chance.whole(5, 60) * 1000,
    lines,
    discount: chance.isTrue(0.02) ? { kind: 'percent', rateBasisPoints: 1000 } : null,
    redemptions: redemptionsOf(story, customer, lines),
    label: '',
    note: '',
  };
}

function tenderOf({ chance, newId }: SaleStory, dueMinor: number): TenderDraft & { readonly kind: TenderKind } {
  const kind = chance.pick(['cash', 'card', 'other'] as const, (one) => ({ cash: 50, card: 42, other: 8 })[one]);
  if (kind === 'cash') {
    const cashMinor = Math.floor(dueMinor / CASH_STEP_MINOR) * CASH_STEP_MINOR;
    const note = NOTES_MINOR.find((value) => value >= cashMinor) ?? Math.ceil(cashMinor / 100_000) * 100_000;
    return { tenderId: newId(), kind, amountMinor: dueMinor, receivedMinor: chance.isTrue(0.35) ? cashMinor : note };
  }
  return { tenderId: newId(), kind, amountMinor: dueMinor, reference: String(chance.whole(100_000, 999_999)) };
}
