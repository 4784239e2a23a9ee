import { ArrowLeft, Check, X } from 'lucide-react';
import { type ReactNode, use, useId, useState } from 'react';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { useTranslation } from 'react-i18next';
import type { PayingKind, SalePreview, TenderDraft } from '#shop/till/sale.ts';
import { useApiClient } from '../../../ui/api-context.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Money } from '../../../ui/money-text.tsx';
import { LayerContext, useOverlay } from '../../../ui/overlay-depth.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { PAYING_KINDS, TenderIcon, useTenderName } from '../order/charge-bar.tsx';
import { moneyKindOf } from '../sale-draft.ts';
import { adoptSale, changePayment, leavePayment, useTillState } from '../till-state.ts';
import type { OrderPanelView } from '../till-views.ts';
import { CashForm } from './cash-form.tsx';
import { CreditForm, GiftCardForm } from './credit-form.tsx';
import { type CreditBar, useCreditBar } from './credit-bar.ts';
import { ExchangeForm } from './exchange-form.tsx';
import { FreeForm } from './free-form.tsx';
import { TerminalForm } from './terminal-form.tsx';
import type { Charge } from './use-charge.ts';
import { usePaymentScans } from './use-payment-scans.ts';
import './payment.css';

export type PaymentView = Extract<OrderPanelView, { kind: 'payment' }>;

interface PayPanelProps {
  /** The numbers are those of the sale as it stands: before that nothing is taken. */
  readonly isPriced: boolean;
  readonly view: PaymentView;
  readonly preview: SalePreview;
  readonly customerName: string | null;
  readonly charge: Charge;
  /** Sells credit first, with this sale put aside. */
  readonly onTopUp: (missingMinor: number) => void;
}

/** Paying, in the place of the order. It is a layer of its own: scans mean what they can mean here, the till's keys rest. */
export function PayPanel({ isPriced, ...props }: PayPanelProps): ReactNode {
  const layer = use(LayerContext) + 1;
  useOverlay(useId(), true, true);
  return <LayerContext value={layer}>{isPriced ? <Payment {...props} /> : <Pricing />}</LayerContext>;
}

/** For the blink in which the last change is still being priced. */
function Pricing(): ReactNode {
  const { t } = useTranslation('till');
  useKeys({ Escape: leavePayment });
  return (
    <aside className="till-panel pay" aria-label={t('payment.title')} aria-busy="true">
      <Skeleton rows={4} />
    </aside>
  );
}

function Payment({ view, preview, customerName, charge, onTopUp }: Omit<PayPanelProps, 'isPriced'>): ReactNode {
  const { t } = useTranslation('till');
  const [isLeaving, setIsLeaving] = useState(false);
  const paidMinor = view.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
  const remainingMinor = preview.dueMinor - paidMinor;
  const creditBar = useCreditBar(preview, customerName !== null);
  const method = view.method === 'credit' && creditBar.isShut ? 'cash' : view.method;
  const isHeld = view.waiting !== null || charge.isRunning;
  const giveUp = useGiveUp(view.hasBegun);
  const leave = (): void => {
    if (isHeld) return;
    if (view.tenders.some(isMoney)) setIsLeaving(true);
    else void giveUp();
  };
  useKeys({ Escape: leave });
  usePaymentScans({ isWaiting: view.waiting !== null, isRunning: charge.isRunning, dueMinor: preview.dueMinor });
  const top = <PaymentTop view={view} method={method} creditBar={creditBar} isDisabled={isHeld} />;
  const StoredForm = method === 'credit' ? CreditForm : GiftCardForm;

  /** Takes one tender: the sale is complete when nothing remains, otherwise the rest is asked for. */
  const take = async (tender: TenderDraft): Promise<boolean> => {
    const tenders = [...view.tenders, tender];
    if (tender.amountMinor >= remainingMinor) return charge.complete(tenders);
    changePayment({ tenders, waiting: null, failure: null, method: tender.kind === 'cash' ? 'card' : 'cash' });
    return true;
  };
  return (
    <aside className="till-panel pay" aria-label={t('payment.title')}>
      <header className="pay-head">
        <IconButton
          label={t('payment.back')}
          icon={<ArrowLeft size={20} strokeWidth={1.75} />}
          isDisabled={isHeld}
          onPress={leave}
        />
        <h2>{t('payment.title')}</h2>
        <b>
          <Money minor={preview.dueMinor} />
        </b>
      </header>
      {preview.exchange !== null && preview.dueMinor === 0 ? (
        <ExchangeForm
          exchange={preview.exchange}
          totalMinor={preview.priced.totalMinor}
          method={moneyKindOf(method)}
          isBusy={charge.isRunning}
          onSettle={() => charge.complete([])}
        />
      ) : preview.dueMinor === 0 ? (
        <FreeForm isBusy={charge.isRunning} onSettle={() => charge.complete([])} />
      ) : method === 'credit' || method === 'gift-card' ? (
        <StoredForm
          key={`${method} ${remainingMinor}`}
          preview={preview}
          tenders={view.tenders}
          remainingMinor={remainingMinor}
          isBusy={charge.isRunning}
          top={top}
          onTake={take}
          onTopUp={view.hasBegun || view.tenders.length > 0 ? null : onTopUp}
        />
      ) : method === 'cash' ? (
        <CashForm
          key={remainingMinor}
          preview={preview}
          remainingMinor={remainingMinor}
          isBusy={charge.isRunning}
          top={top}
          onTake={take}
        />
      ) : (
        <TerminalForm
          key={method}
          kind={method}
          view={view}
          remainingMinor={remainingMinor}
          totalMinor={preview.priced.totalMinor}
          isBusy={charge.isRunning}
          top={top}
          flush={charge.flush}
          onTake={take}
          onLeave={leave}
        />
      )}
      {isLeaving && (
        <LeavingParts tenders={view.tenders} onLeave={() => void giveUp()} onClose={() => setIsLeaving(false)} />
      )}
    </aside>
  );
}

/** Goes back to the order; a sale made pending for a card is set free first, so that its lines can change again. */
function useGiveUp(hasBegun: boolean): () => Promise<void> {
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.giveUpPayment);
  return async () => {
    if (!hasBegun) return leavePayment();
    const result = await command.run({ saleId: useTillState.getState().draft.saleId });
    const wasFree = result.kind === 'refused' && result.refusal.reason === 'sale-not-pending';
    if (result.kind === 'done') adoptSale(result.value.saleId, result.value.revision);
    if (wasFree || report(result)) leavePayment();
  };
}

/** Takes one part out again; what was taken outside the till is first recorded there as not paid. */
function useTakeBack(view: PaymentView): (tender: TenderDraft) => Promise<void> {
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.failTender);
  return async (tender) => {
    const { saleId } = useTillState.getState().draft;
    const isOutside = tender.kind === 'card' || tender.kind === 'other';
    if (isOutside && !report(await command.run({ saleId, tenderId: tender.tenderId, reason: 'taken-back' }))) return;
    changePayment({ tenders: view.tenders.filter((each) => each !== tender) });
  };
}

interface PaymentTopProps {
  readonly view: PaymentView;
  readonly method: PayingKind;
  /** Shown on the button of credit. */
  readonly creditBar: CreditBar;
  readonly isDisabled: boolean;
}

/** How to pay, and what has been paid already. */
function PaymentTop({ view, method, creditBar, isDisabled }: PaymentTopProps): ReactNode {
  const { t } = useTranslation('till');
  const takeBack = useTakeBack(view);
  const nameOf = useTenderName();
  return (
    <>
      <ToggleButtonGroup
        aria-label={t('payment.method')}
        className="pay-methods"
        selectionMode="single"
        disallowEmptySelection
        isDisabled={isDisabled}
        selectedKeys={[method]}
        onSelectionChange={(keys) => {
          const [key] = keys;
          if (key !== undefined) changePayment({ method: key as PayingKind, failure: null });
        }}
      >
        {PAYING_KINDS.map((kind) => (
          <ToggleButton key={kind} id={kind} isDisabled={isDisabled || (kind === 'credit' && creditBar.isShut)}>
            <TenderIcon kind={kind} size={18} />
            <span>
              {nameOf(kind)}
              {kind === 'credit' && creditBar.words !== null && <small> {creditBar.words}</small>}
            </span>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {view.tenders.length > 0 && (
        <ul className="pay-parts" aria-label={t('payment.parts')}>
          {view.tenders.map((tender) => (
            <li key={tender.tenderId} className="pay-part">
              <Check size={18} strokeWidth={2} aria-hidden="true" />
              <span>{t(`payment.part.${tender.kind}`)}</span>
              <Money minor={tender.amountMinor} />
              <IconButton
                label={t('payment.takeBack', { method: nameOf(tender.kind) })}
                icon={<X size={16} strokeWidth={2} />}
                isDisabled={isDisabled}
                onPress={() => void takeBack(tender)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Credit and gift cards are only taken when the sale is complete: nothing of theirs is handed back. */
function isMoney({ accountId }: TenderDraft): boolean {
  return accountId === undefined;
}

interface LeavingPartsProps {
  readonly tenders: readonly TenderDraft[];
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

/** Leaving after a part was taken means giving it back, so it asks. */
function LeavingParts({ tenders, onLeave, onClose }: LeavingPartsProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const amount = format.money(tenders.filter(isMoney).reduce((sum, tender) => sum + tender.amountMinor, 0));
  return (
    <ConfirmDialog
      title={t('payment.leaveTitle', { amount })}
      detail={t('payment.leaveDetail')}
      safeLabel={t('payment.leaveStay')}
      actLabel={t('payment.leaveAct', { amount })}
      onAct={onLeave}
      onClose={onClose}
    />
  );
}
