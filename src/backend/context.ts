import type { Role } from '#shop/staff/permissions.ts';
import type { WhatIfResult } from '#shop/points/what-if.ts';
import type { AuditChainCheck } from './audit/audit-store.ts';
import type { CopyKeeper } from './backups/copy-keeper.ts';
import type { Moment } from './command-scope.ts';
import type { ReadableDb } from './db/database.ts';
import type { ShopDatabase } from './db/open.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { ScreenBook } from './customer-screen/screen-book.ts';
import type { VersionCheck } from './first-start/last-version.ts';
import type { KeyedHash } from './keyed-hash.ts';
import type { LiabilityCount, LiabilityTask } from './points/count-liability.ts';
import type { WhatIfTask } from './points/replay-sales.ts';
import type { ShopSettings } from './settings/shop-settings.ts';
import type { PinHasher } from './staff/pin-hasher.ts';
import type { RecentError } from './system/error-log.ts';
import type { TrustedClock } from './time/trusted-clock.ts';
import type { InstalledWatch } from './updates/installed-watch.ts';
import type { CountedFigures, CountFiguresTask } from './vouchers/count-figures.ts';

/** Which shop this console serves, and its rules of counting; read once and again after each change of settings. */
export interface ShopIdentity {
  readonly merchantId: string;
  readonly shopId: string;
  readonly terminalId: string;
  readonly merchantCode: string;
  readonly shopName: string;
  readonly terminalName: string;
  readonly shopCode: string;
  readonly terminalCode: string;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly dayStartsAtHour: number;
  readonly isDemo: boolean;
}

/** Who is signed in at one client (a window or a paired browser). Kept here, never told by the client. */
export interface Session {
  readonly sessionId: string;
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isLocked: boolean;
}

/** What the host can do with paper, where the web host refuses and the browser prints, and with a second screen. */
export interface Devices {
  printReceipt(html: string): Promise<'printed' | 'use-browser-print' | 'failed'>;
  saveReceiptPdf(html: string, fileName: string): Promise<'saved' | 'cancelled' | 'use-browser-print' | 'failed'>;
  /** Opens the customer's screen: its window, or an address that pairs one browser tab as it, once. */
  openCustomerScreen(): Promise<{ kind: 'window' } | { kind: 'address'; address: string } | { kind: 'none' }>;
  /** Closes its window; nothing where there is none. */
  closeCustomerScreen(): void;
}

/** How the program ends so that it can start anew. */
export interface Restart {
  /** Whether it comes back by itself; otherwise somebody starts it again. */
  readonly isByItself: boolean;
  run(): void;
}

/** A long job: tells how far it is and can be stopped. */
export interface FollowedJob {
  onProgress(done: number, total: number): void;
  readonly signal: AbortSignal;
}

/** A heavy read in a worker with its own read-only connection: never on the till's thread. */
export interface ReadWorker {
  all<Row>(statement: string, parameters: Readonly<Record<string, string | number | null>>): Promise<Row[]>;
  /** Walks the whole audit chain as it stood when asked. */
  verifyAudit(): Promise<AuditChainCheck>;
  /** Counts what a programme owes its customers, at one moment. */
  countLiability(task: LiabilityTask): Promise<LiabilityCount>;
  /** Counts what became of a voucher or a campaign, at one moment. */
  countFigures(task: CountFiguresTask): Promise<CountedFigures>;
  /** Plays past sales under a draft; null when it was stopped. */
  replaySales(task: WhatIfTask, job: FollowedJob): Promise<WhatIfResult | null>;
}

/** The world that use-cases may ask for. One per process. */
export interface BackendEnv {
  readonly db: ShopDatabase;
  readonly time: TrustedClock;
  readonly newId: () => string;
  readonly feed: ChangeFeed;
  readonly sessions: SessionBook;
  readonly screens: ScreenBook;
  readonly devices: Devices;
  readonly heavy: ReadWorker;
  /** Copies of the database in the data folder. */
  readonly copies: CopyKeeper;
  /** Ends the program, so that its next start puts a copy back; null where nobody runs one (tests). */
  readonly restart: Restart | null;
  /** Whether a newer version lies where this one was started from. */
  readonly installed: InstalledWatch;
  /** What this version found when it first opened the folder; null in memory. */
  firstStart(): VersionCheck | null;
  /** Unexpected errors of the last time, kept in the folder. */
  recentErrors(): RecentError[];
  readonly host: 'electron' | 'web';
  readonly appVersion: string;
  readonly pins: PinHasher;
  /** Tells whether an operation id came with the same input again, without the input being guessed back from it. */
  readonly requestHash: KeyedHash;
  /** Tells whether the same thing was scanned again, without what was read being guessed back from it. */
  readonly scanHash: KeyedHash;
  /** What is kept of a badge's code. */
  readonly badgeHash: KeyedHash;
  /** The shop, or null before the first run is done. */
  shop(): ShopIdentity | null;
  /** The shop's settings, kept until they change. Only where there is a shop. */
  settings(): ShopSettings;
  /** Forgets what was read of the shop and its settings: the next call reads it again. */
  forgetShop(): void;
  /** Puts an unexpected error into the log under the code that the screen shows. */
  logError(errorCode: string, cause: unknown): void;
  /** Called after each commit: lets the log be folded back without the till waiting. */
  afterCommit(): void;
  /** Ends when the log is not being folded back: a commit meanwhile would wait for the same disk. */
  logSettled(): Promise<void>;
}

export interface SessionBook {
  of(clientId: string): Session | null;
  /** Whether somebody is signed in anywhere and not locked. */
  isAnybodyAtWork(): boolean;
  begin(clientId: string, session: Session): void;
  lock(clientId: string): void;
  end(clientId: string): void;
  /** Ends every session of a staff member, wherever they are signed in. */
  endAllOf(staffId: string): void;
}

/** What one request knows: the world and which client asks. */
export interface RequestContext {
  readonly env: BackendEnv;
  readonly clientId: string;
}

/** What a query may ask for. There is no way from here to a handle that writes. */
export interface ReadScope {
  /** The window or browser that asks. */
  readonly clientId: string;
  readonly db: ReadableDb;
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
  readonly session: Session;
  readonly moment: Moment;
}
