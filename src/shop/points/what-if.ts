import { mulDiv } from '../money/money.ts';
import { compareText } from '../offers/basket.ts';
import { localDateOf } from '../time/business-day.ts';
import { computeEarning, type Earning, type EarningSale } from './earning.ts';
import type { EarningContext, RuleUse } from './earning-context.ts';
import { liabilityOf } from './liability.ts';
import type { ProgrammeVersion } from './programme.ts';
import { saleMoveOf } from './sale-move.ts';
import { foldTier, type TierMove, tierForSale } from './tiers.ts';

/** A sale of the past: what remains of it, and what it really earned. */
export interface ReplayedSale {
  readonly saleId: string;
  readonly customerId: string;
  readonly atMs: number;
  readonly sale: EarningSale;
  readonly segmentIds: readonly string[];
  readonly actualPoints: number;
}

/** What the shop expects: the part of issued points that is ever used, and what is left of a sale after its direct cost. */
export interface WhatIfAssumptions {
  readonly redeemedBasisPoints: number;
  readonly marginBasisPoints: number;
}

/** How many customers gain or lose how much: from and to in points, both inclusive; null is without end. */
export interface DeltaBucket {
  readonly fromPoints: number | null;
  readonly toPoints: number | null;
  readonly customers: number;
}

/** What a draft would have changed for one customer. */
export interface CustomerChange {
  readonly customerId: string;
  readonly beforePoints: number;
  readonly points: number;
}

/** So many customers are named on each side, those for whom most changes first. */
const MOST_NAMED = 100;

/** What a draft would have done, beside what was done. Costs are the worth of the points that are expected to be used. */
export interface WhatIfResult {
  readonly sales: number;
  readonly customers: number;
  readonly issuedPoints: number;
  readonly issuedBeforePoints: number;
  readonly redeemedEstimatePoints: number;
  readonly costMinor: number;
  readonly costBeforeMinor: number;
  /** The worth of all issued points. */
  readonly liabilityMinor: number;
  readonly liabilityBeforeMinor: number;
  readonly winners: number;
  readonly losers: number;
  readonly same: number;
  /** Who would have gained and lost most, at most 100 each. */
  readonly gained: readonly CustomerChange[];
  readonly lost: readonly CustomerChange[];
  readonly histogram: readonly DeltaBucket[];
  readonly customersByTier: Readonly<Record<string, number>>;
  /** More sales that would pay for the higher cost: cost / margin, rounded up; 0 where it costs no more. */
  readonly breakEvenSalesMinor: number;
}

/** A replay under way: sales go in by time, in portions of any size, so that a worker can tell its progress and stop. */
export interface Replay {
  add(sale: ReplayedSale): Earning;
  result(assumptions: WhatIfAssumptions): WhatIfResult;
}

interface CustomerReplay {
  readonly moves: TierMove[];
  readonly used: Map<string, RuleUse>;
  day: string;
  pointsToday: number;
  points: number;
  actualPoints: number;
}

/**
 * Starts a replay of past sales under a draft, by the very functions that would commit them. `movesBefore` are what moved a
 * customer on the ladder before the first sale of the replay.
 */
export function startReplay(
  version: ProgrammeVersion,
  zone: string,
  movesBefore: (customerId: string) => readonly TierMove[] = () => [],
): Replay {
  const customers = new Map<string, CustomerReplay>();
  let sales = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  const stateOf = (customerId: string): CustomerReplay => {
    const known = customers.get(customerId) ?? {
      moves: [...movesBefore(customerId)],
      used: new Map(),
      day: '',
      pointsToday: 0,
      points: 0,
      actualPoints: 0,
    };
    customers.set(customerId, known);
    return known;
  };
  return {
    add: (sale) => {
      sales += 1;
      lastMs = Math.max(lastMs, sale.atMs);
      return replaySale(stateOf(sale.customerId), sale, version, zone);
    },
    result: (assumptions) => resultOf({ version, zone, lastMs, sales, customers }, assumptions),
  };
}

function replaySale(state: CustomerReplay, replayed: ReplayedSale, version: ProgrammeVersion, zone: string): Earning {
  const { sale, atMs, saleId, segmentIds, actualPoints } = replayed;
  startDay(state, localDateOf(atMs, zone));
  const context: EarningContext = {
    atMs,
    zone,
    tierId: null,
    segmentIds: [...segmentIds],
    used: Object.fromEntries(state.used),
    programmePointsToday: state.pointsToday,
  };
  const { tiers } = version.programme;
  const plain = tiers?.includesThisSale ? computeEarning(sale, version, context).points : 0;
  const move = { ...saleMoveOf(sale), atMs, saleId, earnedPoints: plain, balancePoints: plain };
  const tierId = tiers === null ? null : tierForSale(tiers, state.moves, move, zone);
  const earning = computeEarning(sale, version, { ...context, tierId });
  state.moves.push({ ...move, earnedPoints: earning.points, balancePoints: earning.points });
  for (const { id, points, times } of earning.uses) {
    const had = state.used.get(id) ?? NO_USE;
    state.used.set(id, {
      pointsToday: had.pointsToday + points,
      timesToday: had.timesToday + times,
      pointsEver: had.pointsEver + points,
      timesThisYear: 0,
    });
  }
  state.pointsToday += earning.points;
  state.points += earning.points;
  state.actualPoints += actualPoints;
  return earning;
}

const NO_USE: RuleUse = { pointsToday: 0, timesToday: 0, pointsEver: 0, timesThisYear: 0 };

function startDay(state: CustomerReplay, day: string): void {
  if (state.day === day) return;
  state.day = day;
  state.pointsToday = 0;
  for (const [id, use] of state.used) state.used.set(id, { ...use, pointsToday: 0, timesToday: 0 });
}

/** From and to of each bucket, in points. */
const BUCKETS: readonly (readonly [number | null, number | null])[] = [
  [null, -500],
  [-499, -100],
  [-99, -10],
  [-9, -1],
  [0, 0],
  [1, 9],
  [10, 99],
  [100, 499],
  [500, null],
];

function resultOf(
  given: {
    readonly version: ProgrammeVersion;
    readonly zone: string;
    readonly lastMs: number;
    readonly sales: number;
    readonly customers: ReadonlyMap<string, CustomerReplay>;
  },
  { redeemedBasisPoints, marginBasisPoints }: WhatIfAssumptions,
): WhatIfResult {
  const { pointValue } = given.version.programme;
  const states = [...given.customers.values()];
  const deltas = states.map((state) => state.points - state.actualPoints);
  const issuedPoints = states.reduce((sum, state) => sum + state.points, 0);
  const issuedBeforePoints = states.reduce((sum, state) => sum + state.actualPoints, 0);
  const used = (points: number): number => mulDiv(points, redeemedBasisPoints, 10_000, 'half-away-from-zero');
  const costMinor = liabilityOf(used(issuedPoints), pointValue);
  const costBeforeMinor = liabilityOf(used(issuedBeforePoints), pointValue);
  return {
    sales: given.sales,
    customers: states.length,
    issuedPoints,
    issuedBeforePoints,
    redeemedEstimatePoints: used(issuedPoints),
    costMinor,
    costBeforeMinor,
    liabilityMinor: liabilityOf(issuedPoints, pointValue),
    liabilityBeforeMinor: liabilityOf(issuedBeforePoints, pointValue),
    winners: deltas.filter((delta) => delta > 0).length,
    losers: deltas.filter((delta) => delta < 0).length,
    same: deltas.filter((delta) => delta === 0).length,
    gained: changesOf(given.customers, 1),
    lost: changesOf(given.customers, -1),
    histogram: BUCKETS.map(([fromPoints, toPoints]) => ({
      fromPoints,
      toPoints,
      customers: deltas.filter((delta) => (fromPoints ?? delta) <= delta && delta <= (toPoints ?? delta)).length,
    })),
    customersByTier: tierCounts(given, states),
    breakEvenSalesMinor: 0 - mulDiv(-Math.max(0, costMinor - costBeforeMinor), 10_000, marginBasisPoints, 'floor'),
  };
}

/** The customers whose points change in a direction (1 up, -1 down), the largest change first, ties by id. */
function changesOf(customers: ReadonlyMap<string, CustomerReplay>, direction: 1 | -1): CustomerChange[] {
  const sizeOf = ({ points, beforePoints }: CustomerChange): number => (points - beforePoints) * direction;
  return [...customers]
    .map(([customerId, { points, actualPoints }]) => ({ customerId, beforePoints: actualPoints, points }))
    .filter((change) => sizeOf(change) > 0)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || compareText(a.customerId, b.customerId))
    .slice(0, MOST_NAMED);
}

function tierCounts(
  { version, zone, lastMs }: { readonly version: ProgrammeVersion; readonly zone: string; readonly lastMs: number },
  states: readonly CustomerReplay[],
): Record<string, number> {
  const { tiers } = version.programme;
  if (tiers === null) return {};
  const counts: Record<string, number> = Object.fromEntries(tiers.levels.map(({ tierId }) => [tierId, 0]));
  for (const { moves } of states) {
    const { tierId } = foldTier(tiers, moves, lastMs, zone);
    counts[tierId] = (counts[tierId] ?? 0) + 1;
  }
  return counts;
}
