import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useShop } from '../../ui/shop-context.ts';
import type { Customer } from './customers-data.ts';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import './print.css';

/** A card of credit-card size with the customer's code, to look at and to print. */
export function CustomerCard({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const [isPrinting, setIsPrinting] = useState(false);
  return (
    <Dialog
      title={t('card.title', { name: customer.displayName })}
      onClose={onClose}
      needsAnswer={false}
      footer={
        <>
          <Button onPress={onClose}>{t('card.close')}</Button>
          <Button kind="primary" icon={<Printer size={18} aria-hidden="true" />} onPress={() => setIsPrinting(true)}>
            {t('card.print')}
          </Button>
        </>
      }
    >
      <div className="customers-card-preview">
        <MemberCard customer={customer} />
        <p className="is-muted is-small">{t('card.detail')}</p>
      </div>
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <MemberCard customer={customer} />
        </PrintSheet>
      )}
    </Dialog>
  );
}

function MemberCard({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const shop = useShop();
  return (
    <div className="ui-print-card">
      <div>
        <p>{shop.shopName}</p>
        <h3>{customer.displayName}</h3>
        <p className="ui-print-card-code">{formatCode(customer.code)}</p>
        <p>{t('card.scan')}</p>
      </div>
      <QrCode text={customer.qrText} label={`QR ${customer.code}`} />
    </div>
  );
}
