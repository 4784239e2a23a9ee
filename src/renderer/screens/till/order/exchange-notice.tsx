import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExchangePreview } from '#shop/till/sale.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { setExchange, useTillState } from '../till-state.ts';

/** What comes back in the same ticket, in money and points, and the way out of the exchange. */
export function ExchangeNotice({ exchange }: { exchange: ExchangePreview | null }): ReactNode {
  const { t } = useTranslation('till');
  const isExchange = useTillState((state) => state.draft.exchange !== undefined);
  if (!isExchange) return null;
  return (
    <p
      className="till-notice"
      {...(exchange?.refusal == null ? {} : { 'data-tone': 'danger', role: 'alert' as const })}
    >
      <ArrowLeftRight size={18} strokeWidth={1.75} aria-hidden="true" />
      <span>{exchange !== null && <Words exchange={exchange} />}</span>
      <Button size="small" onPress={() => setExchange(undefined)}>
        {t('exchange.stop')}
      </Button>
    </p>
  );
}

function Words({ exchange }: { exchange: ExchangePreview }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const refusalText = useRefusalText();
  const { receiptNumber: number, returnedMinor, pointsReversed, pointsReturned, refusal } = exchange;
  if (refusal !== null) return t('exchange.impossible', { number, why: refusalText(refusal) });
  return [
    t('exchange.notice', { number, amount: format.money(-returnedMinor) }),
    ...(pointsReversed === 0 ? [] : [t('exchange.pointsTaken', { points: format.points(-pointsReversed) })]),
    ...(pointsReturned === 0
      ? []
      : [t('exchange.pointsBack', { points: format.points(pointsReturned, { sign: 'always' }) })]),
  ].join(' · ');
}
