import type { Permission, Role } from '#shop/staff/permissions.ts';
import type { BackendEnv, Session, ShopIdentity } from './context.ts';
import type { Topic } from './change-feed.ts';
import type { WritableDb } from './db/database.ts';

/** The instants of one command: asked once, so that everything it writes agrees. */
export interface Moment {
  /** What the computer's clock showed, UTC ms: for the record alone. */
  readonly wallMs: number;
  /** The likeliest time, UTC ms: what people read, and what business date and local hour follow. */
  readonly atMs: number;
  /** Trusted time (SYNC.md 7), UTC ms, for what cannot be taken back; it goes back only by a confirmation. */
  readonly trustedAtMs: number;
  readonly businessDate: string;
  readonly localHour: number;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonRow = Readonly<Record<string, Json>>;

/** Something that happened to a customer; ids only in `data`, personal data only in `pii`. */
export interface NewEvent {
  /** Where it follows from its cause: the same id again tells nothing twice. Left out: a new id. */
  readonly id?: string;
  readonly type: string;
  readonly category: 'ACTION' | 'EFFECT';
  readonly customerId: string | null;
  readonly data: JsonRow;
  readonly source?: 'Till' | 'Dashboard' | 'API' | 'Webhook' | 'Import' | 'Sync' | 'System';
  readonly pii?: JsonRow;
}

/** One changed row for the audit log; personal values go to `personalBefore` and `personalAfter`. */
export interface RowChange {
  readonly table: string;
  readonly recordId: string;
  readonly before: JsonRow | null;
  readonly after: JsonRow | null;
  readonly personalBefore?: JsonRow;
  readonly personalAfter?: JsonRow;
}

/** Whose command it is: a person's, or the system's own, which bears no name. */
export interface Actor {
  readonly staffId: string | null;
  readonly sessionId: string | null;
  readonly roles: readonly Role[];
}

/** What a use-case of a person is given. */
export interface CommandScope extends SystemScope {
  readonly session: Session;
}

/** What a use-case is given inside its transaction. Everything recorded here is written in that same transaction. */
export interface SystemScope {
  readonly db: WritableDb;
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
  readonly session: Actor;
  /** The manager who approved this command by PIN, when it needed one: of several, the one for the command itself. */
  readonly approvedByStaffId: string | null;
  readonly operationId: string;
  /** Ties the events and entries of one command. */
  readonly groupId: string;
  readonly moment: Moment;
  newId(): string;
  /** Puts a written row into the op that announces this command (SYNC.md 1); call it after the INSERT or UPDATE. */
  fact(table: string, row: JsonRow): void;
  /** Personal data of a written row: travels beside the op's body, erasable, covered only by its salted hash. */
  personalFact(table: string, row: JsonRow): void;
  event(event: NewEvent): void;
  changed(change: RowChange): void;
  touch(topic: Topic): void;
  /** What is to follow in this process's memory once the command is committed. */
  afterCommit(followUp: () => void): void;
  /** Whether the signed-in person, or a manager who approved just this, may do this. */
  may(permission: Permission): boolean;
  /** The manager who approved just this, or null. */
  approverOf(permission: Permission): string | null;
}
