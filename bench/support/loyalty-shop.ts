import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { BackendEnv } from '#backend/context.ts';
import type { ReadableDb, Sql, SqlParameters } from '#backend/db/database.ts';
import { openDatabase } from '#backend/db/open.ts';
import { fillRandom } from '#backend/random-bytes.ts';
import { startCheckpointer } from '#backend/db/workers.ts';
import { appRouter } from '#backend/router.ts';
import { createEnv } from '#backend/start.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { createUuidV7Source } from '#shop/ids/uuid.ts';
import { programmeSchema } from '#shop/points/programme.ts';
import { createSystemClock } from '#backend/time/system-clock.ts';
import type { BenchCaller, BenchShop } from './bench-shop.ts';

const CLIENT = 'bench';

export interface LoyaltyShop {
  readonly env: BackendEnv;
  readonly caller: BenchCaller;
  /** The same procedures over a handle that notes what is read. */
  readonly noting: BenchCaller;
  /** What was read since it was last asked. */
  readsSince(): { statement: string; parameters: SqlParameters }[];
  close(): Promise<void>;
}

/** Opens a loaded shop without the jobs that would start by themselves: here they start when they are measured. */
export function openLoyaltyShop({ databasePath }: BenchShop): LoyaltyShop {
  const clock = createSystemClock();
  const db = openDatabase({ path: databasePath, nowMs: clock.wallNowMs() });
  const checkpointer = startCheckpointer(join(process.cwd(), 'out', 'main', 'checkpoint-worker.cjs'), {
    databasePath,
    nativeBinding: null,
  });
  const newId = createUuidV7Source(clock.wallNowMs, fillRandom);
  const { afterCommit, settled: logSettled } = checkpointer;
  const parts = { db, clock, newId, pepper: Buffer.alloc(32, 7), host: 'web', appVersion: '0.0.0-bench' } as const;
  const env = createEnv({ ...parts, devices: null, afterCommit, logSettled });
  env.time.confirm(clock.wallNowMs());
  const staffId = (db.read.get<{ id: string }>('SELECT id FROM staff_members LIMIT 1' as Sql) ?? { id: '' }).id;
  const session = { sessionId: newId(), staffId, name: 'Bench', roles: ['manager'] as const, isLocked: false };
  env.sessions.begin(CLIENT, session);
  const noted: { statement: string; parameters: SqlParameters }[] = [];
  const note = (statement: Sql, parameters: SqlParameters = {}): void => void noted.push({ statement, parameters });
  const read: ReadableDb = {
    get: (statement, parameters) => {
      note(statement, parameters);
      return db.read.get(statement, parameters);
    },
    all: (statement, parameters) => {
      note(statement, parameters);
      return db.read.all(statement, parameters);
    },
  };
  const create = createCallerFactory(appRouter);
  return {
    env,
    caller: create({ env, clientId: CLIENT }),
    noting: create({ env: { ...env, db: { ...db, read } }, clientId: CLIENT }),
    readsSince: () => noted.splice(0),
    close: async () => {
      await checkpointer.close();
      db.close();
    },
  };
}

/** Publishes a programme with everything that a preview has to look at: ends, waiting, tiers and rewards. */
export async function publishFullProgramme({ caller, env }: LoyaltyShop): Promise<void> {
  const op = <Input>(input: Input) => ({ operationId: env.newId(), input });
  const programId = (await caller.points.programmes())[0]?.programId ?? '';
  const { live } = await caller.points.programmeDetail({ programId });
  const filter = {
    productIds: [],
    categoryIds: [],
    tags: [],
    excludeProductIds: [],
    excludeCategoryIds: [],
    excludeTags: [],
  };
  const programme = programmeSchema.parse({
    ...live?.programme,
    expiryMonths: 24,
    tiers: {
      measure: 'points',
      period: { kind: 'rolling', months: 12 },
      levels: [
        { tierId: env.newId(), name: 'Basic', threshold: 0 },
        { tierId: env.newId(), name: 'Silver', threshold: 100, multiplierBasisPoints: 12_500 },
      ],
    },
    rewards: [
      {
        kind: 'fixed',
        rewardId: env.newId(),
        name: 'Off',
        minimumSpendMinor: 0,
        filter,
        tierIds: [],
        pricePoints: 20,
        amountMinor: 1_000,
      },
    ],
  });
  const { revision } = await caller.points.saveProgrammeDraft(op({ programId, programme, revision: 0 }));
  await caller.points.publishProgrammeDraft(op({ programId, revision }));
}

/** Lets the points of the first customers end at `endMs` (UTC ms) and more, ten instants an hour apart. */
export function letLotsEnd(databasePath: string, lots: number, endMs: number): void {
  const db = new Database(databasePath);
  const frozen = db
    .prepare("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'points_transactions_frozen'")
    .get() as { sql: string };
  db.transaction(() => {
    db.exec('DROP TRIGGER points_transactions_frozen');
    db.prepare('UPDATE points_transactions SET expires_at_ms = ? + (seq % 10) * 3600000 WHERE seq <= ?').run(
      endMs,
      lots,
    );
    db.prepare('UPDATE programme_balances SET has_lot_terms = 1 WHERE last_entry_seq <= ?').run(lots);
    db.exec(frozen.sql);
  })();
  db.exec('ANALYZE');
  db.close();
}
