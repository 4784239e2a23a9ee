import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand, useOverride } from '../../ui/use-command.ts';

/** What can be taken back: one award or one earning sale's points. */
interface Undoable {
  readonly entryId: string;
  readonly points: number;
  readonly customerName: string;
}

interface UndoAward {
  /** `asManager` asks for the PIN first: the 5 minutes are over, or somebody else gave the points. */
  readonly undo: (award: Undoable, asManager: boolean) => Promise<boolean>;
  readonly isRunning: boolean;
}

/** Takes points back by a new entry; nothing is erased. */
export function useUndoAward(): UndoAward {
  const { t } = useTranslation('award');
  const format = useFormat();
  const report = useReport();
  const requestOverride = useOverride();
  const command = useCommand(useApiClient().points.undo);
  const undo = async (award: Undoable, asManager: boolean): Promise<boolean> => {
    const overrideId = asManager ? await requestOverride('points.undo-late') : null;
    if (asManager && overrideId === null) return false;
    const result = await command.run({
      entryId: award.entryId,
      ...(overrideId === null ? {} : { overrideIds: [overrideId] }),
    });
    if (!report(result)) return false;
    showToast({
      tone: 'neutral',
      title: t('toast.undone', { points: format.points(award.points, { sign: 'always' }), name: award.customerName }),
      detail:
        result.value.deductedMinor > 0
          ? t('toast.keep', { amount: format.money(result.value.deductedMinor) })
          : t('toast.balance', { points: format.points(result.value.newBalance) }),
    });
    return true;
  };
  return { undo, isRunning: command.isRunning };
}
