import { TicketPercent } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format.ts';
import { openOverlay } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';
import { addVoucher } from '../value-state.ts';

/** Says that a voucher in the customer's wallet fits what is in the sale, and what it would take off. */
export function FittingStrip({ fitting }: { fitting: TillPreview['fitting'] }): ReactNode {
  const { t } = useTranslation('value');
  const format = useFormat();
  const [first] = fitting;
  if (first === undefined) return null;
  const isOne = fitting.length === 1;
  return (
    <p className="order-claim" role="status">
      <TicketPercent size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>
        {isOne ? t('fits.one', { name: first.name }) : t('fits.some', { count: fitting.length })}
        {isOne && <b className="order-claim-amount">{format.money(-first.amountMinor)}</b>}
      </span>
      {isOne ? (
        <Button
          size="small"
          aria-label={t('fits.useLabel', { name: first.name })}
          onPress={() => void addVoucher(first.voucherId)}
        >
          {t('fits.use')}
        </Button>
      ) : (
        <Button size="small" keys="F6" onPress={() => openOverlay({ kind: 'rewards' })}>
          {t('fits.see')}
        </Button>
      )}
    </p>
  );
}
