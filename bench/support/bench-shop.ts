import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { allMigrations } from '#backend/db/migrate.ts';
import { type Backend, openBackend } from '#backend/start.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { loadHistory } from './loaded-history.ts';

const BENCH_CACHE = join('.cache', 'bench');
/** Raised when other rows are loaded than before. */
const LOADED_FORMAT = 2;
export const BENCH_PIN = '739164';

const createCaller = (backend: Backend, clientId: string) =>
  createCallerFactory(backend.router)(backend.createContext({ clientId }));
export type BenchCaller = ReturnType<typeof createCaller>;

export interface BenchShop {
  readonly folder: string;
  readonly databasePath: string;
}

/** The built worker files; `npm run build` puts them there. */
const WORKERS = {
  read: join('out', 'main', 'read-worker.cjs'),
  checkpoint: join('out', 'main', 'checkpoint-worker.cjs'),
  copy: join('out', 'main', 'copy-worker.cjs'),
};

/** Opens a loaded shop as a host would: real lock, real workers, a signed-in manager. */
export async function openBenchShop(
  shop: BenchShop,
): Promise<{ backend: Backend; caller: BenchCaller; clientId: string }> {
  const backend = await openBackend({
    dataFolder: shop.folder,
    host: 'web',
    appVersion: '0.0.0-bench',
    workers: {
      read: join(process.cwd(), WORKERS.read),
      checkpoint: join(process.cwd(), WORKERS.checkpoint),
      copy: join(process.cwd(), WORKERS.copy),
    },
    devices: null,
  });
  const clientId = 'bench';
  const caller = createCaller(backend, clientId);
  const [manager] = await caller.staff.list();
  if (manager === undefined) throw new Error('the bench shop has no manager');
  await caller.staff.signIn(operation(backend, { staffId: manager.staffId, pin: BENCH_PIN }));
  return { backend, caller, clientId };
}

/** Wraps an input with a fresh operation id, as a screen does when an action starts. */
export function operation<Input>(backend: Backend, input: Input): { operationId: string; input: Input } {
  return { operationId: backend.createContext({ clientId: 'ids' }).env.newId(), input };
}

/**
 * A shop with this many customers, each with one past sale of one line, one ledger entry and one visit; kept in .cache
 * and made again only when the schema changes. 1,000,000 customers take some minutes and about 2 GB; shops of an older schema are removed.
 */
export async function loadedShop(customers: number): Promise<BenchShop> {
  const made = [LOADED_FORMAT, ...allMigrations().map((migration) => migration.checksum)];
  const folder = join(
    BENCH_CACHE,
    `${customers}-${createHash('sha256').update(made.join()).digest('hex').slice(0, 8)}`,
  );
  if (!existsSync(folder)) {
    mkdirSync(BENCH_CACHE, { recursive: true });
    const outdated = readdirSync(BENCH_CACHE).filter((name) => name.startsWith(`${customers}-`));
    for (const name of outdated) rmSync(join(BENCH_CACHE, name), { recursive: true, force: true });
    const building = `${folder}.building`;
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building, { recursive: true });
    const path = await createEmptyShop(building);
    loadHistory(path, customers);
    renameSync(building, folder);
  }
  return { folder, databasePath: databasePathIn(folder) };
}

/** A copy of a loaded shop that a bench may write to; `remove` deletes it. */
export function copyOfShop(shop: BenchShop): BenchShop & { remove(): void } {
  const folder = mkdtempSync(join(BENCH_CACHE, 'copy-'));
  cpSync(shop.folder, folder, { recursive: true });
  return {
    folder,
    databasePath: databasePathIn(folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function databasePathIn(folder: string): string {
  return join(folder, 'regulars.sqlite');
}

async function createEmptyShop(folder: string): Promise<string> {
  const backend = await openBackend({
    dataFolder: folder,
    host: 'web',
    appVersion: '0.0.0-bench',
    workers: {
      read: join(process.cwd(), WORKERS.read),
      checkpoint: join(process.cwd(), WORKERS.checkpoint),
      copy: join(process.cwd(), WORKERS.copy),
    },
    devices: null,
  });
  await createCaller(backend, 'bench').setup.createShop(
    operation(backend, {
      shopName: 'Café Lapacho',
      country: 'PY',
      currency: 'PYG',
      timeZone: 'America/Asuncion',
      language: 'en' as const,
      region: 'es-PY',
      taxMode: 'inclusive' as const,
      dayStartsAtHour: 4,
      manager: { name: 'Marta Benítez', pin: BENCH_PIN },
    }),
  );
  await backend.close();
  return databasePathIn(folder);
}
