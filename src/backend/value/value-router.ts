import { command, router } from '../trpc.ts';
import { holdValue, holdValueSchema, releaseValue, releaseValueSchema } from './hold-value.ts';

export const valueRouter = router({
  hold: command('value.hold', 'sale.make', holdValueSchema, holdValue),
  release: command('value.release', 'sale.make', releaseValueSchema, releaseValue),
});
