import { Snowflake } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useCreditWords } from '../../ui/credit-words.ts';
import { useNow } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { useMay } from '../../ui/shop-context.ts';
import { CreditPanel } from './credit-panel.tsx';
import type { Customer } from './customers-data.ts';
import { useCreditOf } from './wallet-data.ts';
import { endWords } from './wallet-words.ts';

/** The customer's credit as a ticket of the wallet; it opens what is behind it. */
export function CreditTicket({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('wallet');
  const format = useFormat();
  const words = useCreditWords();
  const nowMs = useNow(60_000);
  const credit = useCreditOf(customer.customerId);
  const [isOpen, setIsOpen] = useState(false);
  const mayAdjust = useMay('vouchers.redeem');
  if (credit.data === undefined) {
    return credit.isError ? <p className="is-muted is-small">{t('credit.error')}</p> : null;
  }
  const { accountId, balanceMinor, availableMinor, heldMinor, status, lots, endsNextMs } = credit.data;
  if (accountId === null && !mayAdjust) return null;
  const next = lots.filter(({ expiresAtMs }) => expiresAtMs === endsNextMs && endsNextMs !== null);
  const ends = endWords(t, format, endsNextMs, nowMs);
  const ending = next.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0);
  const details = [
    status === 'frozen' ? t('credit.frozen') : null,
    heldMinor > 0 ? t('credit.held', { amount: words.amount(heldMinor) }) : null,
    ends === null ? null : ending < balanceMinor ? `${words.amount(ending)}: ${ends.text}` : ends.text,
    status === 'active' && availableMinor === 0 && heldMinor === 0 ? t('credit.none') : null,
  ].filter((text) => text !== null);
  return (
    <>
      <h3 className="customer-lots-group">{words.title}</h3>
      <ul aria-label={words.title}>
        <li
          className="customer-lot customer-ticket"
          data-tone={status === 'frozen' || balanceMinor === 0 ? 'neutral' : 'success'}
          data-soon={ends?.isSoon === true}
          data-account
        >
          <div className="customer-lot-stub">
            {status === 'frozen' ? (
              <Snowflake size={22} aria-hidden="true" />
            ) : (
              format.money(balanceMinor, { isCompact: true })
            )}
            <small>{t('credit.stub')}</small>
          </div>
          <div className="customer-lot-text">
            <b>{words.amount(balanceMinor)}</b>
            <span>{details.join(' · ')}</span>
            <div className="customer-ticket-foot">
              <span />
              <Button
                kind="soft"
                size="counter"
                aria-label={t('credit.openNamed', { credit: words.name })}
                onPress={() => setIsOpen(true)}
              >
                {t('credit.open')}
              </Button>
            </div>
          </div>
        </li>
      </ul>
      {isOpen && (
        <CreditPanel
          title={t('credit.of', { credit: words.title, name: customer.displayName })}
          credit={credit.data}
          of={{ customerId: customer.customerId }}
          isBlocked={customer.status !== 'active'}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  );
}
