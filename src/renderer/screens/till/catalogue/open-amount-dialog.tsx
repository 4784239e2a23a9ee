import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/choice-field.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { TypedPad } from '../order/typed-pad.tsx';
import { useReadyButton } from '../order/use-ready-button.ts';
import { addOpenAmount, closeOverlay } from '../till-state.ts';
import type { Catalogue } from '../till-types.ts';
import '../order/dialogs.css';

/** Rings up something that is not in the catalogue: what it is, its amount and its tax. */
export function OpenAmountDialog({
  catalogue,
  name: startName = '',
}: {
  catalogue: Catalogue;
  name?: string;
}): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const [digits, setDigits] = useState('');
  const ready = useReadyButton(digits);
  const [name, setName] = useState(startName);
  const usual = catalogue.taxRates.find((rate) => rate.isDefault) ?? catalogue.taxRates[0];
  const [taxRateId, setTaxRateId] = useState(usual?.taxRateId ?? null);
  const amountMinor = Number(digits);
  const add = (): void => {
    if (amountMinor <= 0 || taxRateId === null) return;
    addOpenAmount({
      name: name.trim() === '' ? t('openAmount.defaultName') : name.trim(),
      amountMinor,
      taxRateId,
      categoryId: null,
    });
    closeOverlay();
  };
  return (
    <Dialog
      title={t('openAmount.title')}
      onClose={closeOverlay}
      footer={
        <>
          <Button onPress={closeOverlay}>{t('cancel')}</Button>
          <Button ref={ready} kind="primary" autoFocus isDisabled={amountMinor <= 0} onPress={add}>
            {t('product.add', { amount: format.money(amountMinor) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <div className="till-amount">
          <span>{t('openAmount.amount')}</span>
          <b>{format.money(amountMinor)}</b>
        </div>
        <TypedPad
          digits={digits}
          limit={10}
          left={format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={add}
        />
        <TextField
          label={t('openAmount.name')}
          value={name}
          onChange={setName}
          maxLength={120}
          placeholder={t('openAmount.defaultName')}
        />
        {catalogue.taxRates.length > 1 && (
          <SelectField
            label={t('openAmount.tax')}
            value={taxRateId}
            choices={catalogue.taxRates.map((rate) => ({
              id: rate.taxRateId,
              label: `${rate.name} ${format.percent(rate.rateBasisPoints)}`,
            }))}
            onChange={setTaxRateId}
          />
        )}
      </div>
    </Dialog>
  );
}
