import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#backend/router.ts';
import type { SegmentRule } from '#shop/customers/segment-rule.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';

type Outputs = inferRouterOutputs<AppRouter>;

export type MergePreview = Outputs['customers']['previewMerge'];
export type ProposedDuplicate = Outputs['customers']['duplicates']['customers'][number];
export type OwnField = Outputs['customers']['fields']['fields'][number];
export type SegmentMember = Outputs['segments']['members']['members'][number];
export type Segment = Outputs['segments']['list']['segments'][number];

/** Who may be the same person as this customer. */
export function useDuplicates(customerId: string) {
  return useQuery(useApi().customers.duplicates.queryOptions({ customerId }));
}

/** Who may be the person that is being typed; nothing is asked before there are two words or a contact. */
export function useSimilar(person: { readonly name: string; readonly phone: string; readonly email: string }) {
  const { name, phone, email } = person;
  const isWorthAsking = name.trim().includes(' ') || phone.replace(/\D/g, '').length >= 6 || email.includes('@');
  return useQuery(
    useApi().customers.similar.queryOptions(
      { name, phone, email },
      { enabled: isWorthAsking, placeholderData: keepPreviousData },
    ),
  );
}

export function useMergePreview(fromCustomerId: string, intoCustomerId: string) {
  return useQuery(useApi().customers.previewMerge.queryOptions({ fromCustomerId, intoCustomerId }));
}

/** The shop's own fields and its wording of consent. */
export function useOwnFields() {
  return useQuery(useApi().customers.fields.queryOptions()).data ?? null;
}

export function useSegments() {
  return useQuery(useApi().segments.list.queryOptions());
}

/** How many customers a rule holds; null while it is counted. */
export function useSegmentCount(rule: SegmentRule): number | null {
  const counted = useQuery(useApi().segments.count.queryOptions({ rule }, { placeholderData: keepPreviousData }));
  return counted.data?.count ?? null;
}

const MEMBERS_A_PAGE = 100;

/** Who is in a segment, by name, page by page. */
export function useSegmentMembers(segmentId: string) {
  const client = useApiClient();
  const asked = { segmentId, limit: MEMBERS_A_PAGE };
  // Written out, because the adapter's own infinite options send a `direction` that the procedure does not know.
  return useInfiniteQuery({
    queryKey: [['segments', 'members'], { input: asked, type: 'infinite' }],
    queryFn: ({ pageParam }) => client.segments.members.query({ ...asked, after: pageParam }),
    initialPageParam: null as { name: string; customerId: string } | null,
    getNextPageParam: (page) => page.next,
  });
}
