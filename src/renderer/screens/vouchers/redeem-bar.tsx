import { CircleAlert, CircleCheck, ScanLine, Ticket as TicketIcon, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '#shop/refusal.ts';
import { useScanTarget } from '../../scanning/scan-target.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeys } from '../../ui/keys.ts';
import { useRefusalText, useReport } from '../../ui/refusal-text.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { playSound } from '../../ui/sounds.ts';
import { announce, showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { benefitBadge } from './campaign-sentence.ts';
import { CustomerPicker, type PickedCustomer } from './customer-picker.tsx';
import { type CheckedVoucher, useCampaign } from './vouchers-data.ts';

type Answer =
  | { readonly kind: 'usable'; readonly code: string; readonly voucher: CheckedVoucher }
  | { readonly kind: 'refused'; readonly code: string; readonly refusal: Refusal };

/** Reasons that another customer can change. */
const ABOUT_CUSTOMER: ReadonlySet<string> = new Set(['voucher-needs-customer']);

function useCheck() {
  const client = useApiClient();
  const check = useCommand(client.vouchers.check);
  const report = useReport();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const run = async (code: string, customerId: string | null): Promise<void> => {
    if (code.trim() === '') return;
    const result = await check.run({ code, customerId, saleId: null });
    if (result.kind === 'done') setAnswer({ kind: 'usable', code, voucher: result.value });
    else if (result.kind === 'refused' && !/^(locked|sign-in-required|not-permitted)$/.test(result.refusal.reason)) {
      playSound('refused');
      setAnswer({ kind: 'refused', code, refusal: result.refusal });
    } else report(result);
  };
  return { answer, run, isRunning: check.isRunning, clear: () => setAnswer(null) };
}

/** What was found out of a code: what it gives and what can be done with it, or why it cannot be used. */
function AnswerCard({
  answer,
  customer,
  onCustomer,
  onClose,
}: {
  answer: Answer;
  customer: PickedCustomer | null;
  onCustomer: (customer: PickedCustomer | null) => void;
  onClose: () => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  const textOf = useRefusalText();
  const isUsable = answer.kind === 'usable';
  const asksWho = isUsable || customer !== null || ABOUT_CUSTOMER.has(answer.refusal.reason);
  const others = answer.kind === 'refused' ? Number(answer.refusal.facts.otherVouchers ?? 0) : 0;
  return (
    <Card className={isUsable ? 'vouchers-answer is-usable' : 'vouchers-answer is-refused'}>
      <div className="vouchers-answer-head" role={isUsable ? 'status' : 'alert'}>
        {isUsable ? (
          <CircleCheck size={24} strokeWidth={2} aria-hidden="true" />
        ) : (
          <CircleAlert size={24} strokeWidth={2} aria-hidden="true" />
        )}
        <span>
          <b>{isUsable ? t('check.usable') : textOf(answer.refusal)}</b>
          <small>{answer.code}</small>
        </span>
        <IconButton label={t('check.close')} icon={<X size={20} strokeWidth={1.75} />} onPress={onClose} />
      </div>
      {others > 0 && customer !== null && (
        <p>
          {t('check.others', { count: others, name: customer.displayName })}{' '}
          <a href={`#/customers/${customer.customerId}`}>{t('check.openCustomer')}</a>
        </p>
      )}
      {asksWho && <CustomerPicker picked={customer} onPick={onCustomer} />}
      {isUsable && <UsableVoucher voucher={answer.voucher} customer={customer} onDone={onClose} />}
    </Card>
  );
}

function UsableVoucher({
  voucher,
  customer,
  onDone,
}: {
  voucher: CheckedVoucher;
  customer: PickedCustomer | null;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const report = useReport();
  const claim = useCommand(useApiClient().vouchers.claim);
  const name = useCampaign(voucher.campaignId).data?.live?.campaign.name;
  const { usesLeft, endsAtMs, voucherId } = voucher;
  const run = async (who: PickedCustomer): Promise<void> => {
    const result = await claim.run({ voucherId, customerId: who.customerId, saleId: null });
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('check.claimed', { name: who.displayName }) });
    onDone();
  };
  return (
    <div className="vouchers-usable">
      <span className={`vouchers-badge is-${voucher.kind}`} aria-hidden="true">
        {benefitBadge(format, voucher.kind as Parameters<typeof benefitBadge>[1], voucher.value)}
      </span>
      <span>
        <b>{name}</b>
        <small>
          {[
            usesLeft === null ? t('check.usesEndless') : t('check.usesLeft', { count: usesLeft }),
            endsAtMs === null ? t('list.noEnd') : t('check.until', { date: format.day(endsAtMs - 1, shopNowMs()) }),
          ].join(' · ')}
        </small>
      </span>
      <Button
        kind="primary"
        isDisabled={customer === null}
        isBusy={claim.isRunning}
        onPress={() => customer !== null && void run(customer)}
      >
        {customer === null ? t('check.claim') : t('check.claimFor', { name: customer.displayName })}
      </Button>
    </div>
  );
}

/** Always ready on top: scan a code or type it, and hear whether it can be used, and why not. */
export function RedeemBar(): ReactNode {
  const { t } = useTranslation('vouchers');
  const [code, setCode] = useState('');
  const [customer, setCustomer] = useState<PickedCustomer | null>(null);
  const { answer, run, isRunning, clear } = useCheck();
  const input = useRef<HTMLInputElement>(null);
  const check = (text: string, who: PickedCustomer | null): void => {
    setCode(text);
    void run(text, who?.customerId ?? null);
  };
  const close = (): void => {
    clear();
    setCode('');
    setCustomer(null);
    announce(t('redeem.ready'));
  };
  useKeys({ F6: () => input.current?.focus() });
  useScanTarget(({ outcome }) => {
    if (outcome.kind === 'voucher') {
      check(outcome.code, customer);
      return true;
    }
    if (outcome.kind !== 'customer') return false;
    const who = { customerId: outcome.customerId, displayName: outcome.displayName };
    setCustomer(who);
    if (answer !== null) check(answer.code, who);
    return true;
  });
  const pick = (who: PickedCustomer | null): void => {
    setCustomer(who);
    if (answer !== null) check(answer.code, who);
  };
  if (answer !== null) return <AnswerCard answer={answer} customer={customer} onCustomer={pick} onClose={close} />;
  return (
    <Card className="vouchers-redeem">
      <span className="vouchers-redeem-icon">
        <ScanLine size={26} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span>
        <h2>{t('redeem.title')}</h2>
        <small className="is-muted">
          {customer === null ? t('redeem.hint') : t('redeem.for', { name: customer.displayName })}
        </small>
      </span>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          check(code, customer);
        }}
      >
        <TextField
          label={t('redeem.code')}
          isLabelHidden
          placeholder={t('redeem.code')}
          prefix={<TicketIcon size={18} strokeWidth={1.75} aria-hidden="true" />}
          suffix={<KeyCap keys="F6" />}
          autoComplete="off"
          maxLength={120}
          inputRef={input}
          value={code}
          onChange={setCode}
        />
        <Button kind="primary" type="submit" isBusy={isRunning} isDisabled={code.trim() === ''}>
          {t('redeem.check')}
        </Button>
      </form>
    </Card>
  );
}
