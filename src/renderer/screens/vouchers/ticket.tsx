import type { ReactNode } from 'react';
import type { Campaign } from '#shop/vouchers/campaign.ts';
import { Lapacho } from '../../ui/lapacho.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { civilDayText, windowsText } from '../../ui/schedule-words.ts';
import { useShop } from '../../ui/shop-context.ts';
import { type CampaignWords, ticketValue } from './campaign-sentence.ts';
import './ticket.css';

interface TicketProps {
  readonly words: CampaignWords;
  readonly campaign: Campaign;
  /** The code that stands on it; null where each has its own. */
  readonly code: string | null;
}

/** A voucher as its customer sees it: what it gives, when, until when, and its code to be read. */
export function Ticket({ words, campaign, code }: TicketProps): ReactNode {
  const { t } = words;
  const { shopName } = useShop();
  const { name, benefit, validity, trigger } = campaign;
  const when = windowsText(words, validity.windows);
  const ends = validity.endsOn;
  const until = ends === null ? t('ticket.noEnd') : t('ticket.until', { date: civilDayText(words, ends) });
  const unprinted = t(trigger === 'automatic' ? 'ticket.automatic' : 'ticket.noCode');
  return (
    <div className="voucher-ticket">
      <Lapacho size={170} isPlain className="voucher-ticket-mark" />
      <div className="voucher-ticket-words">
        <span>{shopName}</span>
        <strong>{ticketValue(words, benefit)}</strong>
        <span>
          <b>{when === null ? name : `${name}, ${when}`}</b>
          <small>{[until, code ?? unprinted].join(' · ')}</small>
        </span>
      </div>
      <div className="voucher-ticket-stub">
        {code === null ? <span>{unprinted}</span> : <QrCode text={code} label={t('ticket.qr', { code })} />}
      </div>
    </div>
  );
}
