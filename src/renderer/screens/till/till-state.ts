import type {
  ExchangeDraft,
  ManualDiscount,
  RedemptionDraft,
  SaleDraft,
  SaleLineDraft,
  TenderDraft,
  TenderKind,
} from '#shop/till/sale.ts';
import { create } from 'zustand';
import { newOperationId } from '../../api.ts';
import {
  emptyDraft,
  type IdentifiedCustomer,
  isEmptyDraft,
  ONE_THOUSANDTHS,
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

/** What the counter already knows of a customer, so that the card is there before the page of facts has arrived. */
export interface CustomerGlimpse {
  readonly customerId: string;
  readonly displayName: string;
  readonly balance: number;
}

/** A tender that waits for an answer from outside: the sale is pending and its prices are frozen. */
export interface WaitingTender {
  readonly tenderId: string;
  readonly kind: 'card' | 'other';
  readonly amountMinor: number;
}

export type OrderPanelView =
  | { readonly kind: 'order' }
  | {
      readonly kind: 'payment';
      readonly method: TenderKind;
      readonly tenders: readonly TenderDraft[];
      readonly waiting: WaitingTender | null;
      readonly failure: 'declined' | 'not-started' | null;
      /** The sale is pending in the database: leaving gives the payment up there too. */
      readonly hasBegun: boolean;
    }
  | { readonly kind: 'paid'; readonly paid: PaidSale };

export type Overlay =
  | { readonly kind: 'find-item'; readonly text: string }
  | { readonly kind: 'find-customer'; readonly text: string }
  | { readonly kind: 'discount'; readonly lineId: string | null }
  | { readonly kind: 'rewards' | 'why' }
  | { readonly kind: 'line'; readonly lineId: string }
  | { readonly kind: 'product'; readonly productId: string }
  | { readonly kind: 'open-amount'; readonly name?: string }
  | { readonly kind: 'open-shift'; readonly thenCharge: boolean }
  | { readonly kind: 'held' }
  | { readonly kind: 'clear' }
  | { readonly kind: 'changed-elsewhere' }
  | { readonly kind: 'already-paid'; readonly receiptNumber: string; readonly atMs: number };

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
  readonly payMethod: TenderKind;
  readonly view: OrderPanelView;
  readonly overlay: Overlay | null;
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

function setDraft(draft: SaleDraft, more: Partial<TillState> = {}): void {
  set({ draft, changes: get().changes + 1, typedQuantity: '', ...more });
}

/** A paid sheet gives way to the next scan or tile; a payment in progress does not. */
function leavePaidSheet(): void {
  if (get().view.kind === 'paid') set(freshSale());
}

export function canRingUp(state: TillState): boolean {
  return state.view.kind !== 'payment';
}

export function startSale(): void {
  set(freshSale());
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

export function addOpenAmount(open: {
  name: string;
  amountMinor: number;
  taxRateId: string;
  categoryId: string | null;
}): void {
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

/** Returns what puts the customer back, for the undo toast. */
export function removeCustomer(): () => void {
  const { draft, glimpse } = get();
  setDraft(withCustomer(draft, null), { glimpse: null });
  return () => {
    if (get().draft.saleId !== draft.saleId || draft.customerId === null) return;
    const { customerId, customerIdentifiedBy, customerIdentifiedAtMs, redemptions } = draft;
    setDraft({ ...get().draft, customerId, customerIdentifiedBy, customerIdentifiedAtMs, redemptions }, { glimpse });
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

export function choosePayMethod(payMethod: TenderKind): void {
  set({ payMethod });
}

function paymentView(method: TenderKind): Extract<OrderPanelView, { kind: 'payment' }> {
  return { kind: 'payment', method, tenders: [], waiting: null, failure: null, hasBegun: false };
}

/** Goes on with a payment that had begun when this till last stopped. */
export function resumePayment(waiting: WaitingTender | null): void {
  const view = paymentView(waiting?.kind ?? get().payMethod);
  set({ view: { ...view, waiting, hasBegun: true } });
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
  set({ ...freshSale(), view: { kind: 'paid', paid } });
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
