import { useApiClient } from '../../../ui/api-context.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { changePayment, useTillState } from '../till-state.ts';

/** Records that the waiting tender came to nothing; the sale goes on as it was. */
export function useFailTender(): {
  run: (reason: 'declined' | 'amount-changed') => Promise<boolean>;
  isRunning: boolean;
} {
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.failTender);
  const run = async (reason: 'declined' | 'amount-changed'): Promise<boolean> => {
    const { view, draft } = useTillState.getState();
    if (view.kind !== 'payment' || view.waiting === null) return false;
    const result = await command.run({ saleId: draft.saleId, tenderId: view.waiting.tenderId, reason });
    if (!report(result)) return false;
    changePayment({ waiting: null, failure: reason === 'declined' ? 'declined' : null });
    return true;
  };
  return { run, isRunning: command.isRunning };
}
