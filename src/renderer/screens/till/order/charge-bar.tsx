import { Banknote, ChevronDown, Coins, CreditCard, Gift, type LucideIcon, Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayingKind, TenderKind } from '#shop/till/sale.ts';
import { useCreditWords } from '../../../ui/credit-words.ts';
import { useFormat } from '../../../ui/format.ts';
import { KeyCap } from '../../../ui/key-cap.tsx';
import { MenuButton } from '../../../ui/menu.tsx';
import { Money } from '../../../ui/money-text.tsx';
import type { CreditBar } from '../payment/credit-bar.ts';
import { choosePayMethod } from '../till-state.ts';
import { useAnnounced } from './points-preview.tsx';
import './charge-bar.css';

/** Money, in whichever form. */
export const TENDER_KINDS: readonly TenderKind[] = ['cash', 'card', 'other'];

/** Every way to pay a sale. */
export const PAYING_KINDS: readonly PayingKind[] = [...TENDER_KINDS, 'credit', 'gift-card'];

const ICONS: Readonly<Record<PayingKind, LucideIcon>> = {
  cash: Banknote,
  card: CreditCard,
  other: Wallet,
  credit: Coins,
  'gift-card': Gift,
};

/** The picture of a way to pay; its word stands beside it. */
export function TenderIcon({ kind, size = 22 }: { kind: PayingKind; size?: number }): ReactNode {
  const Icon = ICONS[kind];
  return <Icon size={size} strokeWidth={1.75} aria-hidden="true" />;
}

/** How a way to pay is called; credit as the shop calls it. */
export function useTenderName(): (kind: PayingKind) => string {
  const { t } = useTranslation('till');
  const credit = useCreditWords();
  return (kind) => (kind === 'credit' ? credit.title : t(`tender.${kind}`));
}

interface ChargeBarProps {
  readonly method: PayingKind;
  readonly creditBar: CreditBar;
  readonly dueMinor: number;
  /** What an exchange hands back, where nothing is due. */
  readonly handedMinor: number;
  readonly isReady: boolean;
  readonly onCharge: () => void;
}

/** The way to pay and the one big button, which names the amount. */
export function ChargeBar({ method, creditBar, dueMinor, handedMinor, isReady, onCharge }: ChargeBarProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const announced = useAnnounced(isReady ? t('totals.spoken', { amount: format.money(dueMinor) }) : '');
  const nameOf = useTenderName();
  const gives = handedMinor > 0;
  return (
    <div className="order-pay shell-dock">
      <MenuButton
        className="order-method"
        label={t('tender.choose', { method: nameOf(method) })}
        entries={PAYING_KINDS.map((kind) => ({
          id: kind,
          label: kind === 'credit' && creditBar.words !== null ? `${nameOf(kind)} · ${creditBar.words}` : nameOf(kind),
          isDisabled: kind === 'credit' && creditBar.isShut,
          icon: <TenderIcon kind={kind} size={18} />,
          onAction: () => choosePayMethod(kind),
        }))}
      >
        <TenderIcon kind={method} />
        <span className="is-cut">{nameOf(method)}</span>
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
