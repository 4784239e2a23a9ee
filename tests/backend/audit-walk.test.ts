import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { appendAudit } from '#backend/audit/audit-store.ts';
import { startReadWorker } from '#backend/db/workers.ts';
import { createTestBackend, TEST_WORKERS, type TestBackend } from '../support/test-backend.ts';

const ROWS = 10_000;
const state: { close: (() => void | Promise<void>)[] } = { close: [] };

afterEach(async () => {
  for (const close of state.close.splice(0)) await close();
});

function addRows({ env, newId }: TestBackend, count: number): void {
  env.db.write((db) => {
    for (let index = 0; index < count; index += 1) {
      appendAudit(db, {
        merchantId: null,
        terminalId: null,
        operationId: newId(),
        action: 'till.saveDraft',
        outcome: 'done',
        reason: null,
        staffId: null,
        approvedByStaffId: null,
        sessionId: null,
        changes: [],
        moment: { wallMs: 1, trustedAtMs: 1 },
      });
    }
  });
}

async function start() {
  const backend = await createTestBackend({ inFile: true });
  const worker = startReadWorker(TEST_WORKERS.read, { databasePath: backend.env.db.path, nativeBinding: null });
  state.close.push(worker.close, backend.close);
  addRows(backend, ROWS);
  return { backend, worker };
}

test('A1: the log is walked on a thread of its own while the till goes on committing', async () => {
  const { backend, worker } = await start();
  const before = (await worker.verifyAudit()).rows;
  const walking = worker.verifyAudit();
  const state = { isWalking: true, commits: 0 };
  void walking.then(() => {
    state.isWalking = false;
  });
  while (state.isWalking) {
    addRows(backend, 1);
    state.commits += 1;
    await new Promise(setImmediate);
  }
  const { rows, brokenAtSeq } = await walking;
  expect(brokenAtSeq).toBeNull();
  expect(rows - before).toBeLessThanOrEqual(state.commits);
  // A walk on this thread would let one commit in at the most.
  expect(state.commits).toBeGreaterThan(1);
});

test('A1: a row changed behind the till’s back is found by the walk, by its number', async () => {
  const { backend, worker } = await start();
  const behind = new Database(backend.env.db.path);
  behind.exec('DROP TRIGGER audit_logs_frozen');
  behind.prepare(`UPDATE audit_logs SET action = 'till.refund' WHERE seq = 1500`).run();
  behind.close();
  expect(await worker.verifyAudit()).toMatchObject({ brokenAtSeq: 1500 });
});
