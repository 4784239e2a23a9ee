import { command, router } from '../trpc.ts';
import { confirmTime, confirmTimeSchema } from './confirm-time.ts';

/** What time it is, when the computer's clock cannot be believed. */
export const timeRouter = router({
  confirm: command('time.confirm', 'time.confirm', confirmTimeSchema, confirmTime),
});
