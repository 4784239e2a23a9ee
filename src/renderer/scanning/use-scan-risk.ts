import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useTranslation } from 'react-i18next';
import type { AppRouter } from '#backend/router.ts';
import { useApi, useApiClient } from '../ui/api-context.ts';
import { useReport } from '../ui/refusal-text.ts';
import { useMay } from '../ui/shop-context.ts';
import { useCommand } from '../ui/use-command.ts';

/** What stands against a sale or an award because of how its customer was scanned. */
export type ScanRisk = NonNullable<inferRouterOutputs<AppRouter>['scanning']['risk']>;

/** The risk of this customer's scan at this till, live; null for none, for nobody, and while it is not known. */
export function useScanRisk(customerId: string | null, isByScan: boolean): ScanRisk | null {
  const api = useApi();
  const mayScan = useMay('scan');
  const query = useQuery({
    ...api.scanning.risk.queryOptions({ customerId: customerId ?? '', isByScan }),
    enabled: customerId !== null && mayScan,
  });
  return customerId === null ? null : (query.data ?? null);
}

/** Whether a manager has to let it go on first. */
export function needsApproval(risk: ScanRisk | null): risk is ScanRisk {
  return risk?.risk === 'HIGH' && risk.approvedBy === null;
}

/** One line: what was seen, and what follows from it. */
export function useRiskWords(): (risk: ScanRisk) => string {
  const { t } = useTranslation('scanning');
  return ({ risk, reason, approvedBy }) => {
    const seen = t(`riskReason.${reason ?? 'pattern'}`);
    if (risk !== 'HIGH') return t('riskWatch', { seen });
    return approvedBy === null ? t('riskAsk', { seen }) : t('riskApproved', { seen, name: approvedBy });
  };
}

/** Asks for what a HIGH risk needs before a sale or an award goes on; true when it may. */
export function useLetGoOn(): (risk: ScanRisk | null) => Promise<boolean> {
  const approve = useCommand(useApiClient().scanning.approve);
  const report = useReport();
  return async (risk) => {
    if (!needsApproval(risk)) return true;
    const result = await approve.run({ scanId: risk.scanId });
    if (result.kind === 'refused' && result.refusal.reason === 'not-permitted') return false;
    return report(result);
  };
}
