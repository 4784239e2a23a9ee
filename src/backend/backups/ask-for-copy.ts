import { randomBytes } from 'node:crypto';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { raiseAlert } from '../alerts/alerts-store.ts';
import { runSystemCommand } from '../command.ts';
import type { CommandScope } from '../command-scope.ts';
import type { BackendEnv } from '../context.ts';
import { selectSchemaVersion } from '../system/system-store.ts';

/** What alerts call the making of copies, whoever asked. */
export const COPY_JOB = 'backup';

/**
 * Asks for a copy now; it is made beside the till once this is written, and how far it is stands in the list. Refuses
 * 'copies-not-here' where the shop is not kept in a folder.
 */
export function askForCopy(scope: CommandScope): Outcome<{ started: true }> {
  const { env } = scope;
  if (!env.copies.isPossible) return refuse('copies-not-here');
  scope.changed({ table: 'backups', recordId: scope.operationId, before: null, after: { reason: 'manual' } });
  scope.afterCommit(() => {
    const making = env.copies.make('manual', selectSchemaVersion(env.db.read));
    making.catch((cause: unknown) => tellFailedCopy(env, cause));
  });
  return done({ started: true });
}

/** A copy that somebody asked for failed: under a code in the log, and in the inbox. */
function tellFailedCopy(env: BackendEnv, cause: unknown): void {
  const errorCode = randomBytes(4).toString('hex');
  env.logError(errorCode, cause);
  try {
    runSystemCommand(
      env,
      {
        action: 'backups.fail',
        handle: (scope, facts: { readonly job: string; readonly errorCode: string }) => {
          raiseAlert(scope, { kind: 'job-failed', subject: COPY_JOB, facts });
          return done({ job: COPY_JOB });
        },
      },
      { operationId: env.newId(), input: { job: COPY_JOB, errorCode } },
    );
  } catch (second) {
    env.logError(errorCode, second);
  }
}
