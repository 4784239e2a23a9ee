import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usualRefundTender } from '#shop/till/decide-refund.ts';
import type { PayingKind, TenderKind } from '#shop/till/sale.ts';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { Points } from '../../../ui/points-text.tsx';
import { useRefusalText, useReport } from '../../../ui/refusal-text.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { navigateTo } from '../../../ui/route.ts';
import { playSound } from '../../../ui/sounds.ts';
import { resultOfError, useCommand } from '../../../ui/use-command.ts';
import { PAYING_KINDS, TENDER_KINDS } from '../order/charge-bar.tsx';
import { startExchange } from '../start-exchange.ts';
import type { RefundPreview, SaleDetail } from '../till-types.ts';
import { leftOf, RefundLine } from './refund-line.tsx';
import { type RefundCard, RefundToCard } from './refund-to-card.tsx';
import { NewCard, ValueBack } from './value-back.tsx';
import { WhyDetails } from './why-details.tsx';
import { useNamesOf } from './why-numbers.tsx';

interface RefundPanelProps {
  readonly detail: SaleDetail;
  readonly onClose: () => void;
  readonly onDone: (refundId: string, receiptNumber: string) => void;
}

/** The way in which most of the sale was paid. */
function usualTender({ tenders }: SaleDetail): TenderKind {
  return usualRefundTender(
    tenders.flatMap(({ kind, amountMinor }) =>
      kind === 'cash' || kind === 'card' || kind === 'other' ? [{ kind, amountMinor }] : [],
    ),
  );
}

/** Gives back some or all of a sale: which lines, what comes back and what is taken from the points, then how and why. */
export function RefundPanel({ detail, onClose, onDone }: RefundPanelProps): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState('');
  const [tenderKind, setTenderKind] = useState<PayingKind>(() => usualTender(detail));
  const [toCard, setToCard] = useState<RefundCard>({ kind: 'new' });
  const lines = Object.entries(chosen).flatMap(([lineId, quantityThousandths]) =>
    quantityThousandths > 0 ? [{ lineId, quantityThousandths }] : [],
  );
  const { preview, refusal } = useRefundPreview(detail.saleId, lines, tenderKind);
  // All of it goes back to where it came from: there is nothing to hand over.
  const isStored = preview !== null && preview.value.stored.length > 0 && leftToHand(preview) === 0;
  const handedIn = isStored ? 'cash' : tenderKind;
  const isToCard = handedIn === 'gift-card' && toCard.kind === 'known';
  const accountId = isToCard ? toCard.accountId : null;
  const { refund, isRunning, card, close } = useRefund(onDone);
  const names = useNamesOf(detail);
  const exchange = (): void => {
    startExchange(detail, { lines, reason: reason.trim() }, Date.now());
    navigateTo('till');
  };
  const refundable = detail.lines.filter((line) => leftOf(line) > 0);
  const isAll = refundable.every((line) => chosen[line.lineId] === leftOf(line));
  if (card !== null) {
    return (
      <SidePanel title={t('refund.title', { number: detail.receiptNumber })} size="medium" onClose={close}>
        <NewCard {...card} onClose={close} />
      </SidePanel>
    );
  }
  return (
    <SidePanel
      title={t('refund.title', { number: detail.receiptNumber })}
      size="medium"
      needsAnswer
      onClose={onClose}
      footer={
        <>
          <Button size="primary" isDisabled={preview === null || reason.trim() === ''} onPress={exchange}>
            {t('exchange.begin')}
          </Button>
          <Button
            kind="primary"
            size="primary"
            isFullWidth
            isBusy={isRunning}
            isDisabled={preview === null || reason.trim() === '' || (isToCard && accountId === null)}
            onPress={() =>
              void refund({
                ...{ saleId: detail.saleId, lines, tenderKind: handedIn, reason: reason.trim() },
                ...(accountId === null ? {} : { accountId }),
              })
            }
          >
            {preview === null ? t('refund.chooseFirst') : t('refund.act', { amount: format.money(handedOf(preview)) })}
          </Button>
        </>
      }
    >
      <div className="refund">
        <div>
          <Button
            onPress={() =>
              setChosen(isAll ? {} : Object.fromEntries(refundable.map((line) => [line.lineId, leftOf(line)])))
            }
          >
            {isAll ? t('refund.nothing') : t('refund.everything')}
          </Button>
        </div>
        <ul aria-label={t('sale.lines')}>
          {refundable.map((line) => (
            <RefundLine
              key={line.lineId}
              line={line}
              chosenThousandths={chosen[line.lineId] ?? 0}
              amountMinor={preview?.lines.find((each) => each.lineId === line.lineId)?.amountMinor ?? null}
              onChange={(quantityThousandths) => setChosen({ ...chosen, [line.lineId]: quantityThousandths })}
            />
          ))}
        </ul>
        {refusal !== null && <p role="alert">{refusal}</p>}
        {preview !== null && <RefundSum preview={preview} />}
        {preview !== null && (
          <WhyDetails of={t('refund.title', { number: detail.receiptNumber })} trace={preview.trace} names={names} />
        )}
        {!isStored && (
          <Segmented
            isWide
            label={t('refund.how')}
            value={tenderKind}
            segments={(detail.customerId === null ? [...TENDER_KINDS, 'gift-card' as const] : PAYING_KINDS).map(
              (kind) => ({ id: kind, label: t(`tender.${kind}`) }),
            )}
            onChange={setTenderKind}
          />
        )}
        {handedIn === 'gift-card' && <RefundToCard card={toCard} onChange={setToCard} />}
        <TextField
          label={t('refund.reason')}
          hint={t('refund.reasonHint')}
          placeholder={t('refund.reasonPlaceholder')}
          value={reason}
          onChange={setReason}
          maxLength={200}
        />
      </div>
    </SidePanel>
  );
}

type ChosenLine = { readonly lineId: string; readonly quantityThousandths: number };

function useRefundPreview(saleId: string, lines: ChosenLine[], tenderKind: PayingKind) {
  const api = useApi();
  const query = useQuery({
    ...api.till.previewRefund.queryOptions({ saleId, lines, tenderKind }),
    enabled: lines.length > 0,
    placeholderData: keepPreviousData,
  });
  const words = useRefusalText();
  const isAsked = lines.length > 0;
  const failed = query.error === null ? null : resultOfError(query.error);
  const preview: RefundPreview | null = isAsked && query.error === null ? (query.data ?? null) : null;
  return { preview, refusal: isAsked && failed?.kind === 'refused' ? words(failed.refusal) : null };
}

function useRefund(onDone: RefundPanelProps['onDone']) {
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.refund);
  const [done, setDone] = useState<Awaited<ReturnType<typeof client.till.refund.mutate>> | null>(null);
  const refund = async (input: Parameters<typeof command.run>[0]): Promise<void> => {
    const result = await command.run(input);
    if (!report(result)) return;
    playSound('paid');
    const isNewCard = result.value.credit?.code != null && input.accountId === undefined;
    if (isNewCard) setDone(result.value);
    else onDone(result.value.refundId, result.value.receiptNumber);
  };
  const code = done?.credit?.code ?? null;
  const card = code === null ? null : { code, amountMinor: done?.credit?.amountMinor ?? 0 };
  const close = (): void => {
    if (done !== null) onDone(done.refundId, done.receiptNumber);
  };
  return { refund, isRunning: command.isRunning, card, close };
}

/** What goes back: not what is kept for points that are no longer there. */
function handedOf({ amountMinor, deductedMinor }: RefundPreview): number {
  return amountMinor - deductedMinor;
}

/** What is handed over: not what goes back to credit, cards and passes. */
function leftToHand(preview: RefundPreview): number {
  return preview.value.stored.reduce((left, { amountMinor }) => left - amountMinor, handedOf(preview));
}

/** What goes back to the customer and what is taken from the points. */
function RefundSum({ preview }: { preview: RefundPreview }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <dl className="refund-sum sale-facts" aria-live="polite">
      {preview.cashRoundingMinor !== 0 && (
        <>
          <dt>{t('totals.rounding')}</dt>
          <dd>
            <Money minor={preview.cashRoundingMinor} />
          </dd>
        </>
      )}
      {preview.deductedMinor > 0 && (
        <>
          <dt>{t('refund.deducted')}</dt>
          <dd>
            <Money minor={-preview.deductedMinor} />
          </dd>
        </>
      )}
      <dt className="is-main">{t('refund.back')}</dt>
      <dd className="is-main">
        <Money minor={handedOf(preview)} />
      </dd>
      <ValueBack value={preview.value} />
      {preview.value.stored.length > 0 && (
        <>
          <dt>{t('refund.toHand')}</dt>
          <dd>
            <Money minor={leftToHand(preview)} />
          </dd>
        </>
      )}
      {preview.pointsReversed > 0 && (
        <>
          <dt>{t('refund.points')}</dt>
          <dd>
            <Points points={-preview.pointsReversed} />
          </dd>
        </>
      )}
      {preview.pointsReturned > 0 && (
        <>
          <dt>{t('refund.pointsReturned')}</dt>
          <dd>
            <Points points={preview.pointsReturned} sign="always" />
          </dd>
        </>
      )}
      {preview.adjustments.map((adjusted) => (
        <Fragment key={adjusted.programId}>
          <dt>{t('refund.adjusted')}</dt>
          <dd>
            <Points points={adjusted.points} sign="always" />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}
