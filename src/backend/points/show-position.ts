import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { mulDiv } from '#shop/money/money.ts';
import { type ExpiringSoon, expiringSoon } from '#shop/points/due.ts';
import type { PointLot } from '#shop/points/lots.ts';
import type { Programme } from '#shop/points/programme.ts';
import { nextReward, type RewardOption, rewardOptions } from '#shop/points/reward-options.ts';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { ReadScope } from '../context.ts';
import { selectMember } from './accounts-store.ts';
import { type ShownStanding, shownStanding } from '../ledger/preview-programmes.ts';
import { selectLiveProgrammes } from './programmes-store.ts';
import { type Standing, standingsOf } from '../ledger/standing.ts';

export const positionSchema = z.strictObject({ customerId: idSchema });

/** What a customer has in one programme, as of now. */
export interface ShownPosition {
  readonly programId: string;
  readonly versionId: string;
  readonly isMain: boolean;
  readonly name: string;
  readonly pointName: string;
  readonly balance: number;
  readonly spendablePoints: number;
  readonly pendingPoints: number;
  readonly owedPoints: number;
  /** What the points take off a sale where the programme has points as money; null where it has not. */
  readonly worthMinor: number | null;
  /** Lots that run, in the order of use. */
  readonly lots: readonly PointLot[];
  readonly expiringSoon: readonly ExpiringSoon[];
  /** Every reward without a sale: how many points it takes and how many are missing. */
  readonly rewards: readonly Pick<RewardOption, 'rewardId' | 'name' | 'kind' | 'pointsNeeded' | 'pointsMissing'>[];
  readonly nextReward: Pick<RewardOption, 'rewardId' | 'name' | 'pointsNeeded' | 'pointsMissing'> | null;
  readonly tier: ShownStanding | null;
}

/** Returns what a customer has in every programme that runs, the main one first. Refuses 'not-found'. */
export function showPosition(
  scope: ReadScope,
  { customerId }: z.output<typeof positionSchema>,
): Outcome<{ readonly asOfMs: number; readonly programmes: readonly ShownPosition[] }> {
  const { db, shop, moment } = scope;
  const member = selectMember(db, shop.merchantId, customerId);
  if (member === null) return refuse('not-found', { kind: 'customer' });
  const standings = standingsOf(scope, member, selectLiveProgrammes(db, shop.merchantId));
  const programmes = standings.map((standing, index) => positionOf(standing, shop.timeZone, index === 0));
  return done({ asOfMs: moment.trustedAtMs, programmes });
}

function positionOf(standing: Standing, zone: string, isMain: boolean): ShownPosition {
  const { programId, versionId, programme } = standing.version;
  const position = standing.position();
  const { balance, spendablePoints, pendingPoints, owedPoints, lots } = position;
  const tier = standing.tier();
  const options = rewardOptions(programme.rewards, {
    programId,
    lines: [],
    tierId: tier?.tierId ?? null,
    spendablePoints,
  });
  return {
    programId,
    versionId,
    isMain,
    name: programme.name,
    pointName: programme.pointName,
    balance,
    spendablePoints,
    pendingPoints,
    owedPoints,
    worthMinor: worthAtTill(spendablePoints, programme),
    lots,
    expiringSoon: expiringSoon(position, programme.warnDays, zone),
    rewards: options.map(({ rewardId, name, kind, pointsNeeded, pointsMissing }) => ({
      rewardId,
      name,
      kind,
      pointsNeeded,
      pointsMissing,
    })),
    nextReward: nextReward(options),
    tier: tier === null ? null : shownStanding(programme, tier),
  };
}

/** Points in whole steps of the first reward that is points as money, in minor units. */
function worthAtTill(spendablePoints: number, { rewards }: Programme): number | null {
  const rate = rewards.find((reward) => reward.kind === 'rate');
  if (rate === undefined) return null;
  return mulDiv(Math.max(0, spendablePoints), 1, rate.pointsPerStep, 'floor') * rate.minorPerStep;
}
