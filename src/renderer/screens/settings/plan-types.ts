import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import { useApi } from '../../ui/api-context.ts';

export type PassPlan = inferRouterOutputs<AppRouter>['passes']['plans'][number];

/** What passes can be made of, those in use first. */
export function usePassPlans() {
  return useQuery(useApi().passes.plans.queryOptions());
}
