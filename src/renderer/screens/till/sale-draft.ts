import { grossOf as grossOfLine } from '#shop/till/price-sale.ts';
import type {
  ManualDiscount,
  PayingKind,
  RedemptionDraft,
  SaleDraft,
  SaleLineDraft,
  TenderKind,
} from '#shop/till/sale.ts';
import type { LineSells, PassUseDraft, VoucherDraft } from '#shop/till/value-on-sale.ts';

/** One piece, in thousandths. */
export const ONE_THOUSANDTHS = 1000;

/** The most of one thing a line takes; more is a slip of the finger or a scan typed as a number. */
export const MOST_THOUSANDTHS = 9_999_000;

/** What of a product a line needs. */
export interface SellableProduct {
  readonly productId: string;
  readonly name: string;
  readonly priceMinor: number;
  readonly taxRateId: string;
  readonly categoryId: string | null;
  readonly soldByWeight: boolean;
  /** What of value it sells; sellsPlanId is the plan of a package. */
  readonly sells: LineSells['kind'] | null;
  readonly sellsPlanId: string | null;
}

export interface IdentifiedCustomer {
  readonly customerId: string;
  readonly identifiedBy: 'scan' | 'search' | 'enrol';
  readonly identifiedAtMs: number;
}

/** A changed draft and the line that the cashier should now see selected. */
export interface DraftChange {
  readonly draft: SaleDraft;
  readonly lineId: string;
}

/** The money that a way to pay stands for where only money counts: cash for credit and gift cards. */
export function moneyKindOf(kind: PayingKind): TenderKind {
  return kind === 'credit' || kind === 'gift-card' ? 'cash' : kind;
}

/** Returns a sale in which nothing has happened yet. */
export function emptyDraft(saleId: string): SaleDraft {
  return {
    saleId,
    customerId: null,
    customerIdentifiedBy: null,
    customerIdentifiedAtMs: null,
    lines: [],
    discount: null,
    redemptions: [],
    label: '',
    note: '',
  };
}

/** What a line costs before anything is taken off, by the rule that prices the sale; nothing for a quantity not yet typed. */
export function grossOf(line: Pick<SaleLineDraft, 'unitPriceMinor' | 'quantityThousandths'>): number {
  return line.quantityThousandths > 0 ? grossOfLine(line) : 0;
}

/** What the lines cost together before anything is taken off. */
export function grossOfAll(lines: readonly Pick<SaleLineDraft, 'unitPriceMinor' | 'quantityThousandths'>[]): number {
  return lines.reduce((sum, line) => sum + grossOf(line), 0);
}

/** Whether nothing would be lost by forgetting this draft. */
export function isEmptyDraft(draft: SaleDraft): boolean {
  const { lines, customerId, exchange, vouchers = [] } = draft;
  return lines.length === 0 && customerId === null && exchange === undefined && vouchers.length === 0;
}

/** A line sells what belongs to somebody, credit or a pass, and nobody is chosen yet; a gift card is whose holds it. */
export function needsCustomer({ customerId, lines }: Pick<SaleDraft, 'customerId' | 'lines'>): boolean {
  return customerId === null && lines.some(({ sells }) => sells !== undefined && sells.kind !== 'gift-card');
}

/** What a line of the product sells of value; nothing for plain goods. */
export function sellsOf({ sells, sellsPlanId }: Pick<SellableProduct, 'sells' | 'sellsPlanId'>): LineSells | null {
  if (sells === 'package') return sellsPlanId === null ? null : { kind: sells, planId: sellsPlanId };
  if (sells === 'gift-card') return { kind: sells, code: null };
  return sells === null ? null : { kind: sells };
}

/**
 * Returns the draft with the product in it. A plain line of the same product at the same price grows; a line with a
 * discount or a note of its own stays as it is, and so does a weighed one, because each weighing is a thing of its own.
 */
export function withProduct(
  draft: SaleDraft,
  product: SellableProduct,
  added: { lineId: string; quantityThousandths: number },
): DraftChange {
  const sells = sellsOf(product);
  const same = draft.lines.find(
    (line) =>
      !product.soldByWeight &&
      sells === null &&
      line.productId === product.productId &&
      line.unitPriceMinor === product.priceMinor &&
      line.discount === null &&
      line.note === '',
  );
  if (same !== undefined) {
    const quantityThousandths = Math.min(same.quantityThousandths + added.quantityThousandths, MOST_THOUSANDTHS);
    return { draft: withLine(draft, same.lineId, { quantityThousandths }), lineId: same.lineId };
  }
  const line: SaleLineDraft = {
    lineId: added.lineId,
    productId: product.productId,
    name: product.name,
    unitPriceMinor: product.priceMinor,
    quantityThousandths: added.quantityThousandths,
    taxRateId: product.taxRateId,
    categoryId: product.categoryId,
    discount: null,
    note: '',
    ...(sells === null ? {} : { sells }),
  };
  return { draft: { ...draft, lines: [...draft.lines, line] }, lineId: line.lineId };
}

/** What is typed of something that is not in the catalogue. */
export interface OpenAmount {
  readonly name: string;
  readonly amountMinor: number;
  readonly taxRateId: string;
  readonly categoryId: string | null;
  readonly sells?: LineSells;
}

/** Returns the draft with a line for something that is not in the catalogue. */
export function withOpenAmount(draft: SaleDraft, open: OpenAmount & { lineId: string }): DraftChange {
  const line: SaleLineDraft = {
    lineId: open.lineId,
    productId: null,
    name: open.name,
    unitPriceMinor: open.amountMinor,
    quantityThousandths: ONE_THOUSANDTHS,
    taxRateId: open.taxRateId,
    categoryId: open.categoryId,
    discount: null,
    note: '',
    ...(open.sells === undefined ? {} : { sells: open.sells }),
  };
  return { draft: { ...draft, lines: [...draft.lines, line] }, lineId: line.lineId };
}

/** Returns the draft with one line changed; an unknown line changes nothing. */
export function withLine(draft: SaleDraft, lineId: string, change: Partial<SaleLineDraft>): SaleDraft {
  return { ...draft, lines: draft.lines.map((line) => (line.lineId === lineId ? { ...line, ...change } : line)) };
}

/** Returns the draft with the line at that quantity; none or less takes the line out. */
export function withQuantity(draft: SaleDraft, lineId: string, quantityThousandths: number): SaleDraft {
  if (quantityThousandths <= 0) return withoutLine(draft, lineId);
  const pieces = Math.floor(quantityThousandths / ONE_THOUSANDTHS);
  const passUses = draft.passUses?.map((use) =>
    use.lineId === lineId && pieces > 0 ? { ...use, units: Math.min(use.units, pieces) } : use,
  );
  const changed = withLine(draft, lineId, { quantityThousandths: Math.min(quantityThousandths, MOST_THOUSANDTHS) });
  return passUses === undefined ? changed : { ...changed, passUses };
}

export function withoutLine(draft: SaleDraft, lineId: string): SaleDraft {
  const lines = draft.lines.filter((line) => line.lineId !== lineId);
  const passUses = draft.passUses?.filter((use) => use.lineId !== lineId);
  return passUses === undefined ? { ...draft, lines } : { ...draft, lines, passUses };
}

/** Puts a removed line back where it was. */
export function withLineBack(draft: SaleDraft, line: SaleLineDraft, position: number): SaleDraft {
  if (draft.lines.some((each) => each.lineId === line.lineId)) return draft;
  return { ...draft, lines: draft.lines.toSpliced(Math.min(position, draft.lines.length), 0, line) };
}

/**
 * Returns the draft for somebody else, or nobody: the rewards and passes of the one before go with them. Vouchers stay: a
 * code may be anybody's, and whose it is not says so.
 */
export function withCustomer(draft: SaleDraft, customer: IdentifiedCustomer | null): SaleDraft {
  const isSame = customer?.customerId === draft.customerId;
  return {
    ...draft,
    redemptions: isSame ? draft.redemptions : [],
    passUses: isSame ? draft.passUses : undefined,
    customerId: customer?.customerId ?? null,
    customerIdentifiedBy: customer?.identifiedBy ?? null,
    customerIdentifiedAtMs: customer?.identifiedAtMs ?? null,
  };
}

/** Returns the draft with the reward at its place changed; null takes it out. */
export function withRedemption(draft: SaleDraft, place: number, redemption: RedemptionDraft | null): SaleDraft {
  const redemptions = draft.redemptions.toSpliced(place, 1, ...(redemption === null ? [] : [redemption]));
  return { ...draft, redemptions };
}

/** Returns the draft with a voucher asked for, last. */
export function withVoucher(draft: SaleDraft, voucher: VoucherDraft): SaleDraft {
  return { ...draft, vouchers: [...(draft.vouchers ?? []), voucher] };
}

/** Returns the draft without a voucher. */
export function withoutVoucher(draft: SaleDraft, voucherId: string): SaleDraft {
  return { ...draft, vouchers: draft.vouchers?.filter((each) => each.voucherId !== voucherId) };
}

/** Returns the draft with so many units of a pass on a line; none takes the pass off it. */
export function withPassUse(draft: SaleDraft, use: PassUseDraft): SaleDraft {
  const others = (draft.passUses ?? []).filter(({ passId, lineId }) => passId !== use.passId || lineId !== use.lineId);
  return { ...draft, passUses: use.units === 0 ? others : [...others, use] };
}

export function withSaleDiscount(draft: SaleDraft, discount: ManualDiscount | null): SaleDraft {
  return { ...draft, discount };
}

/**
 * Returns the draft at today's prices and, for each line whose price has moved since it was rung up, the price it had.
 * Lines that are not of the catalogue keep their amount.
 */
export function atCurrentPrices(
  draft: SaleDraft,
  priceOf: (productId: string) => number | undefined,
): { draft: SaleDraft; pricesBeforeMinor: Record<string, number> } {
  const pricesBeforeMinor: Record<string, number> = {};
  const lines = draft.lines.map((line) => {
    const current = line.productId === null ? undefined : priceOf(line.productId);
    if (current === undefined || current === line.unitPriceMinor) return line;
    pricesBeforeMinor[line.lineId] = line.unitPriceMinor;
    return { ...line, unitPriceMinor: current };
  });
  if (Object.keys(pricesBeforeMinor).length === 0) return { draft, pricesBeforeMinor };
  return { draft: { ...draft, lines }, pricesBeforeMinor };
}

/** How many of each product are in the sale, in thousandths, for the badges on the tiles. */
export function quantityByProduct(draft: SaleDraft): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const line of draft.lines) {
    if (line.productId === null) continue;
    counts.set(line.productId, (counts.get(line.productId) ?? 0) + line.quantityThousandths);
  }
  return counts;
}

/** Pieces count by number, a weighed line counts as one thing. */
export function itemCountOf(lines: readonly Pick<SaleLineDraft, 'quantityThousandths'>[]): number {
  return lines.reduce(
    (sum, { quantityThousandths }) => sum + (quantityThousandths % 1000 === 0 ? quantityThousandths / 1000 : 1),
    0,
  );
}

interface NamesLines {
  readonly draft: SaleDraft;
  readonly selectedLineId: string | null;
  readonly pricesBeforeMinor: Readonly<Record<string, number>>;
}

/** The same lines in another sale, each with an id of its own: the old ids stay with the old sale for ever. */
export function withNewIds(
  { draft, selectedLineId, pricesBeforeMinor }: NamesLines,
  saleId: string,
  newId: () => string,
): NamesLines {
  const newIds = new Map(draft.lines.map(({ lineId }) => [lineId, newId()]));
  const newIdOf = (lineId: string): string => newIds.get(lineId) ?? lineId;
  const passUses = draft.passUses?.map((use) => ({ ...use, lineId: newIdOf(use.lineId) }));
  const vouchers = draft.vouchers?.map((each) => ({ ...each, choice: each.choice && newIdOf(each.choice) }));
  const redemptions = draft.redemptions.map((each) => ({ ...each, choice: each.choice && newIdOf(each.choice) }));
  const lines = draft.lines.map((line) => ({ ...line, lineId: newIdOf(line.lineId) }));
  const value = { ...(vouchers === undefined ? {} : { vouchers }), ...(passUses === undefined ? {} : { passUses }) };
  return {
    draft: { ...draft, saleId, lines, redemptions, ...value },
    selectedLineId: selectedLineId === null ? null : newIdOf(selectedLineId),
    pricesBeforeMinor: Object.fromEntries(
      Object.entries(pricesBeforeMinor).map(([lineId, minor]) => [newIdOf(lineId), minor]),
    ),
  };
}
