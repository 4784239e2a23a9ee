import type { TenderDraft } from '#shop/till/sale.ts';
import { useApiClient } from '../../../ui/api-context.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { playSound } from '../../../ui/sounds.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { moneyKindOf } from '../sale-draft.ts';
import { showPaid, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';
import { dropRefusedPart } from './drop-parts.ts';
import { explainLostDraft } from '../use-drafts.ts';
import { toInput } from '../use-preview.ts';
import { useNewNumbers } from './use-new-numbers.ts';

export interface Charge {
  /** Completes the sale with these tenders; once, however often it is pressed. True when it is paid. */
  readonly complete: (tenders: readonly TenderDraft[]) => Promise<boolean>;
  /** Brings the saved draft up to date; a payment that begins elsewhere starts from it. */
  readonly flush: () => Promise<boolean>;
  readonly isRunning: boolean;
}

/** The commands that end a sale. `flush` brings the draft up to date first, so that no late save meets a paid sale. */
export function useCharge(preview: TillPreview, customerName: string | null, flush: () => Promise<boolean>): Charge {
  const client = useApiClient();
  const askAnew = useNewNumbers();
  const report = useReport();
  const command = useCommand(client.till.completeSale);
  const complete = async (tenders: readonly TenderDraft[]): Promise<boolean> => {
    if (!(await flush())) return false;
    const { draft, revision, view } = useTillState.getState();
    const tenderKind = moneyKindOf(view.kind === 'payment' ? view.method : 'cash');
    const result = await command.run({
      draft: toInput(draft),
      tenders: [...tenders],
      expectedTotalMinor: preview.priced.totalMinor,
      ...(preview.exchange === null
        ? {}
        : { exchange: { expectedReturnedMinor: preview.exchange.returnedMinor, tenderKind } }),
      ...(revision === 0 ? {} : { revision }),
    });
    if (result.kind === 'done') {
      showPaid({
        ...result.value,
        customerName,
        reachedTier: preview.programmes[0]?.tierAfter?.name ?? null,
        tenders,
      });
      playSound('paid');
      return true;
    }
    if (explainLostDraft(result)) return false;
    report(result);
    if (result.kind === 'refused') {
      dropRefusedPart(result.refusal);
      await askAnew(result.refusal);
    }
    return false;
  };
  return { complete, flush, isRunning: command.isRunning };
}
