import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { showToast } from '../../ui/toast.tsx';

/** Recomputes the log's chain from its first row: a row changed behind the console's back shows. */
export function VerifyChain(): ReactNode {
  const { t } = useTranslation('activity');
  const format = useFormat();
  const [isAsked, setIsAsked] = useState(false);
  const check = useQuery(
    useApi().activity.verifyChain.queryOptions(undefined, { enabled: isAsked, staleTime: 0, gcTime: 0 }),
  );
  useEffect(() => {
    if (!isAsked || check.isFetching) return;
    if (check.data !== undefined) {
      const { ok, rows, brokenAtSeq } = check.data;
      showToast({
        tone: ok ? 'success' : 'danger',
        title: ok ? t('chain.whole') : t('chain.broken', { seq: format.number(brokenAtSeq ?? 0) }),
        detail: t('chain.rows', { count: rows, formatted: format.number(rows) }),
        durationMs: ok ? 6000 : null,
      });
    }
    setIsAsked(false);
  }, [isAsked, check.isFetching, check.data, t, format]);
  return (
    <Button icon={<ShieldCheck />} isBusy={check.isFetching} onPress={() => setIsAsked(true)}>
      {t('chain.check')}
    </Button>
  );
}
