import { Worker } from 'node:worker_threads';
import type { WhatIfResult } from '#shop/points/what-if.ts';
import type { AuditChainCheck } from '../audit/audit-store.ts';
import type { FollowedJob, ReadWorker } from '../context.ts';
import type { LiabilityCount } from '../points/count-liability.ts';
import type { CountedFigures } from '../vouchers/count-figures.ts';
import type {
  CheckpointAnswer,
  CheckpointRequest,
  ReadAnswer,
  ReadProgress,
  ReadRequest,
  ReadStop,
  ReadTask,
  WorkerData,
} from './worker-protocol.ts';

/** The log may be folded back once no commit came for this long: between two sales, before the next one can start. */
const QUIET_MS = 2;
/** Under a load without pauses it is folded back at least this often. */
const LONGEST_WAIT_MS = 150;

/** The till is usable first: nobody waits for a worker in the first moments. */
const START_AFTER_MS = 1000;

interface SoonWorker {
  /** Sends to the worker, which starts now if it had not; after `end` nobody hears it. */
  post(message: object): void;
  end(): Promise<void>;
}

/** A worker that starts a little after the program, or when it is first asked for something. */
function startSoon(file: string | URL, data: WorkerData, prepare: (worker: Worker) => void): SoonWorker {
  const made = { worker: null as Worker | null, isEnded: false };
  const start = (): Worker | null => {
    clearTimeout(timer);
    if (made.worker !== null || made.isEnded) return made.worker;
    made.worker = new Worker(file, { workerData: data });
    made.worker.unref();
    prepare(made.worker);
    return made.worker;
  };
  const timer = setTimeout(start, START_AFTER_MS).unref();
  return {
    post: (message) => start()?.postMessage(message),
    end: async () => {
      clearTimeout(timer);
      made.isEnded = true;
      await made.worker?.terminate();
    },
  };
}

export interface ClosableReadWorker extends ReadWorker {
  close(): Promise<void>;
}

interface WaitingFor {
  readonly resolve: (value: unknown) => void;
  readonly reject: (cause: Error) => void;
  readonly onProgress: FollowedJob['onProgress'] | undefined;
}

/** Starts the worker for heavy reads. Its statements are our own constants; it is never given text from a client. */
export function startReadWorker(file: string | URL, data: WorkerData): ClosableReadWorker {
  const waiting = new Map<number, WaitingFor>();
  const counter = { lastId: 0 };
  const failAll = (cause: Error) => {
    for (const { reject } of waiting.values()) reject(cause);
    waiting.clear();
  };
  const hear = (answer: ReadAnswer | ReadProgress) => {
    const asked = waiting.get(answer.id);
    if ('total' in answer) {
      asked?.onProgress?.(answer.done, answer.total);
      return;
    }
    waiting.delete(answer.id);
    if ('error' in answer) asked?.reject(new Error(answer.error));
    else asked?.resolve(answer.value);
  };
  const soon = startSoon(file, data, (worker) => {
    worker.on('error', failAll);
    worker.on('exit', () => failAll(new Error('the reading worker has ended')));
    worker.on('message', hear);
  });
  const ask = (task: ReadTask, job: FollowedJob | null = null) =>
    new Promise<unknown>((resolve, reject) => {
      counter.lastId += 1;
      const id = counter.lastId;
      waiting.set(id, { resolve, reject, onProgress: job?.onProgress });
      job?.signal.addEventListener('abort', () => soon.post({ stopId: id } satisfies ReadStop), {
        once: true,
      });
      soon.post({ id, task } satisfies ReadRequest);
    });
  return {
    all: async <Row>(statement: string, parameters: Readonly<Record<string, string | number | null>>) =>
      (await ask({ statement, parameters })) as Row[],
    verifyAudit: async () => (await ask({ verify: 'audit' })) as AuditChainCheck,
    countLiability: async (task) => (await ask({ liability: task })) as LiabilityCount,
    countFigures: async (task) => (await ask({ figures: task })) as CountedFigures,
    replaySales: async (task, job) => (await ask({ replay: task }, job)) as WhatIfResult | null,
    close: soon.end,
  };
}

export interface Checkpointer {
  /** Called after each commit; costs the caller a timer at most. */
  afterCommit(): void;
  /** Ends when the log is not being folded back, and nothing waits for it to be. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the worker that folds the write-ahead log back into the database, off the till's thread: right after a commit
 * that nothing follows, every few sales, so that there are few pages to write and the disk is idle again when the next sale
 * commits; under load at intervals (PERFORMANCE.md, what matters most, 2).
 */
export function startCheckpointer(file: string | URL, data: WorkerData): Checkpointer {
  const state = { isAsked: false, isDirty: false, dirtySinceMs: 0, timer: null as NodeJS.Timeout | null };
  const isOverdue = () => performance.now() - state.dirtySinceMs > LONGEST_WAIT_MS;
  const ask = () => {
    const isQuiet = !isOverdue();
    Object.assign(state, { timer: null, isDirty: false, isAsked: true });
    soon.post({ isQuiet } satisfies CheckpointRequest);
  };
  const schedule = () => {
    if (state.isAsked || (state.timer !== null && isOverdue())) return;
    if (state.timer === null) state.timer = setTimeout(ask, QUIET_MS).unref();
    else state.timer.refresh();
  };
  const waiting = new Set<() => void>();
  const tellWaiting = () => {
    for (const tell of waiting) tell();
    waiting.clear();
  };
  const soon = startSoon(file, data, (worker) => {
    worker.on('error', () => {
      state.isAsked = true;
      tellWaiting();
    });
    worker.on('message', (_answer: CheckpointAnswer) => {
      state.isAsked = false;
      if (state.isDirty) schedule();
      tellWaiting();
    });
  });
  return {
    afterCommit: () => {
      if (!state.isDirty) Object.assign(state, { isDirty: true, dirtySinceMs: performance.now() });
      schedule();
    },
    settled: () =>
      new Promise((resolve) => {
        if (state.isAsked || state.timer !== null) waiting.add(resolve);
        else resolve();
      }),
    close: async () => {
      tellWaiting();
      if (state.timer !== null) clearTimeout(state.timer);
      await soon.end();
    },
  };
}
