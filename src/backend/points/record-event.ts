import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { sumOf } from '#shop/money/money.ts';
import { rulesForEvent, SYSTEM_EVENTS } from '#shop/points/event-earning.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import { localDateOf } from '#shop/time/business-day.ts';
import type { CommandScope } from '../command-scope.ts';
import type { ReadScope } from '../context.ts';
import { awardEvent, earnByEvent } from '../ledger/award-event.ts';
import { refuseRiskyScan } from '../scanning/scan-approvals-store.ts';
import { type Member, selectHolder, selectMember } from './accounts-store.ts';
import { selectLiveProgrammes, type StoredVersion } from './programmes-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const recordEventSchema = z.strictObject({
  customerId: idSchema,
  /** 'review', or a code of the shop's own: what the system sees by itself cannot be recorded. */
  event: lineText({ max: 64 }),
  /** How it was seen that it happened. */
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

export interface RecordedEvent {
  readonly points: number;
  readonly newBalance: number;
}

/**
 * Gives what the programmes give for something that somebody saw happen: a review, or an event of the shop's own (PT4), within
 * the limits of the rules. Refuses 'not-found', 'customer-blocked', 'scan-risk', 'event-unknown' where no programme has a
 * rule for it, and 'event-used-up' where the limits, hours or groups of the rules leave nothing.
 */
export function recordEvent(scope: CommandScope, input: z.output<typeof recordEventSchema>): Outcome<RecordedEvent> {
  const { db, shop, moment, operationId } = scope;
  const { customerId, event, note } = input;
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer' });
  if (member.status === 'blocked') return refuse('customer-blocked', { customerId });
  const risky = refuseRiskyScan(scope, { customerId, isByScan: false });
  if (risky !== null) return risky;
  const versions = versionsFor(selectLiveProgrammes(db, shop.merchantId), event);
  if (versions.length === 0) return refuse('event-unknown', { event });
  const countedOn = localDateOf(moment.atMs, shop.timeZone);
  const what = { event, occasion: operationId, countedOn };
  if (earnByEvent(scope, member, what, versions).every(({ earning }) => earning.points === 0))
    return refuse('event-used-up', { event });
  scope.event({ type: 'customer.event.recorded', category: 'ACTION', customerId, data: {}, pii: { event, note } });
  const { points, entryIds } = awardEvent(scope, member, what, versions);
  const newBalance = selectHolder(db, shop.merchantId, customerId)?.balance ?? 0;
  scope.changed({
    table: 'points_transactions',
    recordId: entryIds[0] ?? operationId,
    before: { balance: member.balance },
    after: { balance: newBalance, points, customerId },
    personalAfter: { event, note },
  });
  return done({ points, newBalance });
}

function versionsFor(live: readonly StoredVersion[], event: string): StoredVersion[] {
  if (isOfSystem(event)) return [];
  return live.filter(({ programme }) => rulesForEvent(programme, event).length > 0);
}

function isOfSystem(event: string): boolean {
  return event === 'referral-friend' || SYSTEM_EVENTS.some((known) => known === event);
}

/** What can be recorded of a customer, and what it would give now over all programmes. */
export interface RecordableEvent {
  readonly event: string;
  /** 0 where the limits leave nothing. */
  readonly points: number;
}

export const recordableEventsSchema = z.strictObject({ customerId: idSchema });

/** Returns the events for which staff can give points, in the order of the rules, with what each would give this customer now. */
export function recordableEvents(scope: ReadScope, { customerId }: { customerId: string }): RecordableEvent[] {
  const { db, shop, moment } = scope;
  const member = selectMember(db, shop.merchantId, customerId);
  const live = selectLiveProgrammes(db, shop.merchantId);
  const rules = live.flatMap(({ programme }) => programme.rules);
  const named = rules.flatMap((rule) => (rule.kind === 'event' && !isOfSystem(rule.event) ? [rule.event] : []));
  return [...new Set(named)].map((event) => ({ event, points: pointsOf(scope, member, event, moment.atMs, live) }));
}

function pointsOf(
  scope: ReadScope,
  member: Member | null,
  event: string,
  atMs: number,
  live: readonly StoredVersion[],
): number {
  if (member === null || member.status !== 'active') return 0;
  const countedOn = localDateOf(atMs, scope.shop.timeZone);
  const earned = earnByEvent(scope, member, { event, occasion: '?', countedOn }, versionsFor(live, event));
  return sumOf(earned.map(({ earning }) => earning.points));
}
