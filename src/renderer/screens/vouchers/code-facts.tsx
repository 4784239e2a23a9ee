import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { hrefTo } from '../../ui/route.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { RedemptionRows } from './redemption-list.tsx';
import { RevokeCode } from './revoke-code.tsx';
import type { ShownCode } from './vouchers-data.ts';

const USES_SHOWN = 5;

/** Gives its holder a new code of the same campaign for one that is over (C-36). */
function GiveAnew({ code, onDone }: { code: ShownCode; onDone: () => void }): ReactNode {
  const { t } = useTranslation('vouchers');
  const reissue = useCommand(useApiClient().vouchers.reissue);
  const report = useReport();
  const run = async (): Promise<void> => {
    const result = await reissue.run({ voucherId: code.voucherId });
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('anew.done', { name: code.holder?.name }), detail: result.value.code });
    onDone();
  };
  return (
    <Button isBusy={reissue.isRunning} onPress={() => void run()}>
      {t('anew.act')}
    </Button>
  );
}

/** How often a code was used of how often it can be, whose it is, and until when. */
function useCodeWords(): (code: ShownCode) => string {
  const { t } = useTranslation('vouchers');
  const format = useFormat();
  return ({ usageLimit, usageCount, endsAtMs, revokedAtMs }) => {
    const used = t('code.used', { count: usageCount, times: format.number(usageCount) });
    const day = (atMs: number): string => format.day(atMs, shopNowMs());
    return [
      usageCount === 0
        ? t('code.unused')
        : usageLimit === null
          ? used
          : t('code.usedOf', { used, limit: format.number(usageLimit) }),
      endsAtMs === null ? t('list.noEnd') : t('check.until', { date: day(endsAtMs - 1) }),
      ...(revokedAtMs === null ? [] : [t('code.revoked', { date: day(revokedAtMs) })]),
    ].join(' · ');
  };
}

/** What is known of a code that was checked, and what can be done with this one: withdraw it, give it anew, take back. */
export function CodeFacts({ code, onDone }: { code: string; onDone: () => void }): ReactNode {
  const api = useApi();
  const words = useCodeWords();
  const mayEdit = useMay('vouchers.edit');
  const mayGive = useMay('vouchers.give');
  const known = useQuery(api.vouchers.code.queryOptions({ code })).data;
  const { campaignId = '', voucherId = null } = known ?? {};
  const asked = { campaignId, voucherId, limit: USES_SHOWN };
  const uses = useQuery(api.vouchers.redemptions.queryOptions(asked, { enabled: known !== undefined })).data ?? [];
  if (known === undefined) return null;
  const { status, holder, isForAll, endsAtMs } = known;
  const isWithdrawn = status === 'revoked' || status === 'expired';
  const hasEnded = endsAtMs !== null && endsAtMs <= shopNowMs();
  return (
    <div className="vouchers-code">
      <p>
        <a href={hrefTo('vouchers', campaignId)}>{known.name}</a>
        {holder !== null && (
          <>
            {' · '}
            <a href={hrefTo('customers', holder.customerId)}>{holder.name}</a>
          </>
        )}
        <small className="is-muted">{words(known)}</small>
      </p>
      {uses.length > 0 && <RedemptionRows redemptions={uses} />}
      <div className="vouchers-code-acts">
        {mayEdit && !isForAll && !isWithdrawn && status !== 'redeemed' && !hasEnded && (
          <RevokeCode voucherId={known.voucherId} code={known.code} onDone={onDone} />
        )}
        {mayGive && holder !== null && status !== 'redeemed' && (isWithdrawn || hasEnded) && (
          <GiveAnew code={known} onDone={onDone} />
        )}
      </div>
    </div>
  );
}
