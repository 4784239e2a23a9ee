import { z } from 'zod';
import { answer, command, query, router } from '../trpc.ts';
import { listPassPlans, savePassPlan, savePlanSchema } from './pass-plans.ts';
import {
  adjustPass,
  adjustPassSchema,
  givePass,
  givePassSchema,
  passesOfSchema,
  revokePass,
  revokePassSchema,
  showPasses,
} from './passes.ts';

export const passesRouter = router({
  plans: query('passes.plans', 'vouchers.read', z.void(), listPassPlans),
  savePlan: command('passes.savePlan', 'passes.edit', savePlanSchema, savePassPlan),
  ofCustomer: query('passes.ofCustomer', 'customers.read', passesOfSchema, (scope, input) =>
    answer(showPasses(scope, input)),
  ),
  give: command('passes.give', 'credit.adjust', givePassSchema, givePass),
  adjust: command('passes.adjust', 'credit.adjust', adjustPassSchema, adjustPass),
  revoke: command('passes.revoke', 'credit.adjust', revokePassSchema, revokePass),
});
