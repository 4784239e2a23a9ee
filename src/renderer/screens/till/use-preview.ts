import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SaleDraft, TenderKind } from '#shop/till/sale.ts';
import { useApi } from '../../ui/api-context.ts';
import type { TillPreview } from './till-types.ts';

/** Long enough to swallow a burst of taps, short enough that a line and its price seem to come together. */
const SETTLE_MS = 40;

/** The draft as it stands once a burst of changes is over. */
export function useSettledDraft(draft: SaleDraft): SaleDraft {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return settled;
}

export interface LivePreview {
  /** The last numbers known for this sale; they stay on screen while newer ones are computed. */
  readonly preview: TillPreview | null;
  /** True when the numbers are those of the draft as it stands now: only then may it be charged. */
  readonly isCurrent: boolean;
  readonly failed: boolean;
  readonly retry: () => void;
}

/** Prices the sale as it stands, by the rule that will commit it. Never blocks: the last numbers stay until new ones come. */
export function usePreview(draft: SaleDraft, tenderKind: TenderKind): LivePreview {
  const api = useApi();
  const settled = useSettledDraft(draft);
  const query = useQuery({
    ...api.till.preview.queryOptions({ draft: toInput(settled), tenderKind }),
    enabled: hasNumbers(settled),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const isOfThisSale = hasNumbers(draft);
  return {
    preview: isOfThisSale ? (query.data ?? null) : null,
    isCurrent: isOfThisSale && settled === draft && query.isSuccess && !query.isPlaceholderData,
    failed: isOfThisSale && query.isError,
    retry: () => void query.refetch(),
  };
}

/** A sale with lines, or one that only knows yet what comes back or which vouchers are asked for. */
function hasNumbers({ lines, exchange, vouchers = [] }: SaleDraft): boolean {
  return lines.length > 0 || exchange !== undefined || vouchers.length > 0;
}

/** The draft in the shape of the procedure's input, whose arrays are not read-only. */
export function toInput(draft: SaleDraft): Omit<SaleDraft, 'lines'> & { lines: SaleDraft['lines'][number][] } {
  return { ...draft, lines: [...draft.lines] };
}
