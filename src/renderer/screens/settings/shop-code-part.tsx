import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useShop } from '../../ui/shop-context.ts';

/** The shop's own code as a QR code, to look at and to print: customers who enrol by themselves say with it which shop. */
export function ShopCodePart(): ReactNode {
  const { t } = useTranslation('settings');
  const [isPrinting, setIsPrinting] = useState(false);
  return (
    <Card title={t('shop.code')} className="settings-card">
      <p className="is-muted is-small">{t('shop.codeDetail')}</p>
      <div className="settings-shop-code">
        <ShopCodeCard />
        <Button icon={<Printer size={18} aria-hidden="true" />} onPress={() => setIsPrinting(true)}>
          {t('shop.codePrint')}
        </Button>
      </div>
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <ShopCodeCard />
        </PrintSheet>
      )}
    </Card>
  );
}

function ShopCodeCard(): ReactNode {
  const { t } = useTranslation('settings');
  const { shopName, merchantCode } = useShop();
  return (
    <div className="ui-print-card">
      <div>
        <p>{t('shop.codeJoin')}</p>
        <h3>{shopName}</h3>
        <p className="ui-print-card-code">{formatCode(merchantCode)}</p>
      </div>
      <QrCode text={merchantCode} label={t('shop.codeLabel', { code: merchantCode })} />
    </div>
  );
}
