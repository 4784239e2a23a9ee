import { allocate } from '../money/allocate.ts';
import { sumOf } from '../money/money.ts';
import { taxOn } from '../money/tax.ts';
import type { TracedStep } from '../money/trace.ts';
import { compareText } from '../offers/basket.ts';
import type { TaxMode } from '../money/tax.ts';
import type { TaxOfRate, TaxRounding } from './sale.ts';

interface RateOfLine {
  readonly taxRateId: string;
  readonly name: string;
  readonly rateBasisPoints: number;
}

/** A line after every discount, with its rate; null for what is not taxed at all. */
export interface TaxableLine {
  readonly netMinor: number;
  readonly rate: RateOfLine | null;
}

/** Tax of a sale, by line in the lines' order and by rate (highest rate first, then by id). */
export interface SaleTax {
  readonly taxMinorByLine: readonly number[];
  readonly taxByRate: readonly TaxOfRate[];
  readonly trace: readonly TracedStep[];
}

/**
 * Returns the tax in (inclusive prices) or on (exclusive prices) the lines. Rounded half away from zero, once per rate
 * over the document and then split over its lines by largest remainder, or once per line; the parts sum to the whole. Lines
 * without a rate have no tax and are in the base of none.
 */
export function computeTax(
  lines: readonly TaxableLine[],
  policy: { readonly taxMode: TaxMode; readonly taxRounding: TaxRounding },
): SaleTax {
  const taxMinorByLine: number[] = lines.map(() => 0);
  const taxByRate: TaxOfRate[] = [];
  const trace: TracedStep[] = [];
  for (const { rate, indexes, nets } of groupByRate(lines)) {
    const parts = taxOfGroup(nets, rate.rateBasisPoints, policy);
    for (const [at, index] of indexes.entries()) taxMinorByLine[index] = parts[at] ?? 0;
    const netMinor = sumOf(nets);
    const taxMinor = sumOf(parts);
    const { taxRateId, name, rateBasisPoints } = rate;
    const baseMinor = policy.taxMode === 'inclusive' ? netMinor - taxMinor : netMinor;
    taxByRate.push({ taxRateId, name, rateBasisPoints, baseMinor, taxMinor });
    trace.push({
      what: 'tax',
      inputs: { taxRateId, rateBasisPoints, netMinor },
      operation: `${policy.taxMode}-per-${policy.taxRounding}`,
      rounding: 'half-away-from-zero',
      result: taxMinor,
    });
  }
  return { taxMinorByLine, taxByRate, trace };
}

/** Returns the tax of the lines together, as computeTax splits it: for asking often what a sale would cost. */
export function totalTaxOf(
  lines: readonly TaxableLine[],
  policy: { readonly taxMode: TaxMode; readonly taxRounding: TaxRounding },
): number {
  if (policy.taxRounding === 'line') {
    return sumOf(lines.map(({ netMinor, rate }) => taxOn(netMinor, rate?.rateBasisPoints ?? 0, policy.taxMode)));
  }
  const netByRate = new Map<RateOfLine, number>();
  for (const { netMinor, rate } of lines) if (rate !== null) netByRate.set(rate, (netByRate.get(rate) ?? 0) + netMinor);
  return sumOf([...netByRate].map(([rate, netMinor]) => taxOn(netMinor, rate.rateBasisPoints, policy.taxMode)));
}

function taxOfGroup(
  nets: readonly number[],
  rateBasisPoints: number,
  policy: { readonly taxMode: TaxMode; readonly taxRounding: TaxRounding },
): number[] {
  if (policy.taxRounding === 'line') return nets.map((net) => taxOn(net, rateBasisPoints, policy.taxMode));
  return allocate(taxOn(sumOf(nets), rateBasisPoints, policy.taxMode), nets);
}

interface RateGroup {
  readonly rate: RateOfLine;
  readonly indexes: number[];
  readonly nets: number[];
}

function groupByRate(lines: readonly TaxableLine[]): RateGroup[] {
  const groups = new Map<string, RateGroup>();
  for (const [index, { rate, netMinor }] of lines.entries()) {
    if (rate === null) continue;
    const group = groups.get(rate.taxRateId) ?? { rate, indexes: [], nets: [] };
    groups.set(rate.taxRateId, group);
    group.indexes.push(index);
    group.nets.push(netMinor);
  }
  return [...groups.values()].sort(
    ({ rate: a }, { rate: b }) => b.rateBasisPoints - a.rateBasisPoints || compareText(a.taxRateId, b.taxRateId),
  );
}
