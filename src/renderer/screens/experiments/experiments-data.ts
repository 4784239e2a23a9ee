import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import type { Tone } from '../../ui/tag.tsx';
import { useApi } from '../../ui/api-context.ts';

type Outputs = inferRouterOutputs<AppRouter>;
export type ListedExperiment = Outputs['experiments']['list'][number];
export type ExperimentDetail = Outputs['experiments']['detail'];

export const STATUS_TONES: Readonly<Record<ListedExperiment['status'], Tone>> = {
  draft: 'neutral',
  running: 'success',
  ended: 'info',
};

export function useExperiments() {
  return useQuery(useApi().experiments.list.queryOptions());
}

/** One experiment with its arms as they stand. */
export function useExperiment(experimentId: string) {
  return useQuery(useApi().experiments.detail.queryOptions({ experimentId }));
}

/** The campaigns that an arm can show, by name. */
export function useShowable(): readonly { readonly id: string; readonly label: string }[] {
  const found = useQuery(useApi().vouchers.list.queryOptions({ tab: 'all', query: '' }));
  return (found.data?.rows ?? [])
    .filter(({ standing }) => standing !== 'draft' && standing !== 'ended')
    .map(({ campaignId, name }) => ({ id: campaignId, label: name }));
}
