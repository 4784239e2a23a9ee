import { createUuidV7Source } from '#shop/ids/uuid.ts';
import type { Clock } from '#shop/time/clock.ts';
import { verifyAuditChain } from './audit/audit-store.ts';
import { carryOutRestore } from './backups/carry-out-restore.ts';
import { copyBeforeOpening } from './backups/copy-before-opening.ts';
import { type CopyKeeper, createCopyKeeper, noCopies } from './backups/copy-keeper.ts';
import type { CopySource } from './backups/make-copy.ts';
import { noteRestore } from './backups/note-restore.ts';
import { createChangeFeed } from './change-feed.ts';
import { ScreenBook } from './customer-screen/screen-book.ts';
import type { BackendEnv, Devices, ReadWorker, RequestContext, Restart, ShopIdentity } from './context.ts';
import { sweepAtStart } from './customers/sweep-erased.ts';
import { checkInstallation, DataFolderError, lockPathOf, openDataFolder, prepareDataFolder } from './data-folder.ts';
import { FolderInUseError, lockFolder } from './db/folder-lock.ts';
import { checkFirstStart } from './first-start/check-version.ts';
import { readLastVersion } from './first-start/last-version.ts';
import { openDatabase, type ShopDatabase } from './db/open.ts';
import { startCheckpointer, startReadWorker } from './db/workers.ts';
import { fillRandom } from './random-bytes.ts';
import { customerRouter } from './customer-screen/customer-router.ts';
import { appRouter } from './router.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { createKeyedHash } from './keyed-hash.ts';
import { createSessionBook } from './sessions.ts';
import { countFigures } from './vouchers/count-figures.ts';
import { countLiability } from './points/count-liability.ts';
import { replaySales } from './points/replay-sales.ts';
import { selectSettings } from './settings/settings-store.ts';
import type { ShopSettings } from './settings/shop-settings.ts';
import { selectShop } from './setup/setup-store.ts';
import { DEMO_SEED } from './setup/load-demo.ts';
import { makeDemoShop } from './demo/make-demo.ts';
import { createPinHasher, type PinHashCost } from './staff/pin-hasher.ts';
import { createErrorLog, type ErrorLog, noErrorLog } from './system/error-log.ts';
import { readStatus } from './system/read-status.ts';
import { createInstalledWatch } from './updates/installed-watch.ts';
import { startUpdateWatch } from './updates/take-over.ts';
import { ensureTerminalState, selectAnsweredSkewMs, selectLastCommitMs } from './terminal-state-store.ts';
import { startMakingCodes } from './vouchers/make-codes.ts';
import { watchClock } from './time/log-clock.ts';
import { createSystemClock } from './time/system-clock.ts';
import { createTrustedClock, type TrustedClock } from './time/trusted-clock.ts';
import { moveWaits } from './time/waits-store.ts';

export interface BackendOptions {
  readonly dataFolder: string;
  readonly host: 'electron' | 'web';
  readonly appVersion: string;
  /** The addon for runtimes with Node-API below 10; otherwise the shipped one. */
  readonly nativeBinding?: string | undefined;
  /** Fills an empty folder with the demo shop. */
  readonly demo?: boolean;
  /** Where the host put the worker files. */
  readonly workers: { readonly read: string | URL; readonly checkpoint: string | URL; readonly copy: string | URL };
  /** Paper; null where the browser prints. */
  readonly devices: Devices | null;
  readonly clock?: Clock;
  readonly pinHashCost?: PinHashCost;
  /** Ends the program after a copy was chosen to be put back. */
  readonly restart?: Restart;
  /** What tells the version that is in place now from the next; null while it cannot be read. */
  readonly installedStamp?: () => string | null;
  /** Where unexpected errors go, under the code that the screen shows. */
  readonly logError?: (errorCode: string, cause: unknown) => void;
}

export interface Backend {
  readonly router: typeof appRouter;
  /** What a host serves to the customer's screen, and nothing else. */
  readonly customerRouter: typeof customerRouter;
  createContext(client: { clientId: string }): RequestContext;
  /** A window was closed or a browser's token was withdrawn: its session ends. */
  onClientGone(clientId: string): void;
  status(): ReturnType<typeof readStatus>;
  /** Whether the shop wants the customer's window opened with the till. */
  wantsCustomerScreen(): boolean;
  close(): Promise<void>;
}

/**
 * Opens the shop kept in a data folder: takes its lock, copies the database before this version changes it,
 * opens and migrates it, starts the workers. Throws
 * errors with a `code` and a sentence for the person at the machine: 'data-folder-in-use', 'data-folder-unwritable',
 * 'database-missing', 'database-other', 'database-newer', 'migration-changed', 'copy-disk-full', 'copy-failed'.
 */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  prepareDataFolder(options.dataFolder);
  const unlock = takeLock(options);
  try {
    const clock = options.clock ?? createSystemClock();
    carryOutRestore(options.dataFolder, options.nativeBinding ?? null, clock.wallNowMs());
    const folder = openDataFolder(options.dataFolder);
    const copySource = copySourceOf(options, folder.databasePath);
    await copyBeforeOpening(copySource, clock.wallNowMs());
    const db = openDatabase({
      path: folder.databasePath,
      nowMs: clock.wallNowMs(),
      nativeBinding: options.nativeBinding,
    });
    try {
      const newId = createUuidV7Source(clock.wallNowMs, fillRandom);
      checkInstallation(
        options.dataFolder,
        db.write((tx) => ensureTerminalState(tx, newId())),
      );
      const data = { databasePath: folder.databasePath, nativeBinding: options.nativeBinding ?? null };
      const heavy = startReadWorker(options.workers.read, data);
      const checkpointer = startCheckpointer(options.workers.checkpoint, data);
      const { afterCommit, settled: logSettled } = checkpointer;
      const copies = createCopyKeeper(copySource, clock);
      const errors = createErrorLog(options.dataFolder, clock.wallNowMs);
      const parts = { clock, newId, db, pepper: folder.pepper, heavy, copies, errors, afterCommit, logSettled };
      const env = createEnv({ ...options, ...parts });
      if (options.demo === true && env.shop() === null) {
        await makeDemoShop(env, { language: 'en', seed: DEMO_SEED, nowMs: env.time.now().bookedMs });
        db.checkpoint();
      }
      noteRestore(env, options.dataFolder, clock.wallNowMs());
      checkFirstStart(env, options.dataFolder, clock.wallNowMs());
      sweepAtStart(db, clock.wallNowMs());
      const stopWatching = watchClock(env);
      const stopUpdates = startUpdateWatch(env);
      const stopJobs = startJobs(env);
      const stopMakingCodes = startMakingCodes(env);
      return backendOver(env, async () => {
        stopWatching();
        stopUpdates();
        await Promise.all([stopJobs(), stopMakingCodes(), copies.settled()]);
        await Promise.all([heavy.close(), checkpointer.close()]);
        db.close();
        unlock();
      });
    } catch (cause) {
      db.close();
      throw cause;
    }
  } catch (cause) {
    unlock();
    throw cause;
  }
}

function copySourceOf(options: BackendOptions, databasePath: string): CopySource {
  const { dataFolder, appVersion, nativeBinding = null, workers } = options;
  return { dataFolder, databasePath, nativeBinding, appVersion, worker: workers.copy };
}

function takeLock({ dataFolder, nativeBinding }: BackendOptions): () => void {
  try {
    return lockFolder(lockPathOf(dataFolder), nativeBinding);
  } catch (cause) {
    if (cause instanceof FolderInUseError) throw new DataFolderError('data-folder-in-use', cause.message, cause);
    throw cause;
  }
}

export interface EnvParts {
  readonly db: ShopDatabase;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly pepper: Uint8Array;
  readonly host: 'electron' | 'web';
  readonly appVersion: string;
  readonly devices: Devices | null;
  readonly pinHashCost?: PinHashCost | undefined;
  readonly logError?: ((errorCode: string, cause: unknown) => void) | undefined;
  readonly heavy?: ReadWorker;
  readonly copies?: CopyKeeper;
  readonly errors?: ErrorLog;
  readonly dataFolder?: string;
  readonly restart?: Restart;
  readonly installedStamp?: () => string | null;
  readonly afterCommit?: () => void;
  readonly logSettled?: () => Promise<void>;
}

/** Returns the world of use-cases over an open database; tests build theirs with it. */
export function createEnv(parts: EnvParts): BackendEnv {
  const { db, errors = noErrorLog(), logError: tellError = writeErrorLine } = parts;
  const time = startTime(parts.clock, db);
  const kept: { shop: ShopIdentity | null; settings: ShopSettings | null } = { shop: null, settings: null };
  const shop = (): ShopIdentity | null => {
    kept.shop ??= selectShop(db.read);
    return kept.shop;
  };
  const screens = new ScreenBook();
  return {
    db,
    time,
    newId: parts.newId,
    feed: createChangeFeed(),
    sessions: createSessionBook(() => screens.wake()),
    screens,
    devices: parts.devices ?? BROWSER_PRINTS,
    heavy: parts.heavy ?? readHere(db),
    copies: parts.copies ?? noCopies(),
    firstStart: () => (parts.dataFolder === undefined ? null : readLastVersion(parts.dataFolder)),
    recentErrors: errors.recent,
    restart: parts.restart ?? null,
    installed: createInstalledWatch(parts.installedStamp ?? (() => null)),
    host: parts.host,
    appVersion: parts.appVersion,
    pins: createPinHasher(parts.pepper, parts.pinHashCost),
    requestHash: createKeyedHash(parts.pepper, 'request'),
    scanHash: createKeyedHash(parts.pepper, 'scan'),
    badgeHash: createKeyedHash(parts.pepper, 'badge'),
    shop,
    settings: () => {
      const known = shop();
      if (known === null) throw new Error('there are no settings before there is a shop');
      kept.settings ??= selectSettings(db.read, known);
      return kept.settings;
    },
    forgetShop: () => Object.assign(kept, { shop: null, settings: null }),
    logError: (errorCode, cause) => {
      errors.write(errorCode, cause);
      tellError(errorCode, cause);
    },
    afterCommit: parts.afterCommit ?? (() => undefined),
    logSettled: parts.logSettled ?? (() => Promise.resolve()),
  };
}

/** Heavy reads without a worker, for a database that is in memory only. */
function readHere({ read }: ShopDatabase): ReadWorker {
  return {
    all: async (statement, parameters) => read.all(statement as never, parameters),
    verifyAudit: async () => verifyAuditChain(read),
    countLiability: async (task) => countLiability(read, task),
    countFigures: async (task) => countFigures(read, task),
    replaySales: (task, { onProgress, signal }) =>
      replaySales(read, task, { progress: onProgress, isStopped: () => signal.aborted }),
  };
}

/** Trusted time after the last commit. The time that the till was off counts for no wait: nobody watched the clock. */
function startTime(clock: Clock, db: ShopDatabase): TrustedClock {
  const lastCommitMs = selectLastCommitMs(db.read);
  const time = createTrustedClock(clock, lastCommitMs, selectAnsweredSkewMs(db.read));
  db.write((tx) => moveWaits(tx, lastCommitMs, time.now().trustedMs));
  return time;
}

const BROWSER_PRINTS: Devices = {
  openCustomerScreen: async () => ({ kind: 'none' }),
  closeCustomerScreen: () => undefined,
  printReceipt: async () => 'use-browser-print',
  saveReceiptPdf: async () => 'use-browser-print',
};

function writeErrorLine(errorCode: string, cause: unknown): void {
  const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  process.stderr.write(`[${errorCode}] ${detail}\n`);
}

function backendOver(env: BackendEnv, close: () => Promise<void>): Backend {
  return {
    router: appRouter,
    customerRouter,
    createContext: ({ clientId }) => ({ env, clientId }),
    onClientGone: (clientId) => env.sessions.end(clientId),
    status: () => readStatus({ env, clientId: '' }),
    wantsCustomerScreen: () => env.shop() !== null && env.settings().customerScreen,
    close,
  };
}
