import { z } from 'zod';
import { showUpdate, startUpdate } from '../updates/take-over.ts';
import { command, publicFeed, publicQuery, query, router } from '../trpc.ts';
import { checkDays } from './check-days.ts';
import { readHealth } from './read-health.ts';
import { readStatus } from './read-status.ts';

export const systemRouter = router({
  status: publicQuery('system.status', z.void(), (ctx) => readStatus(ctx)),
  checkDays: command('system.checkDays', 'settings.shop', z.strictObject({}), checkDays),
  health: query('system.health', 'signed-in', z.void(), readHealth),
  update: query('system.update', 'signed-in', z.void(), showUpdate),
  startUpdate: command('system.startUpdate', 'settings.shop', z.strictObject({}), startUpdate),
  changes: publicFeed('system.changes', ({ env }, signal) => env.feed.follow(signal)),
});
