import { Banknote, ChevronDown, CreditCard, type LucideIcon, Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TenderKind } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { KeyCap } from '../../../ui/key-cap.tsx';
import { MenuButton } from '../../../ui/menu.tsx';
import { Money } from '../../../ui/money-text.tsx';
import { choosePayMethod } from '../till-state.ts';
import { useAnnounced } from './points-preview.tsx';
import './charge-bar.css';

export const TENDER_KINDS: readonly TenderKind[] = ['cash', 'card', 'other'];

const ICONS: Readonly<Record<TenderKind, LucideIcon>> = { cash: Banknote, card: CreditCard, other: Wallet };

/** The picture of a way to pay; its word stands beside it. */
export function TenderIcon({ kind, size = 22 }: { kind: TenderKind; size?: number }): ReactNode {
  const Icon = ICONS[kind];
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />;
}

interface ChargeBarProps {
  readonly method: TenderKind;
  readonly dueMinor: number;
  /** What an exchange hands back, where nothing is due. */
  readonly handedMinor: number;
  readonly isReady: boolean;
  readonly onCharge: () => void;
}

/** The way to pay and the one big button, which names the amount. */
export function ChargeBar({ method, dueMinor, handedMinor, isReady, onCharge }: ChargeBarProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const announced = useAnnounced(isReady ? t('totals.spoken', { amount: format.money(dueMinor) }) : '');
  const gives = handedMinor > 0;
  return (
    <div className="order-pay shell-dock">
      <MenuButton
        className="order-method"
        label={t('tender.choose', { method: t(`tender.${method}`) })}
        entries={TENDER_KINDS.map((kind) => ({
          id: kind,
          label: t(`tender.${kind}`),
          icon: <TenderIcon kind={kind} size={18} />,
          onAction: () => choosePayMethod(kind),
        }))}
      >
        <TenderIcon kind={method} />
        <span className="is-cut">{t(`tender.${method}`)}</span>
        <ChevronDown size={18} strokeWidth={2} aria-hidden="true" />
      </MenuButton>
      <button type="button" className="order-charge" aria-keyshortcuts="F9" disabled={!isReady} onClick={onCharge}>
        <span>{t(gives ? 'exchange.giveBackNow' : 'charge')}</span>
        <span className="order-charge-sum">
          <span className="order-charge-amount">
            <Money minor={gives ? handedMinor : dueMinor} />
          </span>
          <KeyCap keys="F9" />
        </span>
      </button>
      <span className="is-hidden-visually" role="status">
        {announced}
      </span>
    </div>
  );
}
