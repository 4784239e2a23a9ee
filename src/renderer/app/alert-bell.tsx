import { useQuery } from '@tanstack/react-query';
import { Bell, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useApi } from '../ui/api-context.ts';
import { useFormat } from '../ui/format.ts';
import { navigateTo } from '../ui/route.ts';
import { useMay } from '../ui/shop-context.ts';

/** For whoever may look at alerts: how many wait, and the way to them. */
export function AlertBell(): ReactNode {
  return useMay('alerts.read') ? <Bells /> : null;
}

function Bells(): ReactNode {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const counted = useQuery(useApi().alerts.count.queryOptions()).data;
  const open = counted?.open ?? 0;
  const none = counted === undefined ? t('screens.alerts') : t('alerts.none');
  const Icon = open === 0 ? Bell : TriangleAlert;
  return (
    <Button
      className={open === 0 ? 'top-chip' : 'top-chip is-alert'}
      aria-label={open === 0 ? none : t('alerts.open', { count: open })}
      onPress={() => navigateTo('alerts')}
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      {open > 0 && <span>{format.number(open)}</span>}
    </Button>
  );
}
