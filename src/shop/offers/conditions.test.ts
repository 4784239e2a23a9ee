// proves VC25
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Condition, conditionsSchema, factsOf, isGroup, isSaleFact } from './conditions.ts';
import { EVERY_ITEM } from './item-filter.ts';
import {
  type Judgement,
  judgeConditions,
  known,
  LATER,
  missingText,
  settleConditions,
  UNKNOWN,
} from './judge-conditions.ts';

const COFFEE = { ...EVERY_ITEM, categoryIds: ['coffee'] };
const quantity = (atLeast: number): Condition => ({ kind: 'quantity', filter: COFFEE, atLeast });
const spend = (amountMinor: number): Condition => ({ kind: 'spend', filter: EVERY_ITEM, amountMinor, withTax: true });
const tier = (tierId: string): Condition => ({ kind: 'tier', tierId });
const group = (kind: 'all' | 'any' | 'none', ...parts: Condition[]): Condition => ({ kind, parts });

/** Facts by a number of their own, so that a table says which hold; even ones are of the sale. */
const anyFact = fc.nat(7).map((id): Condition => (id % 2 === 0 ? quantity(id + 1) : tier(String(id))));
const anyTree: fc.Arbitrary<Condition> = fc.letrec<{ tree: Condition }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    anyFact,
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const, 'none' as const),
      parts: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    }),
  ),
})).tree;
const anyTable = fc.array(fc.boolean(), { minLength: 8, maxLength: 8 });

function idOf(fact: Condition): number {
  return 'tierId' in fact ? Number(fact.tierId) : 'atLeast' in fact ? fact.atLeast - 1 : -1;
}

/** Read as a sentence, without a thought for what is unknown. */
function plainly(tree: Condition, table: readonly boolean[]): boolean {
  if (!isGroup(tree)) return table[idOf(tree)] === true;
  const held = tree.parts.filter((part) => plainly(part, table)).length;
  if (tree.kind === 'all') return held === tree.parts.length;
  return tree.kind === 'any' ? held > 0 : held === 0;
}

function judged(tree: Condition, judge: (id: number) => Judgement): Judgement {
  const settled = settleConditions(tree, (fact) => judge(idOf(fact)));
  return judgeConditions(settled, (fact) => judge(idOf(fact)));
}

describe('judging conditions', () => {
  test('VC25: what is known is judged as a plain reading does', () => {
    fc.assert(
      fc.property(anyTree, anyTable, (tree, table) => {
        expect(judged(tree, (id) => known(table[id] === true))).toEqual(known(plainly(tree, table)));
      }),
      { numRuns: 2000 },
    );
  });

  test("VC25: De Morgan's laws hold, whatever is open or unknown", () => {
    const any = fc.constantFrom(known(true), known(false), LATER, UNKNOWN);
    fc.assert(
      fc.property(anyTree, anyTree, fc.array(any, { minLength: 8, maxLength: 8 }), (a, b, table) => {
        const of = (tree: Condition): Judgement => judged(tree, (id) => table[id] ?? UNKNOWN);
        const not = (tree: Condition): Condition => group('none', tree);
        expect(of(group('none', a, b))).toEqual(of(group('all', not(a), not(b))));
        expect(of(not(group('all', a, b)))).toEqual(of(group('any', not(a), not(b))));
        expect(of(not(not(a)))).toEqual(of(a));
      }),
      { numRuns: 2000 },
    );
  });

  test('VC25: what is open can hold just where one sale could fulfil it, each fact for itself', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(0, 2, 4, 6), { minLength: 1, maxLength: 4 }),
        anyTable,
        (ids, table) => {
          const [first, ...rest] = ids.map((id) => quantity(id + 1));
          const tree = group('all', first ?? quantity(1), group('none', tier('1'), ...rest));
          const could = !table[1];
          expect(judged(tree, (id) => (id % 2 === 0 ? LATER : known(table[id] === true))).canHold).toBe(could);
        },
      ),
    );
  });

  test('VC25: what nobody knows fulfils neither a condition nor its opposite', () => {
    expect(judged(tier('1'), () => UNKNOWN).canHold).toBe(false);
    expect(judged(group('none', tier('1')), () => UNKNOWN).canHold).toBe(false);
    expect(judged(group('any', tier('1'), quantity(3)), (id) => (id === 1 ? UNKNOWN : known(true))).canHold).toBe(true);
  });

  test('VC25: what is missing is told without what holds already, and is missing indeed', () => {
    const tree = group('all', tier('1'), group('any', quantity(3), group('all', quantity(5), tier('1'))), spend(2_000));
    const settled = settleConditions(tree, () => known(true));
    const missing = (holds: readonly string[]): unknown =>
      JSON.parse(missingText(settled, ({ kind }) => known(holds.includes(kind))));
    expect(missing(['spend'])).toEqual(group('any', quantity(3), quantity(5)));
    expect(missing([])).toEqual(group('all', group('any', quantity(3), quantity(5)), spend(2_000)));
    expect(missing(['quantity'])).toEqual(spend(2_000));
    const against = settleConditions(group('none', tier('1'), tier('3')), ({ kind, ...rest }) =>
      known(kind === 'tier' && 'tierId' in rest && rest.tierId === '3'),
    );
    expect(JSON.parse(missingText(against, () => LATER))).toEqual(group('none', tier('3')));
  });

  test('VC25: what is missing does not hold, and once it holds the whole does where nothing else changes', () => {
    fc.assert(
      fc.property(anyTree, anyTable, (tree, table) => {
        fc.pre(!plainly(tree, table));
        const settled = settleConditions(tree, (fact) => known(table[idOf(fact)] === true));
        const text = missingText(settled, (fact) => known(table[idOf(fact)] === true));
        expect(plainly(JSON.parse(text) as Condition, table)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('conditions as they come', () => {
  const accepts = (tree: unknown): boolean => conditionsSchema.safeParse(tree).success;

  test('VC25: three groups deep and twenty facts are the most; a group is never empty', () => {
    expect(accepts(group('any', group('all', group('none', tier('1')))))).toBe(true);
    expect(accepts(group('any', group('all', group('none', group('any', tier('1'))))))).toBe(false);
    expect(accepts(group('all', ...Array.from({ length: 20 }, () => tier('1'))))).toBe(true);
    const eleven = group('any', ...Array.from({ length: 11 }, () => tier('1')));
    expect(conditionsSchema.safeParse(group('all', eleven, eleven)).error?.issues[0]?.message).toBe(
      'too many conditions',
    );
    expect(conditionsSchema.safeParse(group('all')).error?.issues[0]?.message).toBe('an empty group');
    expect(accepts(tier('1'))).toBe(false);
    expect(accepts(group('all', quantity(0)))).toBe(false);
    expect(accepts(group('all', spend(0)))).toBe(false);
    expect(accepts(group('all', spend(1.5)))).toBe(false);
    expect(accepts(group('all', { ...tier('1'), ...{ more: 1 } }))).toBe(false);
    expect(accepts({ kind: 'most', parts: [tier('1')] })).toBe(false);
  });

  test('VC25: a hundred thousand groups within one another are refused, not followed', () => {
    let deep: unknown = tier('1');
    for (let level = 0; level < 100_000; level += 1) deep = { kind: 'all', parts: [deep] };
    expect(accepts(deep)).toBe(false);
  });

  test('VC25: every fact is of the sale or known without it', () => {
    const tree = group('all', quantity(1), group('any', spend(1), tier('1')));
    expect(factsOf(tree).map(isSaleFact)).toEqual([true, true, false]);
  });
});
