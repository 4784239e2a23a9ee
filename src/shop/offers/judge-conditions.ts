import { type Condition, type ConditionFact, isGroup, isSaleFact, MOST_NAMED, type OutsideFact } from './conditions.ts';
import type { ItemFilter } from './item-filter.ts';

/**
 * What is known of a condition: whether it can hold and whether it can fail. What will be known later can do both; what
 * nobody knows can do neither, so that it neither fulfils a condition nor fulfils its opposite.
 */
export interface Judgement {
  readonly canHold: boolean;
  readonly canFail: boolean;
}
export const LATER: Judgement = { canHold: true, canFail: true };
export const UNKNOWN: Judgement = { canHold: false, canFail: false };

/** A fact outside the sale with its judgement, in the place of the fact. */
interface SettledFact {
  readonly kind: 'settled';
  readonly fact: OutsideFact;
  readonly judgement: Judgement;
}

/** Conditions of which only what the sale must have is still open. */
export type SettledCondition =
  | Exclude<ConditionFact, OutsideFact>
  | SettledFact
  | { readonly kind: 'all' | 'any' | 'none'; readonly parts: readonly SettledCondition[] };
export type SaleFact = Exclude<ConditionFact, OutsideFact>;

/** Returns a judgement of what is known for sure. */
export function known(holds: boolean): Judgement {
  return { canHold: holds, canFail: !holds };
}

/** Puts what is known outside the sale into conditions; asks only for the facts that they name. */
export function settleConditions(condition: Condition, judge: (fact: OutsideFact) => Judgement): SettledCondition {
  if (isGroup(condition)) {
    const { kind, parts } = condition;
    return { kind, parts: parts.map((part) => settleConditions(part, judge)) };
  }
  return isSaleFact(condition) ? condition : { kind: 'settled', fact: condition, judgement: judge(condition) };
}

/** Judges settled conditions with what a sale has; all, any and none as in logic, De Morgan's laws included. */
export function judgeConditions(condition: SettledCondition, ofSale: (fact: SaleFact) => Judgement): Judgement {
  if (condition.kind === 'settled') return condition.judgement;
  if (!isGroup(condition)) return ofSale(condition);
  const parts = condition.parts.map((part) => judgeConditions(part, ofSale));
  const canAllHold = parts.every(({ canHold }) => canHold);
  const canOneHold = parts.some(({ canHold }) => canHold);
  const canAllFail = parts.every(({ canFail }) => canFail);
  const canOneFail = parts.some(({ canFail }) => canFail);
  if (condition.kind === 'all') return { canHold: canAllHold, canFail: canOneFail };
  if (condition.kind === 'any') return { canHold: canOneHold, canFail: canAllFail };
  return { canHold: canAllFail, canFail: canOneHold };
}

/** Returns what is missing as JSON for the facts of a refusal: filters name no more than a sentence does. */
export function missingText(condition: SettledCondition, ofSale: (fact: SaleFact) => Judgement): string {
  return JSON.stringify(missingOf(condition, ofSale), (key, value: unknown) =>
    key === 'filter' ? shortened(value as ItemFilter) : value,
  );
}

function shortened(filter: ItemFilter): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filter).map(([kind, ids]) => [kind, ids.slice(0, MOST_NAMED)]));
}

/** Returns what of conditions that do not hold is missing: of 'all' what fails, of 'any' everything, of 'none' what stands against it. */
export function missingOf(condition: SettledCondition, ofSale: (fact: SaleFact) => Judgement): Condition {
  if (condition.kind === 'settled') return condition.fact;
  if (!isGroup(condition)) return condition;
  const { kind, parts } = condition;
  const judged = parts.map((part) => ({ part, ...judgeConditions(part, ofSale) }));
  if (kind === 'none') {
    return { kind, parts: judged.filter(({ canFail }) => !canFail).map(({ part }) => unsettled(part)) };
  }
  const open = judged.filter(({ canHold }) => !canHold).map(({ part }) => missingOf(part, ofSale));
  const [only] = open;
  return only !== undefined && open.length === 1 ? only : { kind, parts: open };
}

function unsettled(condition: SettledCondition): Condition {
  if (condition.kind === 'settled') return condition.fact;
  return isGroup(condition) ? { ...condition, parts: condition.parts.map(unsettled) } : condition;
}
