import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect, useState } from 'react';
import type { AppRouter } from '#backend/router.ts';
import { useApi } from '../../ui/api-context.ts';
import type { AwardDraft } from './award-state.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type Customer = Outputs['customers']['get'];
export type FoundCustomer = Outputs['customers']['search'][number];
export type RecentAward = Outputs['points']['recentAwards'][number];
export type AwardPreview = Outputs['points']['previewAward'];
export type Programme = Outputs['points']['programme'];

const RECENT_SHOWN = 20;
const FOUND_SHOWN = 6;

export function useAwardCustomer(customerId: string | null) {
  return useQuery(
    useApi().customers.get.queryOptions({ customerId: customerId ?? '' }, { enabled: customerId !== null }),
  );
}

/** What the customer has in the main programme: level and rewards; undefined until it is known. */
export function useMainPosition(customerId: string | null) {
  const query = useQuery(
    useApi().points.position.queryOptions({ customerId: customerId ?? '' }, { enabled: customerId !== null }),
  );
  return query.data?.programmes.find((each) => each.isMain);
}

export function useFoundCustomers(text: string) {
  return useQuery(
    useApi().customers.search.queryOptions(
      { text, limit: FOUND_SHOWN },
      { enabled: text.trim() !== '', placeholderData: keepPreviousData },
    ),
  );
}

export function useProgramme() {
  return useQuery(useApi().points.programme.queryOptions());
}

/** The last awards and earning sales of this till, for "Just awarded". */
export function useRecentAwards() {
  return useQuery(
    useApi().points.recentAwards.queryOptions({ limit: RECENT_SHOWN }, { placeholderData: keepPreviousData }),
  );
}

/** The signed points of a draft whose reason counts points; null for a purchase. */
export function draftPoints(draft: AwardDraft): number | null {
  if (draft.reason === 'purchase') return null;
  return draft.isNegative ? -draft.value : draft.value;
}

/** What is asked of the rule: money for a purchase, points otherwise. */
export function awardFigure(draft: AwardDraft): { amountMinor: number } | { points: number } {
  const points = draftPoints(draft);
  return points === null ? { amountMinor: draft.value } : { points };
}

/** The points this draft would give, by the rule that will give them. The last answer stays while the next is on its way. */
export function useAwardPreview(draft: AwardDraft) {
  const figure = useSettled(draft, 60);
  return useQuery(
    useApi().points.previewAward.queryOptions(
      { customerId: figure.customerId, reason: figure.reason, ...awardFigure(figure) },
      { enabled: figure.value > 0, placeholderData: keepPreviousData },
    ),
  );
}

/** The value once it has rested for `restMs`; quick typing asks once. */
function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value, restMs]);
  return settled;
}
