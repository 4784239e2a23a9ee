/** What a worker is told when it starts. */
export interface WorkerData {
  readonly databasePath: string;
  readonly nativeBinding: string | null;
}

/** A read for the read worker; `id` ties the answer to it. */
export interface ReadRequest {
  readonly id: number;
  readonly statement: string;
  readonly parameters: Readonly<Record<string, string | number | null>>;
}

export type ReadAnswer =
  | { readonly id: number; readonly rows: readonly unknown[] }
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
