import { Sparkles, TicketPercent, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { showUndo } from '../../../ui/toast.tsx';
import { openOverlay, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';
import { useShowVoucher } from '../use-voucher-check.ts';
import { removeVoucher } from '../value-state.ts';

type AskedVoucher = TillPreview['vouchers'][number];

interface VoucherLinesProps {
  readonly preview: TillPreview | null;
  readonly customerName: string;
}

/** The vouchers asked for, each with what it takes off or why it takes nothing, and the promotions that apply by themselves. */
export function VoucherLines({ preview, customerName }: VoucherLinesProps): ReactNode {
  const asked = useTillState((state) => state.draft.vouchers);
  const known = new Map(preview?.vouchers.map((each) => [each.voucherId, each]));
  return (
    <>
      {asked?.map(({ voucherId }) => {
        const voucher = known.get(voucherId);
        return voucher === undefined ? null : (
          <VoucherLine key={voucherId} voucher={voucher} customerName={customerName} />
        );
      })}
      {preview?.promotions.map(({ campaignId, name, amountMinor }) => (
        <PromotionLine key={campaignId} name={name} amountMinor={amountMinor} />
      ))}
    </>
  );
}

function VoucherLine({ voucher, customerName }: { voucher: AskedVoucher; customerName: string }): ReactNode {
  const { t } = useTranslation('value');
  const { voucherId, name, code, amountMinor, refusal } = voucher;
  const Icon = refusal === null ? TicketPercent : TriangleAlert;
  const show = useShowVoucher();
  const remove = (): void =>
    showUndo({ title: t('line.removed', { name }), undoLabel: t('line.undo'), onUndo: removeVoucher(voucherId) });
  return (
    <li className="order-line order-line-less is-voucher" data-refused={refusal !== null}>
      <span className="order-line-icon">
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span className="order-line-words">
        <button type="button" className="order-line-open" aria-haspopup="dialog" onClick={() => void show(voucherId)}>
          <span className="order-line-name">{name}</span>
          {refusal === null && <span className="order-line-small">{t('line.voucher', { code })}</span>}
        </button>
        {refusal !== null && <Refused refusal={refusal} customerName={customerName} />}
      </span>
      <span className="order-line-amount">{refusal === null && <Money minor={-amountMinor} />}</span>
      <button type="button" className="order-line-remove" aria-label={t('line.remove', { name })} onClick={remove}>
        <X size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </li>
  );
}

interface RefusedProps {
  readonly refusal: NonNullable<AskedVoucher['refusal']>;
  readonly customerName: string;
}

/** Why the voucher is not used, and what else the customer holds. */
function Refused({ refusal, customerName }: RefusedProps): ReactNode {
  const { t } = useTranslation('value');
  const wordsOf = useRefusalText();
  const hasLines = useTillState((state) => state.draft.lines.length > 0);
  const others = Number(refusal.facts.otherVouchers ?? 0);
  return (
    <>
      <span className="order-line-small" role="alert">
        {hasLines ? wordsOf(refusal) : t('line.waiting')}
      </span>
      {others > 0 && (
        <button type="button" className="order-line-others" onClick={() => openOverlay({ kind: 'rewards' })}>
          {t('line.others', { count: others, name: customerName })}
        </button>
      )}
    </>
  );
}

/** What the shop takes off by itself: nobody asked for it, nobody takes it out. */
function PromotionLine({ name, amountMinor }: { name: string; amountMinor: number }): ReactNode {
  const { t } = useTranslation('value');
  return (
    <li className="order-line order-line-less is-promotion">
      <span className="order-line-icon">
        <Sparkles size={18} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span className="order-line-words">
        <span className="order-line-name">{name}</span>
        <span className="order-line-small">{t('line.promotion')}</span>
      </span>
      <span className="order-line-amount">
        <Money minor={-amountMinor} />
      </span>
    </li>
  );
}
