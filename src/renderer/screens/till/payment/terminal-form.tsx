import { CircleX } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TenderDraft } from '#shop/till/sale.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import { Money } from '../../../ui/money-text.tsx';
import { TenderIcon } from '../order/charge-bar.tsx';
import { TypedPad } from '../order/typed-pad.tsx';
import { changePayment } from '../till-state.ts';
import type { PaymentView } from './pay-panel.tsx';
import { useBegin } from './use-begin.ts';
import { useFailTender } from './use-fail-tender.ts';

interface TerminalFormProps {
  readonly kind: 'card' | 'other';
  readonly view: PaymentView;
  readonly remainingMinor: number;
  /** Of the sale, as it stands on screen. */
  readonly totalMinor: number;
  readonly isBusy: boolean;
  readonly top: ReactNode;
  readonly flush: () => Promise<boolean>;
  readonly onTake: (tender: TenderDraft) => Promise<boolean>;
  readonly onLeave: () => void;
}

/** A payment that is made outside this till: the amount, then the answer of the card terminal with its reference. */
export function TerminalForm({
  kind,
  view,
  remainingMinor,
  totalMinor,
  isBusy,
  top,
  flush,
  onTake,
  onLeave,
}: TerminalFormProps): ReactNode {
  const [isChoosing, setIsChoosing] = useState(false);
  const { begin, isBeginning } = useBegin(kind, flush, totalMinor);
  const hasBegun = useRef(false);
  useEffect(() => {
    if (hasBegun.current || view.waiting !== null || view.failure !== null) return;
    hasBegun.current = true;
    void begin(remainingMinor);
  }, [view.waiting, view.failure, begin, remainingMinor]);

  if (view.waiting !== null) {
    return (
      <Waiting
        view={view}
        kind={kind}
        isBusy={isBusy}
        top={top}
        onTake={onTake}
        onOtherAmount={() => setIsChoosing(true)}
      />
    );
  }
  if (isChoosing) {
    return (
      <ChooseAmount
        remainingMinor={remainingMinor}
        top={top}
        isBusy={isBeginning}
        onChoose={(minor) => {
          setIsChoosing(false);
          void begin(minor);
        }}
      />
    );
  }
  return (
    <Declined
      kind={kind}
      failure={view.failure}
      remainingMinor={remainingMinor}
      isBusy={isBeginning}
      top={top}
      onRetry={() => void begin(remainingMinor)}
      onLeave={onLeave}
    />
  );
}

interface WaitingProps extends Omit<TerminalFormProps, 'remainingMinor' | 'totalMinor' | 'onLeave' | 'flush'> {
  readonly onOtherAmount: () => void;
}

function Waiting({ view, kind, isBusy, top, onTake, onOtherAmount }: WaitingProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const [reference, setReference] = useState('');
  const fail = useFailTender();
  const waiting = view.waiting;
  if (waiting === null) return null;
  const approve = (): void => {
    if (isBusy) return;
    const trimmed = reference.trim();
    void onTake({ ...waiting, ...(trimmed === '' ? {} : { reference: trimmed }) });
  };
  return (
    <>
      <div className="pay-body">
        {top}
        <div className="pay-wait" role="status">
          <span className="pay-wait-icon">
            <TenderIcon kind={kind} size={28} />
          </span>
          <span className="pay-wait-amount">
            <Money minor={waiting.amountMinor} />
          </span>
          <span className="is-muted">{t(`terminal.${kind}How`)}</span>
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            approve();
          }}
        >
          <TextField
            label={t('terminal.reference')}
            hint={t('terminal.referenceHint')}
            value={reference}
            onChange={setReference}
            maxLength={60}
            autoFocus
          />
        </form>
        <Button
          kind="ghost"
          size="counter"
          isDisabled={isBusy || fail.isRunning}
          onPress={() => void fail.run('amount-changed').then((isDone) => isDone && onOtherAmount())}
        >
          {t('terminal.otherAmount')}
        </Button>
      </div>
      <TerminalKeys onApprove={approve} />
      <div className="till-panel-foot shell-dock">
        <Button
          size="counter"
          isFullWidth
          isDisabled={isBusy}
          isBusy={fail.isRunning}
          onPress={() => void fail.run('declined')}
        >
          {t(`terminal.${kind}Declined`)}
        </Button>
        <Button kind="primary" size="primary" keys="Enter" isFullWidth isBusy={isBusy} onPress={approve}>
          {t(`terminal.${kind}Approved`, { amount: format.money(waiting.amountMinor) })}
        </Button>
      </div>
    </>
  );
}

function TerminalKeys({ onApprove }: { onApprove: () => void }): null {
  useKeys({ F9: onApprove, 'Ctrl+Enter': onApprove });
  return null;
}

interface DeclinedProps {
  readonly kind: 'card' | 'other';
  readonly failure: PaymentView['failure'];
  readonly remainingMinor: number;
  readonly isBusy: boolean;
  readonly top: ReactNode;
  readonly onRetry: () => void;
  readonly onLeave: () => void;
}

/** The payment did not come about: what is safe, and the ways on. */
function Declined({ kind, failure, remainingMinor, isBusy, top, onRetry, onLeave }: DeclinedProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  return (
    <>
      <div className="pay-body">
        {top}
        {failure !== null && (
          <div className="till-notice" data-tone="danger" role="alert">
            <CircleX size={22} strokeWidth={1.75} aria-hidden="true" />
            <span>
              <b>{t(failure === 'declined' ? `terminal.${kind}WasDeclined` : 'terminal.notStarted')}</b>
              <span>{t('terminal.unchanged')}</span>
            </span>
          </div>
        )}
      </div>
      <div className="till-panel-foot shell-dock">
        <div className="pay-two">
          <Button size="counter" isDisabled={isBusy} onPress={() => changePayment({ method: 'cash', failure: null })}>
            {t('terminal.payCash')}
          </Button>
          <Button size="counter" isDisabled={isBusy} onPress={onLeave}>
            {t('terminal.backToSale')}
          </Button>
        </div>
        <Button kind="primary" size="primary" isFullWidth autoFocus isBusy={isBusy} onPress={onRetry}>
          {failure === null
            ? t('terminal.start', { amount: format.money(remainingMinor) })
            : t('terminal.retry', { amount: format.money(remainingMinor) })}
        </Button>
      </div>
    </>
  );
}

interface ChooseAmountProps {
  readonly remainingMinor: number;
  readonly isBusy: boolean;
  readonly top: ReactNode;
  readonly onChoose: (amountMinor: number) => void;
}

/** A part of what is due, when several tenders pay one sale. */
function ChooseAmount({ remainingMinor, isBusy, top, onChoose }: ChooseAmountProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const [digits, setDigits] = useState('');
  const amountMinor = Math.min(digits === '' ? remainingMinor : Number(digits), remainingMinor);
  const choose = (): void => {
    if (amountMinor > 0) onChoose(amountMinor);
  };
  return (
    <>
      <div className="pay-body pay-cash">
        {top}
        <div className="till-amount">
          <span>{t('terminal.amount')}</span>
          <b data-suggested={digits === ''}>
            <Money minor={amountMinor} />
          </b>
        </div>
        <TypedPad
          digits={digits}
          limit={11}
          left={format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={choose}
        />
      </div>
      <div className="till-panel-foot shell-dock">
        <Button
          kind="primary"
          size="primary"
          isFullWidth
          autoFocus
          isBusy={isBusy}
          isDisabled={amountMinor <= 0}
          onPress={choose}
        >
          {t('terminal.start', { amount: format.money(amountMinor) })}
        </Button>
      </div>
    </>
  );
}
