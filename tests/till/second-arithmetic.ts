// What a sale costs, read a second time from SCENARIOS.md and the order of pricing, by somebody who shares no function with
// src/shop: it tries every set of offers. A tie between lines goes to the earlier one; who compares turns the lines about.

type Off =
  | { readonly kind: 'percent'; readonly rateBasisPoints: number }
  | { readonly kind: 'amount'; readonly amountMinor: number };

export interface RungUp {
  readonly lineId: string;
  readonly priceMinor: number;
  readonly thousandths: number;
  readonly off: Off | null;
  readonly taxRateId: string;
  readonly tags: readonly string[];
}

/** An offer in the words of a campaign; scope is of the kinds that have one. */
export interface Asked {
  readonly id: string;
  readonly code: string;
  readonly benefit:
    | { readonly kind: 'percent'; readonly rateBasisPoints: number; readonly capMinor: number | null }
    | { readonly kind: 'amount'; readonly amountMinor: number }
    | { readonly kind: 'product'; readonly units: number }
    | { readonly kind: 'buy-take'; readonly buyUnits: number; readonly takeUnits: number }
    | { readonly kind: 'fixed-price'; readonly unitPriceMinor: number };
  readonly scope: 'item' | 'order';
  readonly filter: { readonly tags: string[]; readonly excludeTags: string[] };
  readonly minimum: {
    readonly amountMinor: number;
    readonly of: 'eligible' | 'sale';
    readonly withTax: boolean;
  } | null;
  readonly stacking: { group: string; order: number; isExclusive: boolean; basis: 'remaining' | 'initial' };
}

export interface Counting {
  readonly isInclusive: boolean;
  readonly isPerLine: boolean;
  /** Basis points of each tax rate. */
  readonly rates: ReadonlyMap<string, number>;
}

/** first: after discounts by hand, without what is free. paid: thousandths that are not free. */
interface Row {
  readonly line: RungUp;
  left: number;
  first: number;
  paid: number;
  readonly units: { readonly worth: number; isTaken: boolean }[];
}

/** a x b / c, halves away from zero. */
export function times(a: number, b: number, c: number): number {
  return Number((2n * BigInt(a) * BigInt(b) + BigInt(c)) / (2n * BigInt(c)));
}
export const sum = (all: Iterable<number>): number => [...all].reduce((a, b) => a + b, 0);

/** An amount over weights, by largest remainder. */
function split(amount: number, weights: readonly number[]): number[] {
  const whole = BigInt(Math.max(1, sum(weights)));
  const parts = weights.map((weight, at) => {
    const exact = BigInt(amount) * BigInt(weight);
    return { at, part: Number(exact / whole), rest: exact % whole };
  });
  const missing = sum(weights) === 0 ? 0 : amount - sum(parts.map(({ part }) => part));
  const first = parts.toSorted((a, b) => Number(b.rest - a.rest) || a.at - b.at).slice(0, missing);
  for (const each of first) each.part += 1;
  return parts.map(({ part }) => part);
}

const offOf = (amount: number, off: Off | null): number =>
  off === null
    ? 0
    : Math.min(amount, off.kind === 'amount' ? off.amountMinor : times(amount, off.rateBasisPoints, 1e4));

function rowOf(line: RungUp): Row {
  const gross = times(line.priceMinor, line.thousandths, 1000);
  const left = gross - offOf(gross, line.off);
  const pieces = line.thousandths % 1000 === 0 ? line.thousandths / 1000 : 0;
  const units = split(left, Array<number>(pieces).fill(1)).map((worth) => ({ worth, isTaken: false }));
  return { line, left, first: left, paid: line.thousandths, units: units.filter(({ worth }) => worth > 0) };
}

function take(rows: readonly Row[], amount: number): number {
  const parts = split(
    amount,
    rows.map(({ left }) => left),
  );
  for (const [at, row] of rows.entries()) row.left -= parts[at] ?? 0;
  return amount;
}

/** Tax by rate of amounts as the shop shows them. */
export function taxOf({ isInclusive, isPerLine, rates }: Counting, paid: readonly (readonly [string, number])[]) {
  const taxes = new Map<string, number>();
  for (const rateId of new Set(paid.map(([id]) => id))) {
    const rate = rates.get(rateId) ?? 0;
    const of = (amount: number): number => times(amount, rate, isInclusive ? 1e4 + rate : 1e4);
    const own = paid.filter(([id]) => id === rateId).map(([, amount]) => amount);
    taxes.set(rateId, isPerLine ? sum(own.map(of)) : of(sum(own)));
  }
  return taxes;
}

const covers = ({ filter: { tags, excludeTags } }: Asked, { line }: Row): boolean =>
  !line.tags.some((tag) => excludeTags.includes(tag)) &&
  (tags.length === 0 || line.tags.some((tag) => tags.includes(tag)));

function isReached(counting: Counting, rows: readonly Row[], offer: Asked): boolean {
  if (offer.minimum === null) return true;
  const { of, withTax, amountMinor } = offer.minimum;
  const counted = of === 'sale' ? rows : rows.filter((row) => covers(offer, row));
  const have = sum(counted.map(({ first }) => first));
  const paid = counted.map(({ line, first }) => [line.taxRateId, first] as const);
  const tax = withTax === counting.isInclusive ? 0 : sum(taxOf(counting, paid).values());
  return have + (withTax ? tax : -tax) >= amountMinor;
}

function apply(rows: readonly Row[], offer: Asked): number {
  const { benefit, stacking } = offer;
  const eligible = rows.filter((row) => covers(offer, row));
  const left = sum(eligible.map((row) => row.left));
  if (benefit.kind === 'amount') return take(eligible, Math.min(left, benefit.amountMinor));
  if (benefit.kind === 'percent') {
    const base = stacking.basis === 'initial' ? sum(eligible.map(({ first }) => first)) : left;
    const off = times(base, benefit.rateBasisPoints, 1e4);
    return take(eligible, Math.min(left, off, benefit.capMinor ?? off));
  }
  if (benefit.kind === 'fixed-price') {
    const dear = eligible.map((row) => ({ row, by: row.left - times(benefit.unitPriceMinor, row.paid, 1000) }));
    return sum(dear.filter(({ by }) => by > 0).map(({ row, by }) => take([row], by)));
  }
  const pool = eligible.flatMap((row) => row.units.filter(({ isTaken }) => !isTaken).map((unit) => ({ row, unit })));
  pool.sort((a, b) => a.unit.worth - b.unit.worth);
  const [buys, takes] = benefit.kind === 'product' ? [0, benefit.units] : [benefit.buyUnits, benefit.takeUnits];
  const rest = Math.max(0, (pool.length % (buys + takes)) - buys);
  const free = buys === 0 ? Math.min(pool.length, takes) : Math.floor(pool.length / (buys + takes)) * takes + rest;
  for (const { unit } of pool.slice(0, free + Math.ceil(free / takes) * buys)) unit.isTaken = true;
  return sum(
    pool.slice(0, free).map(({ row, unit: { worth } }) => {
      row.left -= worth;
      row.first -= worth;
      row.paid -= 1000;
      return worth;
    }),
  );
}

const KINDS = ['product', 'buy-take', 'fixed-price', 'percent', 'amount'];
const rankOf = ({ benefit: { kind }, scope }: Asked): number =>
  KINDS.indexOf(kind) + (scope === 'order' && (kind === 'percent' || kind === 'amount') ? KINDS.length : 0);

export interface Reckoned {
  readonly nets: readonly number[];
  /** By id of the offer. */
  readonly offers: ReadonlyMap<string, number>;
  readonly totalMinor: number;
}

/** What these offers together make of the sale; null where one of them cannot be had or takes nothing off. */
export function withAll(counting: Counting, lines: readonly RungUp[], off: Off | null, chosen: readonly Asked[]) {
  const rows = lines.map(rowOf);
  const offers = new Map<string, number>();
  const inOrder = (a: Asked, b: Asked): number =>
    rankOf(a) - rankOf(b) || a.stacking.order - b.stacking.order || (a.code < b.code ? -1 : 1);
  for (const offer of chosen.toSorted(inOrder)) {
    if (!isReached(counting, rows, offer)) return null;
    const amount = apply(rows, offer);
    if (amount === 0) return null;
    offers.set(offer.id, amount);
  }
  take(rows, offOf(sum(rows.map(({ left }) => left)), off));
  const nets = rows.map(({ left }) => left);
  const tax = sum(
    taxOf(
      counting,
      rows.map(({ line, left }) => [line.taxRateId, left] as const),
    ).values(),
  );
  return { nets, offers, totalMinor: sum(nets) + (counting.isInclusive ? 0 : tax) };
}

/** The cheapest set: at most five offers, one of a group, an exclusive one alone. */
export function cheapest(counting: Counting, lines: readonly RungUp[], off: Off | null, asked: readonly Asked[]) {
  const all: Reckoned[] = [];
  for (let bits = 0; bits < 1 << asked.length; bits += 1) {
    const chosen = asked.filter((_, at) => (bits >> at) & 1);
    const groups = chosen.flatMap(({ stacking: { group } }) => (group === '' ? [] : group));
    const isAlone = chosen.length < 2 || !chosen.some(({ stacking }) => stacking.isExclusive);
    if (chosen.length > 5 || new Set(groups).size < groups.length || !isAlone) continue;
    const reckoned = withAll(counting, lines, off, chosen);
    if (reckoned !== null) all.push(reckoned);
  }
  return Math.min(...all.map(({ totalMinor }) => totalMinor));
}
