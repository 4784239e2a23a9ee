import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, ScanLine, Ticket as TicketIcon, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '#shop/refusal.ts';
import { useScanTarget } from '../../scanning/scan-target.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeys } from '../../ui/keys.ts';
import { useRefusalText, useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { playSound } from '../../ui/sounds.ts';
import { announce } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { CodeFacts } from './code-facts.tsx';
import { CustomerPicker, type PickedCustomer } from './customer-picker.tsx';
import type { CheckedVoucher } from './vouchers-data.ts';
import { UsableVoucher } from './usable-voucher.tsx';

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
    if (result.kind === 'done') {
      playSound('found');
      setAnswer({ kind: 'usable', code, voucher: result.value });
    } else if (result.kind === 'refused' && !/^(locked|sign-in-required|not-permitted)$/.test(result.refusal.reason)) {
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
  const mayReadCustomers = useMay('customers.read');
  const [isAsked, setIsAsked] = useState(false);
  const asksWho = isAsked || isUsable || customer !== null || ABOUT_CUSTOMER.has(answer.refusal.reason);
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
          <small>{isUsable ? answer.voucher.code : answer.code}</small>
        </span>
        <IconButton label={t('check.close')} icon={<X size={20} strokeWidth={1.75} />} onPress={onClose} />
      </div>
      {!isUsable && answer.refusal.reason === 'voucher-unknown' && <p className="is-muted">{t('check.unknownHelp')}</p>}
      {!isUsable && customer !== null && <Alternatives customer={customer} />}
      {asksWho ? (
        <CustomerPicker picked={customer} autoFocus={isAsked} onPick={onCustomer} />
      ) : (
        answer.kind === 'refused' &&
        answer.refusal.reason !== 'voucher-unknown' && (
          <Button onPress={() => setIsAsked(true)}>{t('check.forCustomer')}</Button>
        )
      )}
      {!isUsable && mayReadCustomers && answer.refusal.reason !== 'voucher-unknown' && (
        <CodeFacts code={answer.code} onDone={onClose} />
      )}
      {isUsable && <UsableVoucher voucher={answer.voucher} customer={customer} onDone={onClose} />}
    </Card>
  );
}

/** What else a customer could use now, by name. */
function Alternatives({ customer }: { customer: PickedCustomer }): ReactNode {
  const { t } = useTranslation('vouchers');
  const found = useQuery(
    useApi().vouchers.alternatives.queryOptions({
      customerId: customer.customerId,
      saleId: null,
      exceptVoucherId: null,
    }),
  );
  const others = found.data ?? [];
  if (others.length === 0) return null;
  return (
    <p>
      {t('check.others', { count: others.length, name: customer.displayName })}{' '}
      {others.map(({ name }) => name).join(' · ')}{' '}
      <a href={`#/customers/${customer.customerId}`}>{t('check.openCustomer')}</a>
    </p>
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
      return null;
    }
    if (outcome.kind === 'unknown' && outcome.reason === 'not-known') {
      check(outcome.shownText, customer);
      return null;
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
