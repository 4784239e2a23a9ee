import { z } from 'zod';
import { countingUnitMinor } from '../money/currency.ts';
import { MAX_AMOUNT_MINOR } from '../money/money.ts';
import { lineText } from '../text/text-schema.ts';

const pointsSchema = z.int().min(1).max(1_000_000);
const amountSchema = z.int().min(1).max(MAX_AMOUNT_MINOR);

/** Earn by money spent: `points` for each `perMinor` of the base, floored once per sale. */
const spendRuleSchema = z.strictObject({
  ruleId: lineText({ max: 64 }),
  kind: z.literal('spend'),
  points: pointsSchema,
  perMinor: amountSchema,
});

/** The kinds of earning rules. A new kind is one more member here and one more function in earning.ts. */
const earningRuleSchema = z.discriminatedUnion('kind', [spendRuleSchema]);
export type EarningRule = z.infer<typeof earningRuleSchema>;

/**
 * Which money earns: as the shop shows prices (the default), or with tax, or before tax in any case
 * (SCENARIOS.md, decided default 1).
 */
const earningBaseSchema = z.enum(['as-priced', 'with-tax', 'before-tax']);
export type EarningBase = z.infer<typeof earningBaseSchema>;

/**
 * One published version of a programme: immutable, stored as JSON and named by every sale that used it (C-11).
 * expiryMonths null means that points do not expire. Members may be added with a default; none changes its meaning.
 */
export const programmeSchema = z.strictObject({
  name: lineText({ max: 80 }),
  rules: z.array(earningRuleSchema).min(0).max(100),
  base: earningBaseSchema.default('as-priced'),
  minimumSpendMinor: z.int().min(0).max(MAX_AMOUNT_MINOR).default(0),
  expiryMonths: z.int().min(0).max(120).nullable().default(null),
  expiryRounding: z.enum(['none', 'month', 'quarter']).default('none'),
});
export type Programme = z.infer<typeof programmeSchema>;

/** A programme with the id and number of its version. */
export interface ProgrammeVersion {
  readonly versionId: string;
  readonly version: number;
  readonly programme: Programme;
}

/** The rule that every programme of the basic form has. */
const BASE_RULE_ID = 'base';

/** What a manager sets on the basic programme page. */
export const basicProgrammeSchema = z.strictObject({
  name: lineText({ max: 80 }),
  points: pointsSchema,
  perMinor: amountSchema,
  minimumSpendMinor: z.int().min(0).max(MAX_AMOUNT_MINOR),
  expiryMonths: z.int().min(0).max(120).nullable(),
});
export type BasicProgramme = z.infer<typeof basicProgrammeSchema>;

/** The programme that follows from the basic form: one rule by money spent. */
export function programmeOf({ name, points, perMinor, minimumSpendMinor, expiryMonths }: BasicProgramme): Programme {
  return {
    name,
    rules: [{ ruleId: BASE_RULE_ID, kind: 'spend', points, perMinor }],
    base: 'as-priced',
    minimumSpendMinor,
    expiryMonths,
    expiryRounding: 'none',
  };
}

/** What a new shop starts with: 1 point per 1.00, per 1.000 in a currency without decimals; points do not expire. */
export function defaultProgramme(currency: string, name: string): Programme {
  return programmeOf({
    name,
    points: 1,
    perMinor: countingUnitMinor(currency),
    minimumSpendMinor: 0,
    expiryMonths: null,
  });
}
