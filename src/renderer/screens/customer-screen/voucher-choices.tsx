import { Ticket } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScreenVoucher } from '#shop/customer-screen/screen-state.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { civilDayText } from '../../ui/schedule-words.ts';
import type { ScreenCalls } from './screen-calls.ts';
import { whyNotOf } from './why-not.ts';

function VoucherRow({ voucher, calls }: { voucher: ScreenVoucher; calls: ScreenCalls }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const format = useFormat();
  const [trouble, setTrouble] = useState(false);
  const [isSending, setIsSending] = useState(false);
  const { voucherId, name, endsOn, amountMinor, state, reason } = voucher;
  const choose = async (): Promise<void> => {
    setTrouble(false);
    setIsSending(true);
    const isAsked = await calls.chooseVoucher(voucherId).then(
      (answer) => answer.isAsked,
      () => false,
    );
    setIsSending(false);
    setTrouble(!isAsked);
  };
  const today = format.dateKey(Date.now());
  const facts = [
    amountMinor > 0 && state !== 'not-now' ? t('vouchers.saves', { amount: format.money(amountMinor) }) : null,
    endsOn === null ? null : t('vouchers.until', { day: civilDayText({ format, today }, endsOn) }),
  ].filter((fact) => fact !== null);
  const said =
    state === 'not-now' && reason !== null
      ? t(`whyNot.${whyNotOf(reason)}`)
      : state === 'asked'
        ? t('vouchers.asked')
        : trouble
          ? t('vouchers.failed')
          : facts.join(' · ');
  return (
    <li className={`customer-voucher is-${state}`}>
      <Ticket aria-hidden="true" strokeWidth={1.75} />
      <span className="customer-voucher-words">
        <b>{name}</b>
        <span role={state === 'usable' && !trouble ? undefined : 'status'}>{said}</span>
      </span>
      {state === 'usable' && (
        <Button
          kind="primary"
          isBusy={isSending}
          aria-label={`${t('vouchers.use')}: ${name}`}
          onPress={() => void choose()}
        >
          {t('vouchers.use')}
        </Button>
      )}
    </li>
  );
}

/** The vouchers of the customer that this sale could use, and those they asked for. Those on the sale stand in the bill. */
export function VoucherChoices({
  vouchers,
  calls,
}: {
  vouchers: readonly ScreenVoucher[];
  calls: ScreenCalls;
}): ReactNode {
  const { t } = useTranslation('customer-screen');
  const shown = vouchers.filter(({ state, reason }) => state === 'usable' || state === 'asked' || reason !== null);
  if (shown.length === 0) return null;
  return (
    <ul className="customer-vouchers" aria-label={t('vouchers.title')}>
      {shown.map((voucher) => (
        <VoucherRow key={voucher.voucherId} voucher={voucher} calls={calls} />
      ))}
    </ul>
  );
}
