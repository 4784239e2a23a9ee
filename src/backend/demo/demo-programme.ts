import { type ProgrammeInput, programmeSchema } from '#shop/points/programme.ts';
import type { RunThen } from '../command.ts';
import type { Session } from '../context.ts';
import { saveProgrammeDraft } from '../points/programme-drafts.ts';
import { publishProgrammeDraft } from '../points/publish-draft.ts';
import type { SoldProduct } from './demo-catalogue.ts';

const SAVE = { action: 'points.saveProgrammeDraft', permission: 'programme.edit', handle: saveProgrammeDraft } as const;
const PUBLISH = {
  action: 'points.publishProgrammeDraft',
  permission: 'programme.edit',
  handle: publishProgrammeDraft,
} as const;

/** What regulars use their points for: 100 points are 5.000 off. */
export const DEMO_RATE = { rewardId: 'money-off', points: 100, amountMinor: 5_000 } as const;

/**
 * Publishes the café's programme: a point for each 1.000, twice as many on bakery on Tuesday and Wednesday mornings, three
 * tiers by what was spent in a year, and rewards from a medialuna to a free lunch. Points end after a year.
 */
export function publishDemoProgramme(
  run: RunThen,
  given: {
    readonly programId: string;
    readonly manager: Session;
    readonly atMs: number;
    readonly language: 'en' | 'es';
    readonly products: readonly SoldProduct[];
  },
): void {
  const { programId, manager, atMs } = given;
  const programme = programmeSchema.parse(demoProgramme(given));
  const { revision } = run(SAVE, manager, atMs, { programId, programme, revision: 0, standsOnLatest: false });
  run(PUBLISH, manager, atMs, { programId, revision });
}

function demoProgramme({
  language,
  products,
}: {
  readonly language: 'en' | 'es';
  readonly products: readonly SoldProduct[];
}): ProgrammeInput {
  const say = (en: string, es: string): string => (language === 'es' ? es : en);
  const category = (part: number) => ({
    categoryIds: products
      .filter((one) => one.part === part)
      .slice(0, 1)
      .map((one) => one.categoryId),
  });
  const priced = (rewardId: string, name: string, pricePoints: number) => ({ rewardId, name, pricePoints });
  return {
    name: say('Lapacho points', 'Puntos Lapacho'),
    rules: [{ ruleId: 'base', kind: 'spend', name: say('Purchases', 'Compras'), points: 1, perMinor: 1_000 }],
    promotions: [
      {
        promotionId: 'bakery-mornings',
        name: say('Bakery mornings', 'Mañanas de panadería'),
        multiplierBasisPoints: 20_000,
        filter: category(2),
        schedule: { weekdays: [1, 2], fromMinute: 7 * 60, toMinute: 11 * 60 },
      },
    ],
    expiryMonths: 12,
    expiryRounding: 'month',
    pointValue: { points: 20, perMinor: 1_000 },
    tiers: {
      measure: 'spend',
      period: { kind: 'rolling', months: 12 },
      graceDays: 30,
      levels: [
        { tierId: 'member', name: say('Member', 'Cliente'), threshold: 0 },
        {
          tierId: 'silver',
          name: say('Silver', 'Plata'),
          threshold: 600_000,
          multiplierBasisPoints: 12_500,
          metal: 'silver',
        },
        {
          tierId: 'gold',
          name: say('Gold', 'Oro'),
          threshold: 1_800_000,
          multiplierBasisPoints: 15_000,
          metal: 'gold',
        },
      ],
    },
    rewards: [
      {
        kind: 'rate',
        rewardId: DEMO_RATE.rewardId,
        name: say('Money off', 'Descuento'),
        pointsPerStep: DEMO_RATE.points,
        minorPerStep: DEMO_RATE.amountMinor,
        maxShareBasisPoints: 5_000,
      },
      {
        kind: 'cheapest-item',
        ...priced('bakery', say('Something from the bakery', 'Algo de la panadería'), 150),
        filter: category(2),
      },
      { kind: 'free-product', ...priced('coffee', say('A coffee', 'Un café'), 350), filter: category(0) },
      { kind: 'free-choice', ...priced('lunch', say('A lunch', 'Un almuerzo'), 550), filter: category(3) },
      {
        kind: 'percentage',
        ...priced('gold-beans', say('20% off beans', '20 % en café en grano'), 200),
        rateBasisPoints: 2_000,
        filter: category(5),
        tierIds: ['gold'],
      },
    ],
  };
}
