import type { LiabilityTask } from '../points/count-liability.ts';
import type { WhatIfTask } from '../points/replay-sales.ts';
import type { CountFiguresTask } from '../vouchers/count-figures.ts';

/** What a worker is told when it starts. */
export interface WorkerData {
  readonly databasePath: string;
  readonly nativeBinding: string | null;
}

/** What the read worker can do: one statement, to walk the audit chain, to count or to replay what the shop did. */
export type ReadTask =
  | { readonly statement: string; readonly parameters: Readonly<Record<string, string | number | null>> }
  | { readonly verify: 'audit' }
  | { readonly liability: LiabilityTask }
  | { readonly figures: CountFiguresTask }
  | { readonly replay: WhatIfTask };

/** A task for the read worker; `id` ties the answer to it. */
export interface ReadRequest {
  readonly id: number;
  readonly task: ReadTask;
}

/** Nobody waits for this task any more. */
export interface ReadStop {
  readonly stopId: number;
}

/** How far a task is; its answer still comes. */
export interface ReadProgress {
  readonly id: number;
  readonly done: number;
  readonly total: number;
}

export type ReadAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: string };

/** Asks the checkpoint worker to fold the log back; `isQuiet` when no commit came for a moment. */
export interface CheckpointRequest {
  readonly isQuiet: boolean;
}

/** Pages in the log and pages folded back; busy when somebody else was reading or writing. */
export interface CheckpointAnswer {
  readonly isBusy: boolean;
  readonly logPages: number;
  readonly foldedPages: number;
}
