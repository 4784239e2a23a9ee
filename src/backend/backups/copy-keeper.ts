import type { Clock } from '#shop/time/clock.ts';
import { type Copy, type CopyReason, listCopies } from './copies-folder.ts';
import { type Restore, type RestoreWish, readRestore, writeRestore } from './restore-file.ts';
import { CopyError, type CopySource, makeCopy } from './make-copy.ts';

/** A copy that is being made; pages are 0 of 0 until the first are copied. */
export interface RunningCopy {
  readonly reason: CopyReason;
  readonly donePages: number;
  readonly totalPages: number;
}

/** Makes copies of the open database, one at a time, and knows which there are. */
export interface CopyKeeper {
  /** False where there is no folder to keep them in: a database in memory. */
  readonly isPossible: boolean;
  list(): Copy[];
  running(): RunningCopy | null;
  /** The last attempt since the start, where it failed: by the computer's clock, UTC ms. */
  lastFailure(): { readonly atMs: number; readonly fault: CopyError['fault'] } | null;
  /** Makes one, or waits for the one that is being made. Throws CopyError. */
  make(reason: CopyReason, schemaVersion: number): Promise<Copy>;
  /** The last restore, asked for, done or failed. */
  restore(): Restore | null;
  /** Writes down that the next start puts a copy back. */
  wantRestore(wish: RestoreWish): void;
  /** Ends when none is being made. */
  settled(): Promise<void>;
}

/** The keeper of a data folder. */
export function createCopyKeeper(source: CopySource, clock: Clock): CopyKeeper {
  const state = {
    running: null as RunningCopy | null,
    made: null as Promise<Copy> | null,
    failure: null as ReturnType<CopyKeeper['lastFailure']>,
  };
  const start = async (reason: CopyReason, schemaVersion: number): Promise<Copy> => {
    state.running = { reason, donePages: 0, totalPages: 0 };
    const onProgress = (donePages: number, totalPages: number): void => {
      state.running = { reason, donePages, totalPages };
    };
    try {
      const copy = await makeCopy(source, { reason, atMs: clock.wallNowMs(), schemaVersion, onProgress });
      state.failure = null;
      return copy;
    } catch (cause) {
      state.failure = { atMs: clock.wallNowMs(), fault: cause instanceof CopyError ? cause.fault : 'failed' };
      throw cause;
    } finally {
      Object.assign(state, { running: null, made: null });
    }
  };
  return {
    isPossible: true,
    list: () => listCopies(source.dataFolder),
    running: () => state.running,
    lastFailure: () => state.failure,
    make: (reason, schemaVersion) => {
      state.made ??= start(reason, schemaVersion);
      return state.made;
    },
    restore: () => readRestore(source.dataFolder),
    wantRestore: (wish) => writeRestore(source.dataFolder, { ...wish, phase: 'wanted' }),
    settled: async () => {
      await state.made?.catch(() => undefined);
    },
  };
}

/** The keeper of a database that is in memory only. */
export function noCopies(): CopyKeeper {
  return {
    isPossible: false,
    list: () => [],
    running: () => null,
    lastFailure: () => null,
    make: async () => {
      throw new CopyError('failed', 'a database in memory is not copied');
    },
    restore: () => null,
    wantRestore: () => undefined,
    settled: async () => undefined,
  };
}
