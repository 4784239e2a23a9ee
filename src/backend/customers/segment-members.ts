import { isInSegment } from '#shop/customers/segment-rule.ts';
import { uuidV5 } from '#shop/ids/uuid.ts';
import { done, type Outcome } from '#shop/refusal.ts';
import { insertEvent } from '../activity/events-store.ts';
import type { SystemScope } from '../command-scope.ts';
import type { BackendEnv, ShopIdentity } from '../context.ts';
import type { Moment } from '../command-scope.ts';
import { compileSegment, monthOf, type SegmentInstant, selectFacts } from './segment-facts.ts';
import {
  deleteMember,
  insertMember,
  isMember,
  markComputed,
  selectMemberIds,
  selectSegment,
  selectSegmentRules,
} from './segments-store.ts';

export function instantOf(shop: ShopIdentity, moment: Moment): SegmentInstant {
  return { merchantId: shop.merchantId, nowMs: moment.trustedAtMs, today: moment.businessDate };
}

/**
 * Asks every rule of customers whom a command has touched, inside that command. What follows from a rule follows on every
 * device: the events are not in the op.
 */
export function followSegments(scope: SystemScope, customerIds: readonly string[]): void {
  const { db, shop, moment } = scope;
  const rules = selectSegmentRules(db, shop.merchantId);
  if (rules.length === 0) return;
  const instant = instantOf(shop, moment);
  const facts = selectFacts(db, instant, customerIds);
  for (const customerId of customerIds) {
    const known = facts.get(customerId);
    for (const { segmentId, rule } of rules) {
      const belongs = known !== undefined && isInSegment(rule, known, monthOf(instant));
      moveMember(scope, { segmentId, customerId, belongs });
    }
  }
}

/** Puts a customer in or takes them out and says so in their history; false when it is so already. */
export function moveMember(
  scope: SystemScope,
  {
    segmentId,
    customerId,
    belongs,
  }: { readonly segmentId: string; readonly customerId: string; readonly belongs: boolean },
): boolean {
  const { db, shop, session, moment } = scope;
  if (isMember(db, segmentId, customerId) === belongs) return false;
  if (belongs) insertMember(db, { segmentId, customerId, merchantId: shop.merchantId, atMs: moment.atMs });
  else deleteMember(db, segmentId, customerId);
  const type = belongs ? 'customer.segment.entered' : 'customer.segment.left';
  insertEvent(db, {
    event: { type, category: 'EFFECT', customerId, data: { segmentId }, source: 'System' },
    id: uuidV5(scope.operationId, `${type}:${segmentId}:${customerId}`),
    shop,
    staffId: session.staffId,
    groupId: scope.groupId,
    moment,
  });
  return true;
}

/** Who is to enter or leave so that a segment says what its rule says; read off the till's thread. */
export async function segmentChanges(
  env: BackendEnv,
  shop: ShopIdentity,
  moment: Moment,
  segmentId: string,
): Promise<string[]> {
  const segment = selectSegment(env.db.read, shop.merchantId, segmentId);
  if (segment === null || segment.rule === null) return [];
  const { statement, parameters } = compileSegment(segment.rule, instantOf(shop, moment), 'ids');
  const matched = new Set(
    (await env.heavy.all<{ customerId: string }>(statement, parameters)).map((row) => row.customerId),
  );
  const members = new Set(selectMemberIds(env.db.read, segmentId));
  const entering = [...matched].filter((id) => !members.has(id));
  const leaving = [...members].filter((id) => !matched.has(id));
  return [...entering, ...leaving];
}

/** At most so many customers are looked at in one command of a recomputation, so that the till never waits for long. */
export const SEGMENT_BATCH = 200;

export interface SegmentBatch {
  readonly segmentId: string;
  readonly customerIds: readonly string[];
  /** The last batch: from now on the segment says what its rule says. */
  readonly isLast: boolean;
}

/** Asks the rule again of these customers and moves who does not stand where it says. */
export function settleSegmentBatch(
  scope: SystemScope,
  { segmentId, customerIds, isLast }: SegmentBatch,
): Outcome<{ entered: number; left: number }> {
  const { db, shop, moment } = scope;
  const counts = { entered: 0, left: 0 };
  const segment = selectSegment(db, shop.merchantId, segmentId);
  if (segment === null || segment.rule === null) return done(counts);
  const instant = instantOf(shop, moment);
  const facts = selectFacts(db, instant, customerIds);
  for (const customerId of customerIds) {
    const known = facts.get(customerId);
    const belongs = known !== undefined && isInSegment(segment.rule, known, monthOf(instant));
    if (moveMember(scope, { segmentId, customerId, belongs })) counts[belongs ? 'entered' : 'left'] += 1;
  }
  if (isLast) markComputed(db, segmentId, moment.atMs);
  scope.touch('customers');
  return done(counts);
}
