import { useQuery } from '@tanstack/react-query';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { hrefTo } from '../../ui/route.ts';

/** How many alerts wait for somebody in charge, and the way to them; nothing while none does. */
export function OpenAlerts(): ReactNode {
  const { t } = useTranslation('analytics');
  const format = useFormat();
  const open = useQuery(useApi().alerts.count.queryOptions()).data?.open ?? 0;
  if (open === 0) return null;
  return (
    <a className="analytics-alerts" href={hrefTo('alerts')}>
      <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
      {t('openAlerts', { count: open, shown: format.number(open) })}
      <ChevronRight size={18} strokeWidth={1.75} aria-hidden="true" />
    </a>
  );
}
