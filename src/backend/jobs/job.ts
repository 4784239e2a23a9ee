import type { SystemScope } from '../command-scope.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import type { JobMark } from './job-states-store.ts';
import type { PagePace } from '../page-pace.ts';

/** What a job may look at while it looks for work. */
export interface JobTurn {
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
  /** Up to here everything was done before; ahead of what is due when the clock was corrected back (`behind`). */
  readonly mark: JobMark;
  /** Trusted time when the run began, UTC ms. */
  readonly nowMs: number;
  /** How many things a page may take now. */
  readonly pace: PagePace;
}

/** A piece of work that is small enough for one op and one short transaction. */
export interface JobPage {
  /** How many things it writes. */
  readonly count: number;
  /** Writes them inside a command of the system; null: what was looked at asks for nothing. */
  readonly write: ((scope: SystemScope) => void) | null;
  /** Up to here everything is done with this page. */
  readonly mark: JobMark;
}

/**
 * Something that ages by itself. `pages` looks for what is due and hands it over piece by piece, in order; each piece is
 * written before it looks on. Where it looks without waiting, nothing can happen between its look and the writing.
 */
export interface Job {
  /** Also the key of what is kept about it. */
  readonly name: string;
  /** What the audit log calls its commands. */
  readonly action: string;
  pages(turn: JobTurn): Iterable<JobPage> | AsyncIterable<JobPage>;
}

/** A mark that does not lie ahead of what is looked at: after the clock was corrected back, what is due from then on counts. */
export function behind(mark: JobMark, untilMs: number): JobMark {
  return mark.atMs > untilMs ? { atMs: untilMs, seq: 0 } : mark;
}
