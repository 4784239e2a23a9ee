import { z } from 'zod';
import { answer, command, query, router, signedInMutation } from '../trpc.ts';
import { askForCopy } from './ask-for-copy.ts';
import { askForRestore, restoreSchema, showLost, showLostSchema } from './ask-for-restore.ts';
import { listBackups } from './list-backups.ts';

/** Copies of the shop on this computer. */
export const backupsRouter = router({
  list: query('backups.list', 'backups.make', z.void(), listBackups),
  lost: query('backups.lost', 'backups.restore', showLostSchema, (scope, input) => answer(showLost(scope, input))),
  restore: signedInMutation('backups.restore', 'backups.restore', restoreSchema, askForRestore),
  make: command('backups.make', 'backups.make', z.strictObject({}), askForCopy),
});
