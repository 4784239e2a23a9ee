import type { useApiClient } from '../../../ui/api-context.ts';

type Points = ReturnType<typeof useApiClient>['points'];

/** What the back end answers, by the names that these screens use. */
export type ProgrammeDetail = Awaited<ReturnType<Points['programmeDetail']['query']>>;
export type ProgrammeRow = Awaited<ReturnType<Points['programmes']['query']>>[number];
export type WhatIf = Awaited<ReturnType<Points['whatIf']['query']>>;
export type WhatIfResult = NonNullable<WhatIf['result']>;
export type Liability = Awaited<ReturnType<Points['liability']['query']>>;

/** A value whose numbers may be missing while somebody types. */
export type Loose<T> = T extends unknown
  ? { readonly [K in keyof T]: number extends T[K] ? T[K] | null : T[K] }
  : never;
