import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shareOf } from '#shop/money/money.ts';
import { discountLimitOf, discountOn } from '#shop/till/manual-discount.ts';
import type { ManualDiscount } from '#shop/till/sale.ts';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useSession } from '../../../ui/shop-context.ts';
import { grossOfAll } from '../sale-draft.ts';
import { changeLine, closeOverlay, setSaleDiscount, useTillState } from '../till-state.ts';
import { TypedPad } from './typed-pad.tsx';
import { useReadyButton } from './use-ready-button.ts';
import './dialogs.css';

const PRESETS_BASIS_POINTS = [500, 1000, 1500, 2000, 5000];

function typedFrom(discount: ManualDiscount | null): { kind: ManualDiscount['kind']; digits: string } {
  if (discount === null) return { kind: 'percent', digits: '' };
  if (discount.kind === 'percent') return { kind: 'percent', digits: String(discount.rateBasisPoints / 100) };
  return { kind: 'amount', digits: String(discount.amountMinor) };
}

function discountOf(kind: ManualDiscount['kind'], digits: string): ManualDiscount | null {
  const value = Number(digits);
  if (value === 0) return null;
  return kind === 'percent' ? { kind, rateBasisPoints: value * 100 } : { kind, amountMinor: value };
}

/** Gives a discount on the sale or on one line, by rate or by amount; says when it will need a manager. */
export function DiscountDialog({ lineId }: { lineId: string | null }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const draft = useTillState((state) => state.draft);
  const line = draft.lines.find((each) => each.lineId === lineId);
  const current = lineId === null ? draft.discount : (line?.discount ?? null);
  const [typed, setTyped] = useState(() => typedFrom(current));
  const ready = useReadyButton(typed.digits);
  const limitBasisPoints = useDiscountLimit();
  const baseMinor = grossOfAll(line === undefined ? draft.lines : [line]);
  const discount = discountOf(typed.kind, typed.digits);
  const offMinor = discountOn(baseMinor, discount);
  const isOverLimit = limitBasisPoints !== null && offMinor > shareOf(baseMinor, limitBasisPoints);

  const give = (): void => {
    if (lineId === null) setSaleDiscount(discount);
    else changeLine(lineId, { discount });
    closeOverlay();
  };
  return (
    <Dialog
      title={line === undefined ? t('discount.titleSale') : t('discount.titleLine', { name: line.name })}
      onClose={closeOverlay}
      footer={
        <>
          <Button onPress={closeOverlay}>{t('cancel')}</Button>
          <Button ref={ready} kind="primary" isDisabled={discount === null && current === null} onPress={give}>
            {discount === null && current !== null
              ? t('discount.remove')
              : t('discount.give', { amount: format.money(offMinor) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <Segmented
          isWide
          label={t('discount.kind')}
          value={typed.kind}
          segments={[
            { id: 'percent', label: t('discount.percent') },
            { id: 'amount', label: t('discount.amount') },
          ]}
          onChange={(kind) => setTyped({ kind, digits: '' })}
        />
        <div className="till-amount">
          <span>{typed.kind === 'percent' ? t('discount.percent') : t('discount.amount')}</span>
          <b>
            {typed.kind === 'percent' ? format.percent(Number(typed.digits) * 100) : format.money(Number(typed.digits))}
          </b>
        </div>
        {typed.kind === 'percent' && (
          <Presets chosen={typed.digits} onChoose={(digits) => setTyped({ kind: 'percent', digits })} />
        )}
        <TypedPad
          digits={typed.digits}
          limit={typed.kind === 'percent' ? 3 : 10}
          left={typed.kind === 'percent' ? 'clear' : format.currencyDigits() === 0 ? '000' : '00'}
          onEnter={give}
          onChange={(digits) =>
            setTyped({ ...typed, digits: typed.kind === 'percent' && Number(digits) > 100 ? '100' : digits })
          }
        />
        <p className="till-entry-result" role="status">
          {isOverLimit ? (
            <span className="till-warn">{t('discount.overLimit', { percent: format.percent(limitBasisPoints) })}</span>
          ) : (
            <span>{t('discount.leaves', { amount: format.money(baseMinor - offMinor) })}</span>
          )}
        </p>
      </div>
    </Dialog>
  );
}

function Presets({ chosen, onChoose }: { chosen: string; onChoose: (digits: string) => void }): ReactNode {
  const format = useFormat();
  return (
    <div className="till-presets">
      {PRESETS_BASIS_POINTS.map((basisPoints) => (
        <button
          key={basisPoints}
          type="button"
          className="till-preset"
          aria-pressed={chosen === String(basisPoints / 100)}
          onClick={() => onChoose(String(basisPoints / 100))}
        >
          {format.percent(basisPoints)}
        </button>
      ))}
    </div>
  );
}

/** How much off the signed-in person may give without a manager; null when that is not known. */
function useDiscountLimit(): number | null {
  const api = useApi();
  const { roles } = useSession();
  const settings = useQuery(api.settings.get.queryOptions());
  const limits = settings.data?.discountLimitBasisPoints;
  if (limits === undefined) return null;
  return discountLimitOf(roles, limits);
}
