import { z } from 'zod';
import { publicFeed, publicQuery, query, router } from '../trpc.ts';
import { readHealth } from './read-health.ts';
import { readStatus } from './read-status.ts';

export const systemRouter = router({
  status: publicQuery('system.status', z.void(), (ctx) => readStatus(ctx)),
  health: query('system.health', 'signed-in', z.void(), readHealth),
  changes: publicFeed('system.changes', ({ env }, signal) => env.feed.follow(signal)),
});
