import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { TypedPad } from '../order/typed-pad.tsx';
import { useReadyButton } from '../order/use-ready-button.ts';
import { grossOf, ONE_THOUSANDTHS, sellsOf } from '../sale-draft.ts';
import { addOpenAmount, addProduct, closeOverlay } from '../till-state.ts';
import type { Product } from '../till-types.ts';
import '../order/dialogs.css';

/** How many, how heavy, or for another amount: what a long press on a tile opens. Weighed goods always come here. */
export function ProductDialog({ product }: { product: Product }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const [mode, setMode] = useState<'quantity' | 'amount'>('quantity');
  const [digits, setDigits] = useState('');
  const ready = useReadyButton(digits);
  const typed = Number(digits);
  const byWeight = product.soldByWeight;
  const quantityThousandths = byWeight ? typed : (digits === '' ? 1 : typed) * ONE_THOUSANDTHS;
  const amountMinor = mode === 'amount' ? typed : grossOf({ unitPriceMinor: product.priceMinor, quantityThousandths });
  const isReady = mode === 'amount' ? typed > 0 : quantityThousandths > 0;
  const add = (): void => {
    if (!isReady) return;
    if (mode === 'quantity') addProduct(product, quantityThousandths);
    else {
      const { name, taxRateId, categoryId } = product;
      const sells = sellsOf(product);
      addOpenAmount({ name, taxRateId, categoryId, amountMinor: typed, ...(sells === null ? {} : { sells }) });
    }
    closeOverlay();
  };
  const shown =
    mode === 'amount'
      ? format.money(typed)
      : `${format.quantity(quantityThousandths)}${byWeight ? ` ${t('kilo')}` : ''}`;
  return (
    <Dialog
      title={product.name}
      onClose={closeOverlay}
      footer={
        <>
          <Button onPress={closeOverlay}>{t('cancel')}</Button>
          <Button ref={ready} kind="primary" autoFocus isDisabled={!isReady} onPress={add}>
            {t('product.add', { amount: format.money(amountMinor) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <Segmented
          isWide
          label={t('product.how')}
          value={mode}
          segments={[
            { id: 'quantity', label: byWeight ? t('line.weightLabel') : t('line.quantity') },
            { id: 'amount', label: t('product.otherAmount') },
          ]}
          onChange={(chosen) => {
            setMode(chosen);
            setDigits('');
          }}
        />
        <div className="till-amount">
          <span>
            {mode === 'amount'
              ? t('openAmount.amount')
              : byWeight
                ? t('product.perKilo', { price: format.money(product.priceMinor) })
                : t('product.each', { price: format.money(product.priceMinor) })}
          </span>
          <b>{shown}</b>
        </div>
        <TypedPad
          digits={digits}
          limit={mode === 'amount' ? 10 : byWeight ? 6 : 4}
          left={mode === 'quantity' ? 'clear' : format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={add}
        />
      </div>
    </Dialog>
  );
}
