import { z } from 'zod';
import { command, publicFeed, publicQuery, query, router } from '../trpc.ts';
import { checkDays } from './check-days.ts';
import { readHealth } from './read-health.ts';
import { readStatus } from './read-status.ts';

export const systemRouter = router({
  status: publicQuery('system.status', z.void(), (ctx) => readStatus(ctx)),
  checkDays: command('system.checkDays', 'settings.shop', z.strictObject({}), checkDays),
  health: query('system.health', 'signed-in', z.void(), readHealth),
  changes: publicFeed('system.changes', ({ env }, signal) => env.feed.follow(signal)),
});
