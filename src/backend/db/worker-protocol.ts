/** What a worker is told when it starts. */
export interface WorkerData {
  readonly databasePath: string;
  readonly nativeBinding: string | null;
}

/** What the read worker can do: one statement, or to walk the audit chain. */
export type ReadTask =
  | { readonly statement: string; readonly parameters: Readonly<Record<string, string | number | null>> }
  | { readonly verify: 'audit' };

/** A task for the read worker; `id` ties the answer to it. */
export interface ReadRequest {
  readonly id: number;
  readonly task: ReadTask;
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
