import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showUndo } from '../../ui/toast.tsx';
import { useCommand, useOverride } from '../../ui/use-command.ts';
import { awardFigure } from './award-data.ts';
import { startNextAward, useAwardDraft } from './award-state.ts';
import { UNDO_REACH_MS } from './just-awarded.tsx';
import { useUndoAward } from './use-undo-award.ts';

interface ReceiptUsed {
  readonly receiptNumber: string;
  readonly byName: string;
  readonly atMs: number;
}

interface GiveAward {
  readonly give: () => Promise<void>;
  readonly isRunning: boolean;
  /** The receipt number of the draft was used before; then `give` asks for a manager's PIN first. */
  readonly receiptUsed: ReceiptUsed | null;
  readonly isNoteMissing: boolean;
  readonly askForNote: () => void;
  readonly newestEntryId: string | null;
}

/** Gives the points of the draft: the command, what may come back, the undo offered for 5 minutes. */
export function useGiveAward(customerName: string): GiveAward {
  const { t } = useTranslation('award');
  const format = useFormat();
  const report = useReport();
  const requestOverride = useOverride();
  const command = useCommand(useApiClient().points.award);
  const undoAward = useUndoAward();
  const draft = useAwardDraft();
  const [used, setUsed] = useState<ReceiptUsed | null>(null);
  const [isNoteAsked, setIsNoteAsked] = useState(false);
  const [newestEntryId, setNewestEntryId] = useState<string | null>(null);
  const receiptNumber = draft.receiptNumber.trim();
  const receiptUsed = used?.receiptNumber === receiptNumber && receiptNumber !== '' ? used : null;
  useEffect(() => {
    if (draft.note.trim() !== '') setIsNoteAsked(false);
  }, [draft.note]);

  const give = async (): Promise<void> => {
    if (draft.customerId === null) return;
    const overrideId = receiptUsed === null ? null : await requestOverride('points.adjust');
    if (receiptUsed !== null && overrideId === null) return;
    const note = draft.note.trim();
    const result = await command.run({
      customerId: draft.customerId,
      reason: draft.reason,
      ...awardFigure(draft),
      ...(note === '' ? {} : { note }),
      ...(receiptNumber === '' || draft.reason !== 'purchase' ? {} : { receiptNumber }),
      ...(overrideId === null ? {} : { overrideIds: [overrideId] }),
    });
    if (result.kind === 'refused' && result.refusal.reason === 'receipt-number-used') {
      const { byName, atMs } = result.refusal.facts;
      setUsed({ receiptNumber, byName: String(byName ?? '–'), atMs: Number(atMs ?? 0) });
      return;
    }
    if (result.kind === 'refused' && result.refusal.reason === 'note-required') setIsNoteAsked(true);
    if (!report(result)) return;
    const { entryId, points, newBalance } = result.value;
    setNewestEntryId(entryId);
    setUsed(null);
    startNextAward();
    showUndo({
      title: t('toast.awarded', { points: format.points(points, { sign: 'always' }), name: customerName }),
      detail: t('toast.balance', { points: format.points(newBalance) }),
      undoLabel: t('last.undo'),
      reachMs: UNDO_REACH_MS,
      onUndo: () => void undoAward.undo({ entryId, points, customerName }, false),
    });
  };
  return {
    give,
    isRunning: command.isRunning,
    receiptUsed,
    isNoteMissing: isNoteAsked,
    askForNote: () => setIsNoteAsked(true),
    newestEntryId,
  };
}
