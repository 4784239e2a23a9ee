import { randomBytes } from 'node:crypto';
import { done } from '#shop/refusal.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import { runSystemCommand, writeHistory } from '../command.ts';
import type { BackendEnv, Session } from '../context.ts';
import { eraseCustomer } from '../customers/erase-customer.ts';
import { selectCustomer } from '../customers/customers-store.ts';
import { selectStaffMember } from '../staff/staff-store.ts';
import { COPY_JOB } from './ask-for-copy.ts';
import { type Restore, readRestore, writeRestore } from './restore-file.ts';

const ERASE = { action: 'customers.erase', permission: 'customers.erase', handle: eraseCustomer } as const;

/**
 * Notes in the restored shop that it was restored, once, and erases again who was erased since the copy. One that could not be
 * carried out is told in the inbox instead.
 */
export function noteRestore(env: BackendEnv, dataFolder: string, wallMs: number): void {
  const restore = readRestore(dataFolder);
  if (env.shop() === null || restore === null) return;
  if (restore.phase === 'failed') tellFailure(env, restore);
  if (restore.phase !== 'swapped') return;
  const { restoreId, copyName, copyAtMs, incarnation, setAside, staffId } = restore;
  runSystemCommand(
    env,
    {
      action: 'backups.restored',
      handle: (scope, after: { copyName: string; copyAtMs: number; incarnation: number; staffId: string }) => {
        scope.fact('restores', { id: restoreId, ...after });
        scope.changed({ table: 'backups', recordId: copyName, before: null, after });
        return done({ restoreId });
      },
    },
    { operationId: restoreId, input: { copyName, copyAtMs, incarnation, staffId } },
  );
  for (const customerId of restore.erasedCustomerIds) eraseAgain(env, restore, customerId);
  const { phase: _phase, incarnation: _life, ...wish } = restore;
  writeRestore(dataFolder, { ...wish, phase: 'noted', setAside, restoredAtMs: wallMs });
}

/** Whoever cannot be erased now stands in the log under a code; the others are. */
function eraseAgain(env: BackendEnv, { staffId }: Restore, customerId: string): void {
  const shop = env.shop();
  if (shop === null) return;
  const { merchantId } = shop;
  const customer = selectCustomer(env.db.read, merchantId, customerId);
  if (customer === null || customer.status === 'erased') return;
  const known = selectStaffMember(env.db.read, merchantId, staffId);
  const session: Session = { sessionId: env.newId(), staffId, name: '', roles: known?.roles ?? [], isLocked: false };
  try {
    writeHistory(env, shop, (run) => run(ERASE, session, env.time.now().bookedMs, { customerId }));
  } catch (cause) {
    env.logError(randomBytes(4).toString('hex'), cause);
  }
}

function tellFailure(env: BackendEnv, { restoreId }: Restore): void {
  runSystemCommand(
    env,
    {
      action: 'backups.fail',
      handle: (scope, facts: { readonly job: string; readonly errorCode: string }) => {
        raiseAlert(scope, { kind: 'job-failed', subject: `${COPY_JOB}-restore`, facts });
        return done({ restoreId });
      },
    },
    { operationId: restoreId, input: { job: 'restore', errorCode: restoreId.slice(-8) } },
  );
}
