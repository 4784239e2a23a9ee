import { decidePassUse, type PassLine, refuseUnits } from '../passes/decide-pass-use.ts';
import type { Pass } from '../passes/pass.ts';
import { UNIT_THOUSANDTHS } from '../money/unit-shares.ts';
import { type FilterableItem, matchesFilter } from '../offers/item-filter.ts';
import { itemAt } from '../must.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { PricedSale } from './sale.ts';
import type { PassUseDraft } from './value-on-sale.ts';

/** A pass with what other sales have set aside of it. */
export interface HeldPass {
  readonly pass: Pass;
  readonly heldUnits: number;
}

/** For whom and when units are asked. */
export interface PassOccasion {
  readonly atMs: number;
  readonly customerId: string | null;
}

/** Units that pay, or why they cannot. */
export interface DecidedPassUse extends PassUseDraft {
  readonly amountMinor: number;
  readonly refusal: Refusal | null;
}

/** A line that passes may pay. */
type SoldLine = FilterableItem & {
  readonly lineId: string;
  readonly quantityThousandths: number;
};

/**
 * Decides which units pay which pieces, in the order asked for: each on what the ones before it leave of the line and of
 * the pass. They are a payment, so whatever the order, as many pieces of a line cost the same together.
 */
export function decidePassUses(
  asked: readonly PassUseDraft[],
  passes: ReadonlyMap<string, HeldPass>,
  sale: { readonly lines: readonly SoldLine[]; readonly priced: Pick<PricedSale, 'lines'> },
  occasion: PassOccasion,
): DecidedPassUse[] {
  const decided: DecidedPassUse[] = [];
  for (const { passId, lineId, units } of asked) {
    const held = passes.get(passId);
    const line = passLineOf(sale, lineId, decided);
    if (held === undefined || line === null) {
      const refusal = held === undefined ? refuse('not-found', { kind: 'pass' }) : refuse('pass-not-covered');
      decided.push({ passId, lineId, units, amountMinor: 0, refusal });
      continue;
    }
    const heldUnits = held.heldUnits + usedOf(decided, passId);
    const answer = decidePassUse(held.pass, line, { ...occasion, units, heldUnits });
    const isRefused = answer.kind === 'refused';
    const amountMinor = isRefused ? 0 : answer.amountMinor;
    decided.push({ passId, lineId, units, amountMinor, refusal: isRefused ? answer : null });
  }
  return decided;
}

/** How many more units of a pass may be asked for on a line; 0 where it covers none of it or nothing is left. */
export function unitsPossible(
  { pass, heldUnits }: HeldPass,
  lineId: string,
  sale: { readonly lines: readonly SoldLine[]; readonly priced: Pick<PricedSale, 'lines'> },
  decided: readonly DecidedPassUse[],
  occasion: PassOccasion,
): number {
  const line = passLineOf(sale, lineId, decided);
  if (line === null || line.isStoredValue || !matchesFilter(line, pass.terms.filter)) return 0;
  const used = heldUnits + usedOf(decided, pass.passId);
  if (refuseUnits(pass, { ...occasion, units: 1, heldUnits: used }) !== null) return 0;
  const pieces = line.quantityThousandths % UNIT_THOUSANDTHS === 0 ? line.quantityThousandths / UNIT_THOUSANDTHS : 0;
  return Math.min(pass.unitsTotal - pass.unitsUsed - used, pieces - line.paidUnits);
}

function usedOf(decided: readonly DecidedPassUse[], passId: string): number {
  return unitsOf(decided.filter((each) => each.passId === passId));
}

function unitsOf(decided: readonly DecidedPassUse[]): number {
  return decided.reduce((sum, { units, refusal }) => sum + (refusal === null ? units : 0), 0);
}

function passLineOf(
  { lines, priced }: { readonly lines: readonly SoldLine[]; readonly priced: Pick<PricedSale, 'lines'> },
  lineId: string,
  decided: readonly DecidedPassUse[],
): PassLine | null {
  const index = lines.findIndex((line) => line.lineId === lineId);
  if (index < 0) return null;
  const line = itemAt(lines, index);
  const { grossMinor, netMinor, taxMinor, payableMinor } = itemAt(priced.lines, index);
  const paidUnits = unitsOf(decided.filter((each) => each.lineId === lineId));
  const shares = { grossMinor, netMinor, taxMinor, payableMinor };
  return { ...line, ...shares, isStoredValue: line.isStoredValue === true, paidUnits };
}
