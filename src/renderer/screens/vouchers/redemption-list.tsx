import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { hrefTo } from '../../ui/route.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import type { Redemption } from './vouchers-data.ts';

/** Takes back what was given outside a sale, with the reason. */
function TakeBack({ redemptionId, name }: { redemptionId: string; name: string }): ReactNode {
  const { t } = useTranslation('vouchers');
  const rollback = useCommand(useApiClient().vouchers.rollback);
  const report = useReport();
  const [isAsking, setIsAsking] = useState(false);
  const run = async (reason: string): Promise<void> => {
    if (!report(await rollback.run({ redemptionId, reason }))) return;
    setIsAsking(false);
    showToast({ tone: 'success', title: t('takeBack.done', { name }) });
  };
  return (
    <>
      <Button size="small" onPress={() => setIsAsking(true)}>
        {t('takeBack.open')}
      </Button>
      {isAsking && (
        <ReasonDialog
          title={t('takeBack.title', { name })}
          detail={t('takeBack.detail')}
          label={t('takeBack.why')}
          safeLabel={t('takeBack.keep')}
          actLabel={t('takeBack.act')}
          isBusy={rollback.isRunning}
          onAct={(reason) => void run(reason)}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}

function RedemptionRow({ redemption }: { redemption: Redemption }): ReactNode {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  const { customerId, customerName, saleId, receiptNumber, amountMinor, uses, usesBack, backMinor } = redemption;
  const isBack = usesBack >= uses;
  const name = customerName ?? t('redemptions.bearer');
  return (
    <li>
      {customerId === null ? <b>{name}</b> : <a href={hrefTo('customers', customerId)}>{name}</a>}{' '}
      <b>{format.money(amountMinor)}</b> {isBack && <Tag tone="warning">{t('redemptions.back')}</Tag>}
      {!isBack && backMinor > 0 && (
        <Tag tone="warning">{t('redemptions.partBack', { amount: format.money(backMinor) })}</Tag>
      )}
      <small className="is-muted">
        <DateText atMs={redemption.usedAtMs} /> · {redemption.staffName}
        {receiptNumber !== null && saleId !== null && (
          <>
            {' · '}
            <a href={hrefTo('till', 'sale', saleId)}>{t('redemptions.sale', { number: receiptNumber })}</a>
          </>
        )}
      </small>
      {!isBack && redemption.grantedKind !== null && <TakeBack redemptionId={redemption.redemptionId} name={name} />}
    </li>
  );
}

/** Redemptions, each with who, how much, when and where, and what was given back of it. */
export function RedemptionRows({ redemptions }: { redemptions: readonly Redemption[] }): ReactNode {
  return (
    <ul>
      {redemptions.map((redemption) => (
        <RedemptionRow key={redemption.redemptionId} redemption={redemption} />
      ))}
    </ul>
  );
}

/** The last redemptions of a campaign, asked for when they are looked at. */
export function RedemptionList({ campaignId }: { campaignId: string }): ReactNode {
  const { t } = useTranslation('vouchers');
  const [isOpen, setIsOpen] = useState(false);
  const found = useQuery(useApi().vouchers.redemptions.queryOptions({ campaignId }, { enabled: isOpen }));
  return (
    <details className="voucher-fold" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('redemptions.title')}</summary>
      {isOpen && found.isPending && <Skeleton rows={3} />}
      {found.data?.length === 0 && <p className="is-muted is-small">{t('redemptions.none')}</p>}
      {found.data !== undefined && found.data.length > 0 && <RedemptionRows redemptions={found.data} />}
    </details>
  );
}
