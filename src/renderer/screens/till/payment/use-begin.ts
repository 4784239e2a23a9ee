import { useApiClient } from '../../../ui/api-context.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { changePayment, noteRevision, useTillState } from '../till-state.ts';
import { explainLostDraft } from '../use-drafts.ts';
import { toInput } from '../use-preview.ts';
import { dropRefusedPart } from './drop-parts.ts';
import { useNewNumbers } from './use-new-numbers.ts';

/** Makes the sale pending and freezes its prices, which come to the total on screen, while the customer pays elsewhere. */
export function useBegin(
  kind: 'card' | 'other',
  flush: () => Promise<boolean>,
  expectedTotalMinor: number,
): { begin: (amountMinor: number) => Promise<void>; isBeginning: boolean } {
  const client = useApiClient();
  const report = useReport();
  const askAnew = useNewNumbers();
  const command = useCommand(client.till.beginPayment);
  const begin = async (amountMinor: number): Promise<void> => {
    if (!(await flush())) return changePayment({ failure: 'not-started' });
    const { draft, revision, view } = useTillState.getState();
    const taken = view.kind === 'payment' ? view.tenders.filter(({ accountId }) => accountId !== undefined) : [];
    const result = await command.run({
      draft: toInput(draft),
      tender: { kind, amountMinor },
      taken,
      expectedTotalMinor,
      ...(revision === 0 ? {} : { revision }),
    });
    if (result.kind === 'done') {
      noteRevision(draft.saleId, result.value.revision);
      changePayment({ waiting: { tenderId: result.value.tenderId, kind, amountMinor }, failure: null, hasBegun: true });
    } else if (!explainLostDraft(result)) {
      report(result);
      changePayment({ failure: 'not-started' });
      if (result.kind === 'refused') {
        dropRefusedPart(result.refusal);
        await askAnew(result.refusal);
      }
    }
  };
  return { begin, isBeginning: command.isRunning };
}
