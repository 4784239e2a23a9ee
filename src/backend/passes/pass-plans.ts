import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { passTermsSchema } from '#shop/passes/pass.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { type PassPlan, selectPassPlan, selectPassPlans, writePassPlan } from './pass-plans-store.ts';

/** Lists what passes can be made of, those in use first. */
export function listPassPlans({ db, shop }: ReadScope): readonly PassPlan[] {
  return selectPassPlans(db, shop.merchantId);
}

export const savePlanSchema = z.strictObject({
  /** Left out: a new plan. */
  planId: idSchema.optional(),
  /** The version that was changed; needed with planId. */
  version: z.int().min(1).optional(),
  name: lineText({ max: 120 }),
  kind: z.enum(['units', 'package']),
  terms: passTermsSchema,
  isActive: z.boolean().default(true),
});

/** Adds a plan or changes one; passes that exist keep their terms. Refuses 'not-found' and 'changed-elsewhere'. */
export function savePassPlan(
  scope: CommandScope,
  { planId, version, ...plan }: z.output<typeof savePlanSchema>,
): Outcome<{ readonly planId: string; readonly version: number }> {
  const known = planId === undefined ? null : selectPassPlan(scope.db, scope.shop.merchantId, planId);
  if (planId !== undefined && known === null) return refuse('not-found', { kind: 'pass-plan' });
  if (known !== null && known.version !== version) return refuse('changed-elsewhere', { version: known.version });
  const saved: PassPlan = {
    ...plan,
    planId: known?.planId ?? scope.newId(),
    version: (known?.version ?? 0) + 1,
    createdAtMs: known?.createdAtMs ?? scope.moment.atMs,
  };
  writePassPlan(scope, saved);
  const before = known === null ? null : { ...known };
  scope.changed({ table: 'pass_plans', recordId: saved.planId, before, after: { ...saved } });
  scope.touch('wallet');
  return done({ planId: saved.planId, version: saved.version });
}
