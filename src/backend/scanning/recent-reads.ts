import type { ScanSource } from '#shop/scanning/classify.ts';
import { isRepeatedRead, type RecentRead, stillRecent } from '#shop/scanning/repeated-read.ts';
import type { BackendEnv } from '../context.ts';

/** What this process has just read: a repeat is told from it without asking the database. */
export interface RecentReads {
  /** The read that this one repeats, or null; the read is remembered either way. */
  repeats(read: NewRead): RememberedRead | null;
  /** Says which scan a read became, so that its repeats are counted on it. */
  became(operationId: string, scanId: string, kind: string): void;
  /** Whether one more scan may be written while nobody is signed in: at most 20 within a minute. `atMs` is trusted time. */
  mayLogForNobody(atMs: number): boolean;
}

interface NewRead {
  readonly operationId: string;
  readonly key: string;
  readonly source: ScanSource;
  readonly subject: RecentRead['subject'];
  readonly atMs: number;
}

export interface RememberedRead extends RecentRead {
  readonly operationId: string;
  readonly scanId: string | null;
  readonly kind: string;
}

/** An answered repeat is remembered this long by its operation id, so that a retry gets the same answer. */
const MOST_REPEATS = 200;
const MOST_FOR_NOBODY = 20;
const NOBODY_WINDOW_MS = 60_000;

/** Returns an empty memory. */
export function createRecentReads(): RecentReads {
  const state = {
    reads: [] as RememberedRead[],
    answered: new Map<string, RememberedRead>(),
    loggedAtMs: [] as number[],
  };
  return {
    repeats: (read) => {
      const before = state.answered.get(read.operationId);
      if (before !== undefined) return before;
      // The same action again is not another showing of the code: its first answer is looked up.
      if (state.reads.some((known) => known.operationId === read.operationId)) return null;
      const isRepeat = isRepeatedRead(read, state.reads);
      const original = isRepeat
        ? state.reads.findLast((known) => known.key === read.key && known.scanId !== null)
        : undefined;
      const kept = stillRecent(state.reads, read.atMs) as RememberedRead[];
      const { scanId = null, kind = 'unknown' } = original ?? {};
      const remembered = { ...read, scanId, kind };
      state.reads = [...kept, remembered];
      if (!isRepeat) return null;
      state.answered.set(read.operationId, remembered);
      if (state.answered.size > MOST_REPEATS) state.answered.delete(state.answered.keys().next().value ?? '');
      return remembered;
    },
    mayLogForNobody: (atMs) => {
      state.loggedAtMs = state.loggedAtMs.filter((loggedMs) => atMs - loggedMs < NOBODY_WINDOW_MS);
      if (state.loggedAtMs.length >= MOST_FOR_NOBODY) return false;
      state.loggedAtMs.push(atMs);
      return true;
    },
    became: (operationId, scanId, kind) => {
      state.reads = state.reads.map((read) => (read.operationId === operationId ? { ...read, scanId, kind } : read));
    },
  };
}

const MEMORIES = new WeakMap<BackendEnv, RecentReads>();

/** The memory of this console: one per running back end, gone with it. */
export function recentReadsOf(env: BackendEnv): RecentReads {
  const known = MEMORIES.get(env);
  if (known !== undefined) return known;
  const fresh = createRecentReads();
  MEMORIES.set(env, fresh);
  return fresh;
}
