import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScansOf } from '../../scanning/scan-customer.ts';
import { type ScanRisk, useLetGoOn, useScanRisk } from '../../scanning/use-scan-risk.ts';
import { useApi } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { useRefusalText } from '../../ui/refusal-text.ts';
import { navigateTo } from '../../ui/route.ts';
import { useMay, useShopState } from '../../ui/shop-context.ts';
import { dismissSlot, showToast, showUndo } from '../../ui/toast.tsx';
import { CategoryBar } from './catalogue/category-bar.tsx';
import { type FunctionKey, FunctionKeys } from './catalogue/function-keys.tsx';
import { TileGrid } from './catalogue/tile-grid.tsx';
import { OrderPanel } from './order/order-panel.tsx';
import { Overlays } from './overlays.tsx';
import { PaidPanel } from './payment/paid-panel.tsx';
import { PayPanel, type PaymentView } from './payment/pay-panel.tsx';
import { useCharge } from './payment/use-charge.ts';
import { isEmptyDraft, moneyKindOf, needsCustomer } from './sale-draft.ts';
import { SaleTabs } from './sale-tabs.tsx';
import { addProduct, openOverlay, openPayment, removeLine, setCustomer, useTillState } from './till-state.ts';
import type { Catalogue, Product, TillPreview } from './till-types.ts';
import { useCardScan } from './use-card-scan.ts';
import { useCustomerScreen } from './use-customer-screen.ts';
import { type DraftKeeper, useDrafts } from './use-drafts.ts';
import { usePreview } from './use-preview.ts';
import { openRewards, useLineKeys, useTillKeys } from './use-till-keys.ts';
import { useTillScans } from './use-till-scans.ts';
import { useVoucherCheck, useWantedVoucher } from './use-voucher-check.ts';

interface SaleScreenProps {
  readonly catalogue: Catalogue;
  /** Stands where the tiles would be when the shop sells nothing yet. */
  readonly noItems: ReactNode;
}

/** Adds a tapped product; what is sold by weight asks how heavy first. */
function addOrAsk(product: Product): void {
  if (product.soldByWeight) openOverlay({ kind: 'product', productId: product.productId });
  else addProduct(product);
}

/** Items on the left, the order or its payment on the right. */
export function SaleScreen({ catalogue, noItems }: SaleScreenProps): ReactNode {
  const { t } = useTranslation('till');
  const maySell = useMay('sale.make');
  const view = useTillState((state) => state.view);
  const draft = useTillState((state) => state.draft);
  const payMethod = useTillState((state) => state.payMethod);
  const tenderKind = moneyKindOf(view.kind === 'payment' ? view.method : payMethod);
  const live = usePreview(draft, tenderKind);
  const keeper = useDrafts(catalogue, maySell);
  const customerName = useCustomerName(draft.customerId);
  const heldLabel = useHeldLabel(customerName);
  const isWeighed = useWeighed(catalogue);
  const onRemoveLine = useRemoveLine();
  const risk = useScanRisk(draft.customerId, draft.customerIdentifiedBy === 'scan');
  const onCharge = useStartCharge(risk, live.preview?.exchange?.refusal != null);
  const checkVoucher = useVoucherCheck();
  useWantedVoucher(checkVoucher);
  useCustomerScreen(maySell, tenderKind, checkVoucher);
  useScansOf(draft.customerId);
  useTillScans(catalogue, maySell, checkVoucher, useCardScan(onCharge));
  useLineKeys(onRemoveLine);
  const onHold = useHold(keeper, heldLabel);
  const onAward = (): void => (draft.customerId === null ? navigateTo('award') : navigateTo('award', draft.customerId));
  useTillKeys({ maySell, onHold, onCharge, onAward });

  const keys: FunctionKey[] = [
    {
      keys: 'F2',
      label: t('keys.findItem'),
      isDisabled: !maySell,
      onPress: () => openOverlay({ kind: 'find-item', text: '' }),
    },
    {
      keys: 'F3',
      label: t('keys.customer'),
      isDisabled: !maySell,
      onPress: () => openOverlay({ kind: 'find-customer', text: '' }),
    },
    { keys: 'F4', label: t('keys.award'), onPress: onAward },
    {
      keys: 'F6',
      label: t('value:key'),
      isLit: hasSomethingToUse(live.preview),
      isDisabled: !maySell,
      onPress: openRewards,
    },
    { keys: 'F7', label: t('keys.hold'), isDisabled: !maySell, onPress: onHold },
    {
      keys: 'F8',
      label: t('keys.discount'),
      isDisabled: !maySell || draft.lines.length === 0,
      onPress: () => openOverlay({ kind: 'discount', lineId: null }),
    },
    { keys: null, label: t('menu.sales'), onPress: () => navigateTo('till', 'sales') },
  ];
  return (
    <div className="till">
      <SaleTabs keeper={keeper} customerName={customerName} heldLabel={heldLabel} maySell={maySell} />
      <section className="till-items" aria-label={t('items')} inert={view.kind === 'payment'}>
        <CategoryBar categories={catalogue.categories} />
        {noItems ?? (
          <TileGrid
            catalogue={catalogue}
            onAdd={maySell ? addOrAsk : () => undefined}
            onOptions={({ productId }) => maySell && openOverlay({ kind: 'product', productId })}
          />
        )}
        <FunctionKeys label={t('keys.label')} keys={keys} />
      </section>
      {view.kind === 'paid' && <PaidPanel paid={view.paid} />}
      {view.kind === 'payment' && live.preview !== null && (
        <Paying
          view={view}
          preview={live.preview}
          isCurrent={live.isCurrent}
          customerName={customerName}
          keeper={keeper}
          heldLabel={heldLabel}
        />
      )}
      {view.kind === 'order' && (
        <OrderPanel
          live={live}
          risk={risk}
          customerName={customerName}
          isWeighed={isWeighed}
          maySell={maySell}
          onRemoveLine={onRemoveLine}
          onCharge={onCharge}
        />
      )}
      <Overlays
        catalogue={catalogue}
        keeper={keeper}
        preview={live.preview}
        customerName={customerName}
        heldLabel={heldLabel}
        isWeighed={isWeighed}
        onRemoveLine={onRemoveLine}
      />
    </div>
  );
}

/** A reward or voucher of the customer could be had on this sale. */
function hasSomethingToUse(preview: TillPreview | null): boolean {
  if (preview === null) return false;
  const { fitting, programmes } = preview;
  return fitting.length > 0 || programmes.some(({ rewards }) => rewards.some((reward) => reward.isAvailable));
}

interface PayingProps {
  readonly view: PaymentView;
  readonly preview: TillPreview;
  readonly isCurrent: boolean;
  readonly customerName: string | null;
  readonly keeper: DraftKeeper;
  readonly heldLabel: string;
}

function Paying({ view, preview, isCurrent, customerName, keeper, heldLabel }: PayingProps): ReactNode {
  const charge = useCharge(preview, customerName, keeper.flush);
  // The sale does not change while it is paid: once its numbers are there, they stay.
  const [isPriced, setIsPriced] = useState(isCurrent);
  if (isCurrent && !isPriced) setIsPriced(true);
  const topUp = (missingMinor: number): void => void sellCreditFirst(keeper, heldLabel, missingMinor);
  return <PayPanel {...{ isPriced, view, preview, customerName, charge }} onTopUp={topUp} />;
}

/** Puts the sale aside and begins one that sells its customer the credit that is missing for it (S3-96). */
async function sellCreditFirst(keeper: DraftKeeper, heldLabel: string, amountMinor: number): Promise<void> {
  const { draft, glimpse } = useTillState.getState();
  const { customerId, customerIdentifiedBy, customerIdentifiedAtMs } = draft;
  if (customerId === null || customerIdentifiedBy === null || customerIdentifiedAtMs === null) return;
  if (!(await keeper.hold(draft.label || heldLabel))) return;
  const customer = { customerId, identifiedBy: customerIdentifiedBy, identifiedAtMs: customerIdentifiedAtMs };
  setCustomer(customer, glimpse ?? { customerId, displayName: heldLabel, balance: 0 });
  openOverlay({ kind: 'open-amount', credit: { amountMinor } });
}

/** The name of the customer in the sale, from what the counter knows already or from the customer's page. */
function useCustomerName(customerId: string | null): string | null {
  const api = useApi();
  const glimpse = useTillState((state) => state.glimpse);
  const known = useQuery({
    ...api.customers.get.queryOptions({ customerId: customerId ?? '' }),
    enabled: customerId !== null,
  });
  if (customerId === null) return null;
  return known.data?.displayName ?? (glimpse?.customerId === customerId ? glimpse.displayName : null);
}

/** What a sale is called once put aside: its customer, else the time of day. */
function useHeldLabel(customerName: string | null): string {
  const { t } = useTranslation('till');
  const format = useFormat();
  return customerName ?? t('held.defaultLabel', { time: format.time(Date.now()) });
}

function useWeighed(catalogue: Catalogue): (productId: string | null) => boolean {
  const weighed = useMemo(
    () => new Set(catalogue.products.filter((product) => product.soldByWeight).map((product) => product.productId)),
    [catalogue],
  );
  return useCallback((productId) => productId !== null && weighed.has(productId), [weighed]);
}

/** Takes a line out and offers to put it back. */
function useRemoveLine(): (lineId: string) => void {
  const { t } = useTranslation('till');
  return useCallback(
    (lineId) => {
      const removed = removeLine(lineId);
      if (removed === null) return;
      showUndo({
        title: t('line.removed', { name: removed.line.name }),
        undoLabel: t('undo'),
        onUndo: removed.putBack,
      });
    },
    [t],
  );
}

/**
 * Starts the payment, once a risky scan may go on; cash in a drawer that nobody opened asks for its float first. Goods that
 * cannot come back have to be taken out before, and credit or a pass needs its customer before anybody pays.
 */
function useStartCharge(risk: ScanRisk | null, isHindered: boolean): () => void {
  const { openShift } = useShopState();
  const maySell = useMay('sale.make');
  const letGoOn = useLetGoOn();
  const wordsOf = useRefusalText();
  const start = async (): Promise<void> => {
    const { draft } = useTillState.getState();
    if (!maySell || isHindered || draft.lines.length === 0 || !(await letGoOn(risk))) return;
    const { payMethod, draft: now } = useTillState.getState();
    if (now.saleId !== draft.saleId) return;
    dismissSlot('scan');
    if (needsCustomer(now)) {
      showToast({
        slot: 'refusal',
        tone: 'warning',
        title: wordsOf({ reason: 'sale-needs-customer', facts: {} }),
        durationMs: 6000,
      });
      return openOverlay({ kind: 'find-customer', text: '' });
    }
    if (payMethod === 'cash' && openShift === null) openOverlay({ kind: 'open-shift', thenCharge: true });
    else openPayment();
  };
  return () => void start();
}

/** F7: puts the sale aside; with nothing to put aside it shows what waits. */
function useHold(keeper: DraftKeeper, heldLabel: string): () => void {
  const { t } = useTranslation('till');
  return () => {
    const { draft } = useTillState.getState();
    if (isEmptyDraft(draft)) return openOverlay({ kind: 'held' });
    const label = draft.label || heldLabel;
    void keeper.hold(label).then((isHeld) => {
      if (!isHeld) return;
      showUndo({
        title: t('held.done', { name: label }),
        undoLabel: t('undo'),
        onUndo: () => {
          void keeper.reload(draft.saleId).then((saved) => {
            if (saved !== null) void keeper.resume(saved, heldLabel);
          });
        },
      });
    });
  };
}
