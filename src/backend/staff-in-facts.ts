import type { Outcome } from '#shop/refusal.ts';
import type { BackendEnv } from './context.ts';
import { selectStaffName } from './till/names-store.ts';

/**
 * Adds the name of today to a refusal that says `byStaffId`. Answers are stored for ever and hold ids alone, so this is
 * done whenever one is told, also again.
 */
export function withStaffName<Value>(env: BackendEnv, outcome: Outcome<Value>): Outcome<Value> {
  if (outcome.kind !== 'refused') return outcome;
  const { byStaffId } = outcome.facts;
  if (typeof byStaffId !== 'string') return outcome;
  return { ...outcome, facts: { ...outcome.facts, byName: selectStaffName(env.db.read, byStaffId) } };
}
