import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BackendEnv } from '#backend/context.ts';
import { openDatabase } from '#backend/db/open.ts';
import { appRouter } from '#backend/router.ts';
import { createEnv } from '#backend/start.ts';
import { insertStaff } from '#backend/staff/staff-store.ts';
import { ensureTerminalState } from '#backend/terminal-state-store.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { createUuidV7Source } from '#shop/ids/uuid.ts';
import type { Role } from '#shop/staff/permissions.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

const createCaller = createCallerFactory(appRouter);
export type TestCaller = ReturnType<typeof createCaller>;

/** The first manager of a test shop has this PIN, everybody else one of the same kind. */
export const MANAGER_PIN = '739164';
export const STAFF_PIN = '5829';

/** The workers as sources: Node reads them without a build. */
export const TEST_WORKERS = {
  read: new URL('../../src/backend/db/read-worker.ts', import.meta.url),
  checkpoint: new URL('../../src/backend/db/checkpoint-worker.ts', import.meta.url),
  copy: new URL('../../src/backend/db/copy-worker.ts', import.meta.url),
};

const CHEAP_PIN_HASHES = { memoryKib: 8, passes: 1 };

export interface TestBackend {
  readonly env: BackendEnv;
  readonly clock: FakeClock;
  readonly managerId: string;
  readonly recoveryCode: string;
  /** The staff id of somebody who holds exactly this role (the first manager for 'manager'). */
  staffId(role: Role): string;
  /** Calls procedures as somebody who holds this role, signed in at a client of their own. */
  caller(role: Role): TestCaller;
  /** Calls procedures at a client where nobody is signed in. */
  stranger(clientId?: string): TestCaller;
  newId(): string;
  /** Wraps an input with a fresh operation id. */
  op<Input>(input: Input): { operationId: string; input: Input };
  close(): void;
}

export interface TestBackendOptions {
  /** Keep the database in a real file (with WAL) in a temporary folder, instead of in memory. */
  readonly inFile?: boolean;
  /** Open the database that is there, and leave it there. */
  readonly path?: string;
  readonly clock?: FakeClock;
  readonly shop?: Partial<Parameters<TestCaller['setup']['createShop']>[0]['input']>;
}

/** A migrated database without a shop: the state before the first run. */
export function createEmptyBackend(options: TestBackendOptions = {}) {
  const clock = options.clock ?? createFakeClock();
  const folder = options.inFile === true ? mkdtempSync(join(tmpdir(), 'regulars-test-')) : null;
  const db = openDatabase({
    path: options.path ?? (folder === null ? ':memory:' : join(folder, 'test.sqlite')),
    nowMs: clock.wallNowMs(),
  });
  const newId = createUuidV7Source(clock.wallNowMs, (bytes) => void randomFillSync(bytes));
  db.write((tx) => ensureTerminalState(tx, newId()));
  const env = createEnv({
    db,
    clock,
    newId,
    pepper: Buffer.alloc(32, 7),
    host: 'web',
    appVersion: '0.0.0-test',
    devices: null,
    pinHashCost: CHEAP_PIN_HASHES,
    logError: (errorCode, cause) => console.error(`[${errorCode}]`, cause),
  });
  return {
    env,
    clock,
    newId,
    op: <Input>(input: Input) => ({ operationId: newId(), input }),
    stranger: (clientId = newId()) => createCaller({ env, clientId }),
    close: () => {
      db.close();
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A backend after the first run: a café in Asunción (PYG, prices with tax) and one person for each role, signed in. */
export async function createTestBackend(options: TestBackendOptions = {}): Promise<TestBackend> {
  const empty = createEmptyBackend(options);
  const { env, clock, newId, op } = empty;
  const created = await empty.stranger('client-manager').setup.createShop(
    op({
      shopName: 'Café Lapacho',
      country: 'PY',
      currency: 'PYG',
      timeZone: 'America/Asuncion',
      language: 'en' as const,
      region: 'es-PY',
      taxMode: 'inclusive' as const,
      dayStartsAtHour: 4,
      manager: { name: 'Marta Benítez', pin: MANAGER_PIN },
      ...options.shop,
    }),
  );
  const staff = new Map<Role, string>([['manager', created.staffId]]);
  const merchantId = env.shop()?.merchantId ?? '';
  const pinHash = await env.pins.hash(STAFF_PIN);
  for (const role of ['cashier', 'admin', 'auditor'] as const) {
    const staffId = newId();
    const name = { cashier: 'Carlos Ayala', admin: 'Ida Torres', auditor: 'Aldo Ríos' }[role];
    env.db.write((tx) =>
      insertStaff(tx, { staffId, merchantId, name, roles: [role], pinHash, atMs: clock.wallNowMs() }),
    );
    env.sessions.begin(`client-${role}`, { sessionId: newId(), staffId, name, roles: [role], isLocked: false });
    staff.set(role, staffId);
  }
  return {
    ...empty,
    managerId: created.staffId,
    recoveryCode: created.recoveryCode,
    staffId: (role) => staff.get(role) ?? '',
    caller: (role) => createCaller({ env, clientId: `client-${role}` }),
  };
}

/** The refusal with which a call ended, or null when it ended otherwise. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ reason: string; facts: Record<string, unknown> } | null> {
  const error = await call.then(
    () => null,
    (cause: unknown) => cause as { cause?: { refusal?: { reason: string; facts: Record<string, unknown> } } },
  );
  const refusal = error?.cause?.refusal;
  return refusal === undefined ? null : { reason: refusal.reason, facts: refusal.facts };
}
