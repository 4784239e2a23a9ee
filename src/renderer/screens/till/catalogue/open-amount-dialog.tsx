import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LineSells } from '#shop/till/value-on-sale.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/choice-field.tsx';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { TypedPad } from '../order/typed-pad.tsx';
import { useReadyButton } from '../order/use-ready-button.ts';
import { addOpenAmount, closeOverlay, useTillState } from '../till-state.ts';
import type { Catalogue } from '../till-types.ts';
import '../order/dialogs.css';

/** What an open amount can be: goods, credit for the sale's customer, or a gift card. */
const SOLD = ['item', 'credit', 'gift-card'] as const;
type Sold = (typeof SOLD)[number];

function sellsOf(what: Sold, cardCode: string): LineSells | null {
  if (what === 'gift-card') return { kind: what, code: cardCode.trim() === '' ? null : cardCode.trim() };
  return what === 'credit' ? { kind: what } : null;
}

/** Rings up something that is not in the catalogue: what it is, its amount and its tax; or credit of any amount. */
export function OpenAmountDialog({
  catalogue,
  name: startName = '',
  credit: startCredit = null,
  sells: startSells = startCredit === null ? 'item' : 'credit',
}: {
  catalogue: Catalogue;
  name?: string;
  /** Credit is sold, at first of this amount. */
  credit?: { readonly amountMinor: number } | null;
  /** What is to be sold at first. */
  sells?: Sold;
}): ReactNode {
  const { t } = useTranslation('till');
  const { t: v } = useTranslation('value');
  const format = useFormat();
  const [digits, setDigits] = useState(startCredit === null ? '' : String(startCredit.amountMinor));
  const ready = useReadyButton(digits);
  const [name, setName] = useState(startName);
  const usual = catalogue.taxRates.find((rate) => rate.isDefault) ?? catalogue.taxRates[0];
  const [taxRateId, setTaxRateId] = useState(usual?.taxRateId ?? null);
  const amountMinor = Number(digits);
  const credit = useCreditWords();
  const [what, setWhat] = useState<Sold>(startSells);
  const [cardCode, setCardCode] = useState('');
  const hasCustomer = useTillState((state) => state.draft.customerId !== null);
  const needsCustomer = what === 'credit' && !hasCustomer;
  const add = (): void => {
    if (amountMinor <= 0 || taxRateId === null || needsCustomer) return;
    const sells = sellsOf(what, cardCode);
    const usualName =
      what === 'credit' ? credit.title : t(what === 'item' ? 'openAmount.defaultName' : 'tender.gift-card');
    addOpenAmount({
      name: what === 'item' && name.trim() !== '' ? name.trim() : usualName,
      amountMinor,
      taxRateId,
      categoryId: null,
      ...(sells === null ? {} : { sells }),
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
          <Button ref={ready} kind="primary" autoFocus isDisabled={amountMinor <= 0 || needsCustomer} onPress={add}>
            {t('product.add', { amount: format.money(amountMinor) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <Segmented
          isWide
          label={v('sell.what')}
          value={what}
          segments={SOLD.map((id) => ({
            id,
            label: id === 'credit' ? credit.title : id === 'item' ? v('sell.item') : t('tender.gift-card'),
          }))}
          onChange={setWhat}
        />
        {needsCustomer && (
          <p className="till-notice" role="alert">
            {v('sell.needsCustomer')}
          </p>
        )}
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
        {what === 'item' && (
          <TextField
            label={t('openAmount.name')}
            value={name}
            onChange={setName}
            maxLength={120}
            placeholder={t('openAmount.defaultName')}
          />
        )}
        {what === 'gift-card' && (
          <TextField
            label={v('sell.cardCode')}
            hint={v('sell.cardCodeHow')}
            value={cardCode}
            onChange={setCardCode}
            maxLength={40}
            acceptsScan
          />
        )}
        {what === 'item' && catalogue.taxRates.length > 1 && (
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
