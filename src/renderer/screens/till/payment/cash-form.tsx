import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { roundCashDue } from '#shop/money/cash-rounding.ts';
import { naturalNotes } from '#shop/money/natural-notes.ts';
import type { SalePreview, TenderDraft } from '#shop/till/sale.ts';
import { newOperationId } from '../../../api.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { TypedPad } from '../order/typed-pad.tsx';
import { PayFoot } from './pay-foot.tsx';

interface CashFormProps {
  readonly preview: SalePreview;
  /** What the sale still needs, before cash rounding. */
  readonly remainingMinor: number;
  readonly isBusy: boolean;
  readonly top: ReactNode;
  readonly onTake: (tender: TenderDraft) => Promise<boolean>;
}

/** What is due in cash for what remains: the preview knows it for the whole sale, its rule for a part. */
function cashDueOf(preview: SalePreview, remainingMinor: number): { dueMinor: number; notesMinor: readonly number[] } {
  if (remainingMinor === preview.dueMinor)
    return { dueMinor: preview.cashDueMinor, notesMinor: preview.naturalNotesMinor };
  const dueMinor = roundCashDue(remainingMinor, preview.cashRounding);
  return { dueMinor, notesMinor: naturalNotes(dueMinor, preview.priced.currency) };
}

/** Cash: what was handed over, the change, and the button that ends the sale. Enter alone means the exact amount. */
export function CashForm({ preview, remainingMinor, isBusy, top, onTake }: CashFormProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const [digits, setDigits] = useState('');
  const { dueMinor, notesMinor } = cashDueOf(preview, remainingMinor);
  const receivedMinor = digits === '' ? dueMinor : Number(digits);
  const changeMinor = receivedMinor - dueMinor;
  const isPart = changeMinor < 0;
  const take = (): void => {
    if (isBusy || receivedMinor <= 0) return;
    const amountMinor = isPart ? receivedMinor : remainingMinor;
    void onTake({ tenderId: newOperationId(), kind: 'cash', amountMinor, receivedMinor });
  };
  return (
    <>
      <div className="pay-body pay-cash">
        {top}
        <CashDue remainingMinor={remainingMinor} dueMinor={dueMinor} />
        <div className="till-amount">
          <span>{t('cash.received')}</span>
          <b data-suggested={digits === ''}>
            <Money minor={receivedMinor} />
          </b>
        </div>
        <div className="pay-notes">
          {notesMinor.slice(0, 4).map((noteMinor, index) => (
            <button
              key={noteMinor}
              type="button"
              className="till-preset"
              aria-pressed={receivedMinor === noteMinor}
              onClick={() => setDigits(String(noteMinor))}
            >
              {index === 0 ? t('cash.exact') : <Money minor={noteMinor} />}
            </button>
          ))}
        </div>
        <TypedPad
          digits={digits}
          limit={11}
          left={format.currencyDigits() === 0 ? '000' : '00'}
          onChange={setDigits}
          onEnter={take}
        />
      </div>
      <PayFoot
        label={
          isPart
            ? t('cash.takePart', { amount: format.money(receivedMinor) })
            : t('cash.paid', { amount: format.money(receivedMinor) })
        }
        typed={digits}
        isBusy={isBusy}
        onPress={take}
      >
        <p className="pay-change" data-tone={isPart ? 'missing' : 'change'} role="status">
          <span>{isPart ? t('cash.missing') : t('cash.change')}</span>
          <b>
            <Money minor={Math.abs(changeMinor)} />
          </b>
        </p>
      </PayFoot>
    </>
  );
}

/** What is due; the rounding as a line of its own when there is one. */
function CashDue({ remainingMinor, dueMinor }: { remainingMinor: number; dueMinor: number }): ReactNode {
  const { t } = useTranslation('till');
  const roundingMinor = dueMinor - remainingMinor;
  return (
    <dl className="till-facts">
      {roundingMinor !== 0 && (
        <>
          <dt>{t('cash.before')}</dt>
          <dd>
            <Money minor={remainingMinor} />
          </dd>
          <dt>{t('totals.rounding')}</dt>
          <dd>
            <Money minor={roundingMinor} />
          </dd>
        </>
      )}
      <dt className="pay-due">{t('cash.due')}</dt>
      <dd className="pay-due">
        <Money minor={dueMinor} />
      </dd>
    </dl>
  );
}
