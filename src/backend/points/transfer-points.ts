import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mustHave } from '#shop/must.ts';
import { MAX_MANUAL_POINTS } from '#shop/points/decide-adjustment.ts';
import { transferLots } from '#shop/points/transfer-lots.ts';
import { done, type Outcome, type Refusal, refuse } from '#shop/refusal.ts';
import { lineText } from '#shop/text/text-schema.ts';
import type { CommandScope } from '../command-scope.ts';
import { settleTiersOf } from '../ledger/merge-points.ts';
import { standingsOf } from '../ledger/standing.ts';
import { type Member, selectMember, withAccount } from './accounts-store.ts';
import { appendEntry } from './ledger-store.ts';
import { selectLiveProgrammes } from './programmes-store.ts';
import { overrideIdsSchema } from '../override-ids.ts';

export const transferSchema = z.strictObject({
  fromCustomerId: idSchema,
  toCustomerId: idSchema,
  /** Left out: the main programme. */
  programId: idSchema.optional(),
  points: z.int().min(1).max(MAX_MANUAL_POINTS),
  note: lineText({ max: 200 }),
  overrideIds: overrideIdsSchema,
});

export interface TransferredPoints {
  readonly points: number;
  readonly fromBalance: number;
  readonly toBalance: number;
}

/**
 * Moves points from one customer to another with the terms of their lots, the soonest to end first (PT23); only what can be
 * spent. Refuses 'not-found', 'customer-blocked', 'no-programme' and 'points-short'.
 */
export function transferPoints(
  scope: CommandScope,
  input: z.output<typeof transferSchema>,
): Outcome<TransferredPoints> {
  const { db, shop } = scope;
  const from = memberOf(scope, input.fromCustomerId);
  if ('reason' in from) return from;
  const to = memberOf(scope, input.toCustomerId);
  if ('reason' in to) return to;
  if (from.customerId === to.customerId) return refuse('not-found', { kind: 'customer' });
  const live = selectLiveProgrammes(db, shop.merchantId);
  const version = input.programId === undefined ? live[0] : live.find((each) => each.programId === input.programId);
  if (version === undefined) return refuse('no-programme');
  const [standing] = standingsOf(scope, from, [version]);
  const have = mustHave(standing, 'the standing of a member').spendablePoints();
  if (have < input.points) return refuse('points-short', { needed: input.points, have });
  const { programId } = version;
  const receiver = withAccount(scope, to);
  for (const lot of transferLots(mustHave(standing, 'the standing of a member').position(), input.points)) {
    const { fromLotId: lotId, points, expiresAtMs, ripensAtMs } = lot;
    appendEntry(scope, { member: from, programId, kind: 'transfer', points: -points, lotId });
    appendEntry(scope, { member: receiver, programId, kind: 'transfer', points, expiresAtMs, ripensAtMs });
  }
  const answer = {
    points: input.points,
    fromBalance: tell(scope, from, programId, -input.points),
    toBalance: tell(scope, receiver, programId, input.points),
  };
  scope.changed({
    table: 'points_transactions',
    recordId: scope.operationId,
    before: null,
    after: { ...answer, fromCustomerId: from.customerId, toCustomerId: to.customerId },
    personalAfter: { note: input.note },
  });
  for (const topic of ['points', 'customers'] as const) scope.touch(topic);
  return done(answer);
}

function memberOf({ db, shop }: CommandScope, customerId: string): Member | Refusal {
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null || member.status === 'erased') return refuse('not-found', { kind: 'customer', customerId });
  return member.status === 'blocked' ? refuse('customer-blocked', { customerId }) : member;
}

/** Settles the tiers and tells the customer's history; returns the balance in the programme. */
function tell(scope: CommandScope, { customerId }: Member, programId: string, points: number): number {
  const { db, shop } = scope;
  settleTiersOf(scope, customerId);
  const member = selectMember(db, shop.merchantId, customerId);
  const live = selectLiveProgrammes(db, shop.merchantId).filter((each) => each.programId === programId);
  const [standing] = standingsOf(scope, member, live);
  const balance = standing?.balance() ?? 0;
  scope.event({
    type: 'customer.rewarded.loyalty_points',
    category: 'EFFECT',
    customerId,
    data: { programId, points, balance, reason: 'transfer' },
  });
  return balance;
}
