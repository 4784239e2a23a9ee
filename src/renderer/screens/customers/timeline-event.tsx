import {
  Ban,
  Crown,
  History,
  Hourglass,
  ScanLine,
  ShoppingBag,
  Sparkles,
  Stamp,
  Ticket,
  TriangleAlert,
  Undo2,
  UserRound,
  Wallet,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { useShop } from '../../ui/shop-context.ts';
import { Money } from '../../ui/money-text.tsx';
import { hrefTo } from '../../ui/route.ts';
import { Tag } from '../../ui/tag.tsx';
import type { TimelineGroup } from './customers-data.ts';
import type { EventIcon } from './event-style.ts';
import { actionWords, effectWords } from './timeline-words.ts';

const ICONS: Readonly<Record<EventIcon, typeof Ban>> = {
  sale: ShoppingBag,
  refund: Undo2,
  points: Sparkles,
  tier: Crown,
  scan: ScanLine,
  person: UserRound,
  block: Ban,
  refused: TriangleAlert,
  expire: Hourglass,
  voucher: Ticket,
  credit: Wallet,
  pass: Stamp,
  other: History,
};

/** One operation of the timeline. */
export function TimelineEvent({ group }: { group: TimelineGroup }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { creditName } = useShop();
  const words = actionWords(t, format, group, creditName);
  const Icon = ICONS[words.icon];
  return (
    <li className="customer-event">
      <span className="customer-event-icon" data-tone={words.tone}>
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span className="customer-event-title">
        {words.saleId === null ? words.title : <a href={hrefTo('till', 'sale', words.saleId)}>{words.title}</a>}
      </span>
      <span
        className="customer-event-amount"
        data-sign={words.amountMinor !== null && words.amountMinor < 0 ? 'minus' : 'plus'}
      >
        {words.amountMinor !== null && <Money minor={words.amountMinor} />}
      </span>
      <span className="customer-event-meta">
        <time dateTime={new Date(group.atMs).toISOString()} title={format.exact(group.atMs)}>
          {words.details.join(' · ')}
        </time>
      </span>
      {group.effects.length > 0 && (
        <ul className="customer-event-effects">
          {group.effects.map((effect, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: effects of one operation have no ids and never change
            <li key={`${effect.type}${index}`}>
              <Tag tone="accent">{effectWords(t, format, effect, creditName)}</Tag>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
