import { useCallback, useEffect, useRef, useState } from 'react';
import { type Programme, programmeSchema } from '#shop/points/programme.ts';
import { useApiClient } from '../../../ui/api-context.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { useCommand } from '../../../ui/use-command.ts';
import type { ProgrammeDetail } from './programme-types.ts';

const SAVE_AFTER_MS = 400;

export interface ProgrammeEditing {
  readonly programme: Programme;
  /** What is in force; null where nothing was published yet. */
  readonly live: Programme | null;
  readonly revision: number;
  readonly isSaved: boolean;
  /** Somebody else saved this draft meanwhile. */
  readonly isTaken: boolean;
  /** Takes a change over if the programme stays possible with it; answers whether it did. */
  change(part: Partial<Programme>): boolean;
  /** Saves what is not saved yet; answers the revision that stands, or null where it could not be saved. */
  flush(standsOnLatest?: boolean): Promise<number | null>;
}

/** A programme that is being written: each change is saved as a draft by itself, nothing is published. */
export function useProgrammeDraft(detail: ProgrammeDetail): ProgrammeEditing {
  const save = useCommand(useApiClient().points.saveProgrammeDraft);
  const report = useReport();
  const live = detail.live?.programme ?? null;
  const [programme, setProgramme] = useState<Programme>(() => (detail.draft?.programme ?? live) as Programme);
  const [revision, setRevision] = useState(detail.draft?.revision ?? 0);
  const [isSaved, setIsSaved] = useState(true);
  const [isTaken, setIsTaken] = useState(false);
  const now = useRef({ programme, revision, isDirty: false, saving: Promise.resolve() as Promise<unknown> });

  const store = async (standsOnLatest: boolean): Promise<number | null> => {
    const sent = now.current.programme;
    now.current.isDirty = false;
    const { programId } = detail;
    const result = await save.run({ programId, programme: sent, revision: now.current.revision, standsOnLatest });
    if (result.kind !== 'done') {
      now.current.isDirty = true;
      if (result.kind === 'refused' && result.refusal.reason === 'changed-elsewhere') setIsTaken(true);
      else report(result);
      return null;
    }
    now.current.revision = result.value.revision;
    setRevision(result.value.revision);
    if (!now.current.isDirty) setIsSaved(true);
    return result.value.revision;
  };
  const storeNow = useRef(store);
  storeNow.current = store;

  const flush = useCallback(async (standsOnLatest = false): Promise<number | null> => {
    await now.current.saving;
    if (!now.current.isDirty && !standsOnLatest) return now.current.revision;
    const saving = storeNow.current(standsOnLatest);
    now.current.saving = saving;
    return saving;
  }, []);

  const timer = useRef<number | undefined>(undefined);
  // What was typed last is not lost by leaving the page.
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      void flush();
    },
    [flush],
  );

  const change = (part: Partial<Programme>): boolean => {
    const next = programmeSchema.safeParse({ ...now.current.programme, ...part });
    if (!next.success) return false;
    now.current.programme = next.data;
    now.current.isDirty = true;
    setProgramme(next.data);
    setIsSaved(false);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), SAVE_AFTER_MS);
    return true;
  };
  return { programme, live, revision, isSaved, isTaken, change, flush };
}
