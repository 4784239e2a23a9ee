import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newOperationId } from '../../../api.ts';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { playSound } from '../../../ui/sounds.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { endExchange, type Exchange } from '../exchange-state.ts';
import { TENDER_KINDS, TenderIcon } from '../order/charge-bar.tsx';
import { closeOverlay, showPaid, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';
import { toInput } from '../use-preview.ts';

interface ExchangeDialogProps {
  readonly exchange: Exchange;
  readonly preview: TillPreview;
  readonly flush: () => Promise<boolean>;
}

/** Settles an exchange in one ticket: what comes back pays the new goods, the difference is taken or handed back (T9). */
export function ExchangeDialog({ exchange, preview, flush }: ExchangeDialogProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const payMethod = useTillState((state) => state.payMethod);
  const [kind, setKind] = useState(payMethod);
  const { totalMinor } = preview.priced;
  const dueMinor = totalMinor - exchange.returnedMinor;
  const { settle, isRunning } = useSettle(exchange, preview, flush);
  const act = dueMinor > 0 ? 'take' : dueMinor < 0 ? 'giveBack' : 'even';
  return (
    <Dialog
      title={t('exchange.title', { number: exchange.receiptNumber })}
      onClose={closeOverlay}
      footer={
        <>
          <Button onPress={closeOverlay}>{t('cancel')}</Button>
          <Button autoFocus kind="primary" isBusy={isRunning} onPress={() => void settle(kind, dueMinor)}>
            {t(`exchange.${act}`, { amount: format.money(Math.abs(dueMinor)) })}
          </Button>
        </>
      }
    >
      <div className="till-entry">
        <dl className="refund-sum sale-facts">
          <dt>{t('exchange.goesOut')}</dt>
          <dd>
            <Money minor={totalMinor} />
          </dd>
          <dt>{t('exchange.comesBack')}</dt>
          <dd>
            <Money minor={-exchange.returnedMinor} />
          </dd>
          <dt className="is-main">{t(dueMinor < 0 ? 'exchange.handed' : 'exchange.due')}</dt>
          <dd className="is-main">
            <Money minor={Math.abs(dueMinor)} />
          </dd>
        </dl>
        {dueMinor !== 0 && (
          <Segmented
            isWide
            label={t('exchange.how')}
            value={kind}
            segments={TENDER_KINDS.map((each) => ({
              id: each,
              label: t(`tender.${each}`),
              icon: <TenderIcon kind={each} size={18} />,
            }))}
            onChange={setKind}
          />
        )}
      </div>
    </Dialog>
  );
}

function useSettle({ ofSaleId, lines, reason }: Exchange, preview: TillPreview, flush: () => Promise<boolean>) {
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.exchange);
  const settle = async (kind: (typeof TENDER_KINDS)[number], dueMinor: number): Promise<void> => {
    if (!(await flush())) return;
    const tenders = dueMinor > 0 ? [{ tenderId: newOperationId(), kind, amountMinor: dueMinor }] : [];
    const result = await command.run({
      returns: { saleId: ofSaleId, lines: [...lines] },
      draft: toInput(useTillState.getState().draft),
      tenders,
      tenderKind: kind,
      expectedTotalMinor: preview.priced.totalMinor,
      reason,
    });
    if (!report(result)) return;
    const { sale } = result.value;
    endExchange();
    showPaid({
      saleId: sale.saleId,
      receiptNumber: sale.receiptNumber,
      totalMinor: sale.totalMinor,
      changeMinor: dueMinor < 0 ? result.value.handedMinor : sale.changeMinor,
      pointsEarned: sale.pointsEarned,
      pointsRedeemed: sale.pointsRedeemed,
      newBalance: sale.newBalance,
      customerName: preview.points === null ? null : (useTillState.getState().glimpse?.displayName ?? ''),
      reachedTier: preview.programmes[0]?.tierAfter?.name ?? null,
      tenders,
    });
    playSound('paid');
  };
  return { settle, isRunning: command.isRunning };
}
