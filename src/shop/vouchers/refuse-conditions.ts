import { type ConditionGroup, factsOf, isSaleFact, type OutsideFact } from '../offers/conditions.ts';
import {
  type Judgement,
  judgeConditions,
  known,
  LATER,
  missingText,
  type SettledCondition,
  settleConditions,
  UNKNOWN,
} from '../offers/judge-conditions.ts';
import { type Refusal, type RefusalFacts, refuse } from '../refusal.ts';
import { isScheduled } from '../time/schedule.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignFacts, Situation } from './voucher-facts.ts';

/**
 * Refuses where no sale could fulfil the conditions of a campaign now, for this customer: 'voucher-needs-customer' where only
 * an unknown customer stands against it, else 'voucher-conditions' with what is missing. What a sale must have is for pricing.
 */
export function refuseConditions(
  { conditions }: Campaign,
  facts: Pick<CampaignFacts, 'restrictedTo'>,
  situation: Situation,
): Refusal | null {
  if (conditions === null) return null;
  const settled = settledIn(conditions, situation, UNKNOWN);
  if (judgeConditions(settled, () => LATER).canHold) return null;
  const ofSomebody = settledIn(conditions, situation, LATER);
  if (judgeConditions(ofSomebody, () => LATER).canHold) return refuse('voucher-needs-customer');
  return refuse('voucher-conditions', { missing: missingText(settled, () => LATER), ...namesOfConditions(facts) });
}

/** What a sale must have for a campaign, with what is known now put in; undefined where it asks nothing of the sale. */
export function saleConditionsOf({ conditions }: Campaign, situation: Situation): SettledCondition | undefined {
  if (conditions === null || !factsOf(conditions).some(isSaleFact)) return undefined;
  return settledIn(conditions, situation, UNKNOWN);
}

/** The names of what conditions mention, by id, as a fact; none where they are not known. */
export function namesOfConditions({ restrictedTo }: Pick<CampaignFacts, 'restrictedTo'>): RefusalFacts {
  return restrictedTo === undefined ? {} : { missingNames: JSON.stringify(restrictedTo.conditions) };
}

/** Puts the moment and the customer into conditions; `unknown` stands for what a customer who is not known would be. */
function settledIn(conditions: ConditionGroup, situation: Situation, unknown: Judgement): SettledCondition {
  return settleConditions(conditions, (fact) => judgeOutside(fact, situation, unknown));
}

function judgeOutside(fact: OutsideFact, { atMs, zone, customer }: Situation, unknown: Judgement): Judgement {
  if (fact.kind === 'time') return known(isScheduled(fact.window, atMs, zone));
  if (customer === null) return unknown;
  if (fact.kind === 'tier') return known(customer.tierIds.includes(fact.tierId));
  if (fact.kind === 'segment') return known(customer.segmentIds.includes(fact.segmentId));
  return known(customer.completedSales >= fact.atLeast);
}
