import { type ReadableDb, sql, type WritableDb } from '../db/database.ts';

const SELECT_STATE = sql`
  SELECT job, mark_at_ms AS markAtMs, mark_seq AS markSeq, page, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs,
    written_count AS writtenCount, longest_ms AS longestMs, failures, error_code AS errorCode
  FROM job_states
  WHERE merchant_id = :merchantId
    AND job = :job`;

const SELECT_STATES = sql`
  SELECT job, mark_at_ms AS markAtMs, mark_seq AS markSeq, page, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs,
    written_count AS writtenCount, longest_ms AS longestMs, failures, error_code AS errorCode
  FROM job_states
  WHERE merchant_id = :merchantId
  ORDER BY job`;

const BEGIN_RUN = sql`
  INSERT INTO job_states (merchant_id, job, started_at_ms)
  VALUES (:merchantId, :job, :startedAtMs)
  ON CONFLICT (merchant_id, job) DO UPDATE SET
    started_at_ms = excluded.started_at_ms, ended_at_ms = NULL, written_count = 0, longest_ms = 0`;

const MARK_PAGE = sql`
  UPDATE job_states
  SET mark_at_ms = :atMs, mark_seq = :seq, page = page + 1, written_count = written_count + :count
  WHERE merchant_id = :merchantId
    AND job = :job`;

const END_RUN = sql`
  UPDATE job_states
  SET mark_at_ms = :atMs, mark_seq = :seq, ended_at_ms = :endedAtMs, longest_ms = :longestMs, failures = 0,
    error_code = NULL
  WHERE merchant_id = :merchantId
    AND job = :job`;

const RESET_MARK = sql`
  INSERT INTO job_states (merchant_id, job, started_at_ms)
  VALUES (:merchantId, :job, 0)
  ON CONFLICT (merchant_id, job) DO UPDATE SET mark_at_ms = 0, mark_seq = 0`;

const FAIL_RUN = sql`
  UPDATE job_states
  SET failures = failures + 1, error_code = :errorCode
  WHERE merchant_id = :merchantId
    AND job = :job`;

/** Everything due up to an instant, and of what is due at it everything up to a number, is done. */
export interface JobMark {
  readonly atMs: number;
  readonly seq: number;
}

/** What is kept of a job. Instants are trusted UTC ms; endedAtMs is null while it runs or after a failure. */
export interface JobState {
  readonly job: string;
  readonly markAtMs: number;
  readonly markSeq: number;
  readonly page: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly writtenCount: number;
  readonly longestMs: number;
  /** In a row; 0 when the last run came to its end. */
  readonly failures: number;
  readonly errorCode: string | null;
}

interface JobKey {
  readonly merchantId: string;
  readonly job: string;
}

export function selectJobState(db: ReadableDb, key: JobKey): JobState | null {
  return db.get<JobState>(SELECT_STATE, { ...key }) ?? null;
}

export function selectJobStates(db: ReadableDb, merchantId: string): JobState[] {
  return db.all<JobState>(SELECT_STATES, { merchantId });
}

export function beginRun(db: WritableDb, run: JobKey & { readonly startedAtMs: number }): void {
  db.runOne(BEGIN_RUN, { ...run });
}

/** In the transaction of the page itself, so that neither can be there without the other. */
export function markPage(db: WritableDb, page: JobKey & JobMark & { readonly count: number }): void {
  const { merchantId, job, atMs, seq, count } = page;
  db.runOne(MARK_PAGE, { merchantId, job, atMs, seq, count });
}

export function endRun(
  db: WritableDb,
  run: JobKey & JobMark & { readonly endedAtMs: number; readonly longestMs: number },
): void {
  db.runOne(END_RUN, { ...run });
}

/** Lets a job look at everything again. */
export function resetMark(db: WritableDb, { merchantId, job }: JobKey): void {
  db.runOne(RESET_MARK, { merchantId, job });
}

export function failRun(db: WritableDb, run: JobKey & { readonly errorCode: string }): void {
  db.runOne(FAIL_RUN, { ...run });
}
