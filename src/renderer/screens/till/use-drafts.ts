import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { newOperationId } from '../../api.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { type Command, type CommandResult, useCommand } from '../../ui/use-command.ts';
import { atCurrentPrices, isEmptyDraft } from './sale-draft.ts';
import {
  noteRevision,
  openDraft,
  openOverlay,
  resumePayment,
  startSale,
  type TillState,
  useTillState,
} from './till-state.ts';
import type { Catalogue, SavedDraft } from './till-types.ts';
import { toInput } from './use-preview.ts';

/** A pause in the tapping; short, because what is not saved is lost with the power. */
const SAVE_AFTER_MS = 200;

type SaveInput = { draft: ReturnType<typeof toInput>; revision: number; isHeld: boolean };
type SaveDraft = Command<SaveInput, { revision: number }>;

export interface DraftKeeper {
  /** Sales waiting in this till, the oldest first, without the one on screen. */
  readonly others: readonly SavedDraft[];
  /** Saves what is not yet saved; false when the database refused or did not answer. */
  readonly flush: () => Promise<boolean>;
  /** Puts the sale on screen aside under a name. */
  readonly hold: (label: string) => Promise<boolean>;
  /** Puts the sale on screen aside and goes on with another. */
  readonly resume: (saved: SavedDraft, labelForCurrent: string) => Promise<void>;
  readonly startNew: (labelForCurrent: string) => Promise<void>;
  readonly discard: (saleId: string) => Promise<boolean>;
  /** The sale as it is saved now; null when it is no longer waiting. */
  readonly reload: (saleId: string) => Promise<SavedDraft | null>;
}

/** Words a refused save: another window went on with this sale, or it has been paid. True when it was one of those. */
export function explainLostDraft(result: CommandResult<unknown>): boolean {
  if (result.kind !== 'refused') return false;
  const { reason, facts } = result.refusal;
  if (reason === 'draft-changed-elsewhere') openOverlay({ kind: 'changed-elsewhere' });
  else if (reason === 'sale-already-completed') {
    openOverlay({
      kind: 'already-paid',
      receiptNumber: String(facts.receiptNumber ?? ''),
      atMs: Number(facts.atMs ?? 0),
    });
  } else return false;
  return true;
}

function needsSaving(state: TillState, sent: { saleId: string; changes: number }): boolean {
  if (state.changes === 0 || state.view.kind === 'paid') return false;
  if (isEmptyDraft(state.draft) && state.revision === 0) return false;
  return sent.saleId !== state.draft.saleId || sent.changes !== state.changes;
}

/** Saves the sale on screen a moment after each change, one save at a time, the newest state last. */
function useSaving(command: SaveDraft): { flush: () => Promise<boolean>; send: (isHeld: boolean) => Promise<boolean> } {
  const report = useReport();
  const sent = useRef({ saleId: '', changes: 0 });
  const chain = useRef<Promise<boolean>>(Promise.resolve(true));

  const send = useCallback(
    (isHeld: boolean): Promise<boolean> => {
      const next = chain.current.then(async () => {
        const state = useTillState.getState();
        if (!isHeld && !needsSaving(state, sent.current)) return true;
        const { draft, revision, changes } = state;
        const result = await command.run({ draft: toInput(draft), revision, isHeld });
        if (result.kind === 'done') {
          sent.current = { saleId: draft.saleId, changes };
          noteRevision(draft.saleId, result.value.revision);
          return true;
        }
        if (!explainLostDraft(result)) report(result);
        return false;
      });
      chain.current = next.catch(() => false);
      return chain.current;
    },
    [command.run, report],
  );
  const flush = useCallback(() => send(false), [send]);

  useEffect(() => {
    const timer = { id: setTimeout(() => undefined, 0) };
    const stop = useTillState.subscribe((state, before) => {
      if (state.changes === before.changes && state.draft.saleId === before.draft.saleId) return;
      clearTimeout(timer.id);
      timer.id = setTimeout(() => void flush(), SAVE_AFTER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer.id);
      void flush();
    };
  }, [flush]);
  return { flush, send };
}

/** Opens the sale that was on screen when this till last stopped; only into an untouched window. */
function useRestoring(
  saved: readonly SavedDraft[] | undefined,
  catalogue: Catalogue | undefined,
  open: (each: SavedDraft) => void,
): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || saved === undefined || catalogue === undefined) return;
    isDone.current = true;
    const { draft, changes, revision, view } = useTillState.getState();
    if (changes > 0 || revision > 0 || view.kind !== 'order' || !isEmptyDraft(draft)) return;
    const [latest] = saved.filter((each) => each.heldAtMs === null).toSorted((a, b) => b.updatedAtMs - a.updatedAtMs);
    if (latest !== undefined) open(latest);
  }, [saved, catalogue, open]);
}

/** Keeps the sale on screen and those put aside: saved as they change, there again after a crash. */
export function useDrafts(catalogue: Catalogue | undefined, maySell: boolean): DraftKeeper {
  const api = useApi();
  const client = useApiClient();
  const report = useReport();
  const saved = useQuery({ ...api.till.drafts.queryOptions(), enabled: maySell });
  const save: SaveDraft = useCommand(client.till.saveDraft);
  const discardCommand = useCommand(client.till.discardDraft);
  const { flush, send } = useSaving(save);
  const saleId = useTillState((state) => state.draft.saleId);

  const open = useCallback(
    (each: SavedDraft) => {
      if (each.isPaying) {
        openDraft(each.draft, each.revision);
        const [waiting] = each.pendingTenders;
        const isOutside = waiting !== undefined && waiting.kind !== 'cash';
        const taken = each.taken.map((part) => ({ ...part, tenderId: newOperationId() }));
        resumePayment(
          isOutside ? { tenderId: waiting.tenderId, kind: waiting.kind, amountMinor: waiting.amountMinor } : null,
          taken,
        );
        return;
      }
      const prices = new Map(catalogue?.products.map((product) => [product.productId, product.priceMinor]));
      const { draft, pricesBeforeMinor } = atCurrentPrices(each.draft, (productId) => prices.get(productId));
      openDraft(draft, each.revision, pricesBeforeMinor);
    },
    [catalogue],
  );
  useRestoring(saved.data, catalogue, open);

  const discard = async (unwanted: string): Promise<boolean> => report(await discardCommand.run({ saleId: unwanted }));
  const hold = async (label: string): Promise<boolean> => {
    const { draft, revision } = useTillState.getState();
    if (isEmptyDraft(draft)) {
      if (revision > 0) await discard(draft.saleId);
      startSale();
      return true;
    }
    if (draft.label === '') useTillState.setState({ draft: { ...draft, label } });
    if (!(await send(true))) return false;
    startSale();
    return true;
  };
  return {
    others: (saved.data ?? [])
      .filter((each) => each.saleId !== saleId)
      .toSorted((a, b) => (a.saleId < b.saleId ? -1 : 1)),
    flush,
    hold,
    discard,
    reload: async (wanted) => (await saved.refetch()).data?.find((each) => each.saleId === wanted) ?? null,
    resume: async (each, label) => {
      if (await hold(label)) open(each);
    },
    startNew: async (label) => {
      await hold(label);
    },
  };
}
