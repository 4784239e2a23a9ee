import { z } from 'zod';
import { command, query, router } from '../trpc.ts';
import { askForCopy } from './ask-for-copy.ts';
import { listBackups } from './list-backups.ts';

/** Copies of the shop on this computer. */
export const backupsRouter = router({
  list: query('backups.list', 'backups.make', z.void(), listBackups),
  make: command('backups.make', 'backups.make', z.strictObject({}), askForCopy),
});
