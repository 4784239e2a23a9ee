import type {
  ExchangeDraft,
  ManualDiscount,
  RedemptionDraft,
  SaleDraft,
  SaleLineDraft,
  PayingKind,
  TenderDraft,
} from '#shop/till/sale.ts';
import { create } from 'zustand';
import { newOperationId } from '../../api.ts';
import {
  emptyDraft,
  type IdentifiedCustomer,
  isEmptyDraft,
  moneyKindOf,
  ONE_THOUSANDTHS,
  type OpenAmount,
  type SellableProduct,
  withCustomer,
  withLine,
  withLineBack,
  withNewIds,
  withOpenAmount,
  withoutLine,
  withProduct,
  withQuantity,
  withRedemption,
  withSaleDiscount,
} from './sale-draft.ts';
import type { PaidSale } from './till-types.ts';
import type { CustomerGlimpse, OrderPanelView, Overlay, WaitingTender } from './till-views.ts';

export interface TillState {
  readonly draft: SaleDraft;
  /** The revision that this window last read or wrote; 0 for a sale never saved. */
  readonly revision: number;
  /** Grows with every change made in this window; saving compares it with what it has sent. */
  readonly changes: number;
  readonly selectedLineId: string | null;
  readonly flash: { readonly lineId: string; readonly beat: number } | null;
  /** Grows when a scan identifies the customer, so that the ring plays once for each. */
  readonly ringBeat: number;
  readonly glimpse: CustomerGlimpse | null;
  readonly pricesBeforeMinor: Readonly<Record<string, number>>;
  readonly category: string;
  readonly payMethod: PayingKind;
  readonly view: OrderPanelView;
  readonly overlay: Overlay | null;
  /** A voucher that waits for its customer to be found. */
  readonly wantedVoucherId: string | null;
  /** The code of a gift card that was scanned to pay this sale. */
  readonly payingCardCode: string | null;
  /** Digits typed for the selected line, until Enter. */
  readonly typedQuantity: string;
}

export const FAVOURITES = 'favourites';

type SaleOnScreen = Omit<TillState, 'ringBeat' | 'category' | 'payMethod'>;

function freshSale(): SaleOnScreen {
  return {
    draft: emptyDraft(newOperationId()),
    revision: 0,
    changes: 0,
    selectedLineId: null,
    flash: null,
    glimpse: null,
    pricesBeforeMinor: {},
    view: { kind: 'order' },
    overlay: null,
    wantedVoucherId: null,
    payingCardCode: null,
    typedQuantity: '',
  };
}

/** The sale being rung up in this window and what is open around it; nothing here outlives a saved draft. */
export const useTillState = create<TillState>(() => ({
  ...freshSale(),
  ringBeat: 0,
  category: FAVOURITES,
  payMethod: 'cash',
}));

const get = () => useTillState.getState();
const set = useTillState.setState;

/** Changes the sale on screen; it is saved and priced soon after. */
export function setDraft(draft: SaleDraft, more: Partial<TillState> = {}): void {
  set({ draft, changes: get().changes + 1, typedQuantity: '', ...more });
}

/** A paid sheet gives way to the next scan or tile; a payment in progress does not. */
export function leavePaidSheet(): void {
  if (get().view.kind === 'paid') set(freshSale());
}

export function canRingUp(state: TillState): boolean {
  return state.view.kind !== 'payment';
}

export function startSale(): void {
  set({ ...freshSale(), payMethod: moneyKindOf(get().payMethod) });
}

/** Opens a saved sale in this window. */
export function openDraft(draft: SaleDraft, revision: number, pricesBeforeMinor: Record<string, number> = {}): void {
  const repriced = Object.keys(pricesBeforeMinor).length > 0;
  set({
    ...freshSale(),
    draft,
    revision,
    pricesBeforeMinor,
    changes: repriced ? 1 : 0,
    selectedLineId: draft.lines.at(-1)?.lineId ?? null,
  });
}

export function addProduct(product: SellableProduct, quantityThousandths = ONE_THOUSANDTHS): void {
  leavePaidSheet();
  const { draft, lineId } = withProduct(get().draft, product, { lineId: newOperationId(), quantityThousandths });
  setDraft(draft, { selectedLineId: lineId, flash: { lineId, beat: (get().flash?.beat ?? 0) + 1 } });
}

export function addOpenAmount(open: OpenAmount): void {
  leavePaidSheet();
  const { draft, lineId } = withOpenAmount(get().draft, { ...open, lineId: newOperationId() });
  setDraft(draft, { selectedLineId: lineId, flash: { lineId, beat: (get().flash?.beat ?? 0) + 1 } });
}

export function changeLine(lineId: string, change: Partial<SaleLineDraft>): void {
  setDraft(withLine(get().draft, lineId, change));
}

export function setQuantity(lineId: string, quantityThousandths: number): void {
  const draft = withQuantity(get().draft, lineId, quantityThousandths);
  setDraft(draft, { selectedLineId: neighbourOf(lineId, draft) });
}

/** Returns what puts the line back, for the undo toast. */
export function removeLine(lineId: string): { line: SaleLineDraft; putBack: () => void } | null {
  const position = get().draft.lines.findIndex((line) => line.lineId === lineId);
  const line = get().draft.lines[position];
  if (line === undefined) return null;
  const { saleId } = get().draft;
  const draft = withoutLine(get().draft, lineId);
  setDraft(draft, { selectedLineId: draft.lines[Math.min(position, draft.lines.length - 1)]?.lineId ?? null });
  const putBack = () => {
    if (get().draft.saleId === saleId) {
      setDraft(withLineBack(get().draft, line, position), { selectedLineId: lineId });
    }
  };
  return { line, putBack };
}

function neighbourOf(lineId: string, draft: SaleDraft): string | null {
  return draft.lines.some((line) => line.lineId === lineId) ? lineId : (draft.lines.at(-1)?.lineId ?? null);
}

export function selectLine(lineId: string | null): void {
  set({ selectedLineId: lineId, typedQuantity: '' });
}

export function moveSelection(step: 1 | -1): void {
  const { draft, selectedLineId } = get();
  const at = draft.lines.findIndex((line) => line.lineId === selectedLineId);
  const next = draft.lines[Math.max(0, Math.min(draft.lines.length - 1, at + step))];
  if (next !== undefined) selectLine(next.lineId);
}

export function typeQuantity(typedQuantity: string): void {
  set({ typedQuantity: typedQuantity.slice(0, 4) });
}

export function setCustomer(customer: IdentifiedCustomer, glimpse: CustomerGlimpse): void {
  leavePaidSheet();
  const ringBeat = get().ringBeat + (customer.identifiedBy === 'scan' ? 1 : 0);
  setDraft(withCustomer(get().draft, customer), { glimpse, ringBeat, overlay: null });
}

/** Makes an undo that outlives its sale do nothing: neither in the next one nor while this one is paid. */
export function onlyInThisSale(undo: () => void): () => void {
  const { saleId } = get().draft;
  return () => {
    if (get().draft.saleId === saleId && canRingUp(get())) undo();
  };
}

/** Returns what puts the customer back, for the undo toast. */
export function removeCustomer(): () => void {
  const { draft, glimpse } = get();
  setDraft(withCustomer(draft, null), { glimpse: null });
  return () => {
    if (get().draft.saleId !== draft.saleId || draft.customerId === null) return;
    const { customerId, customerIdentifiedBy, customerIdentifiedAtMs, redemptions, passUses } = draft;
    const known = { customerId, customerIdentifiedBy, customerIdentifiedAtMs, redemptions, passUses };
    setDraft({ ...get().draft, ...known }, { glimpse });
  };
}

export function setSaleDiscount(discount: ManualDiscount | null): void {
  setDraft(withSaleDiscount(get().draft, discount));
}

/** Changes the reward at a place; the place after the last adds one, null takes it out. */
export function setRedemption(place: number, redemption: RedemptionDraft | null): void {
  setDraft(withRedemption(get().draft, place, redemption));
}

/** What comes back in the same ticket; undefined goes on as a plain sale. */
export function setExchange(exchange: ExchangeDraft | undefined): void {
  setDraft({ ...get().draft, exchange });
}

export function openOverlay(overlay: Overlay): void {
  set({ overlay });
}

export const closeOverlay = (): void => set({ overlay: null });

export function showCategory(category: string): void {
  set({ category });
}

export function choosePayMethod(payMethod: PayingKind): void {
  set({ payMethod });
}

function paymentView(method: PayingKind): Extract<OrderPanelView, { kind: 'payment' }> {
  return { kind: 'payment', method, tenders: [], waiting: null, failure: null, hasBegun: false };
}

/** Goes on with a payment that had begun when this till last stopped. */
export function resumePayment(waiting: WaitingTender | null, tenders: readonly TenderDraft[]): void {
  const view = paymentView(waiting?.kind ?? get().payMethod);
  set({ view: { ...view, tenders, waiting, hasBegun: true } });
}

/** Opens the payment, with the chosen method first; an empty sale has nothing to pay. */
export function openPayment(): void {
  const { draft, payMethod, view } = get();
  if (draft.lines.length === 0 || view.kind !== 'order') return;
  set({ view: paymentView(payMethod), overlay: null });
}

export function changePayment(change: Partial<Omit<Extract<OrderPanelView, { kind: 'payment' }>, 'kind'>>): void {
  const { view } = get();
  if (view.kind === 'payment') set({ view: { ...view, ...change } });
}

export function leavePayment(): void {
  if (get().view.kind === 'payment') set({ view: { kind: 'order' } });
}

export function showPaid(paid: PaidSale): void {
  set({ ...freshSale(), payMethod: moneyKindOf(get().payMethod), view: { kind: 'paid', paid } });
}

/** Notes the revision that the database now holds for this sale. */
export function noteRevision(saleId: string, revision: number): void {
  if (get().draft.saleId === saleId) set({ revision });
}

/** Goes on with the same lines under the id that the database gave them when their payment was given up. */
export function adoptSale(saleId: string, revision: number): void {
  set({ ...withNewIds(get(), saleId, newOperationId), revision, changes: get().changes + 1, flash: null });
}

/** Keeps this window's lines as a sale of its own, when another window has gone on with the saved one. */
export function keepAsNewSale(): void {
  if (isEmptyDraft(get().draft)) startSale();
  else adoptSale(newOperationId(), 0);
  closeOverlay();
}
