import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compileSegment, monthOf, selectFacts } from '#backend/customers/segment-facts.ts';
import { instantOf } from '#backend/customers/segment-members.ts';
import { momentOf } from '#backend/time/moment.ts';
import {
  isInSegment,
  MAX_RULE_CONDITIONS,
  OPERATORS_OF,
  SEGMENT_FIELDS,
  type SegmentCondition,
  type SegmentField,
  type SegmentOperator,
  type SegmentRule,
  segmentRuleSchema,
} from '#shop/customers/segment-rule.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

const SEED = 20_260_711;
const where = (
  field: SegmentField,
  operator: SegmentOperator,
  value: SegmentCondition['value'],
  fieldId: string | null = null,
): SegmentRule => ({ field, fieldId, operator, value });

let shop: TillShop;
beforeEach(async () => {
  shop = await createTillShop();
});

afterEach(() => shop.close());

const eventsOf = (customerId: string) =>
  shop.env.db.read
    .all<{ event_type: string }>(
      "SELECT event_type FROM customer_events WHERE customer_id = :customerId AND event_type LIKE 'customer.segment.%' ORDER BY created_at_ms, event_type" as never,
      { customerId },
    )
    .map((row) => row.event_type.split('.').at(-1));

const enrol = (name: string, more: object = {}) =>
  shop.caller('cashier').customers.enrol(shop.op({ name, consentMarketing: false, ...more }));

test('C9: a segment by rule follows each command on a customer and says enter and leave once', async () => {
  const { segments, customers } = shop.caller('manager');
  const segmentId = shop.newId();
  const rule: SegmentRule = { all: [where('spentMinor', 'at-least', 50_000), { not: where('tags', 'is', 'staff') }] };
  await segments.save(shop.op({ segmentId, version: 0, name: 'Big spenders', rule }));
  const { customerId } = await enrol('Ana Ruiz');
  await shop.sell(shop.draft([shop.line(30_000)], { customerId }));
  expect(eventsOf(customerId)).toEqual([]);
  const { saleId } = await shop.sell(shop.draft([shop.line(30_000)], { customerId }));
  expect(eventsOf(customerId)).toEqual(['entered']);
  expect((await customers.get({ customerId })).segments).toEqual([{ segmentId, name: 'Big spenders', kind: 'rule' }]);
  expect((await segments.list()).segments).toMatchObject([{ memberCount: 1 }]);
  await customers.update(shop.op({ customerId, note: 'nothing to do with it' }));
  shop.clock.advance(1000);
  await customers.update(shop.op({ customerId, tags: ['staff'] }));
  expect(eventsOf(customerId)).toEqual(['entered', 'left']);
  shop.clock.advance(1000);
  await customers.update(shop.op({ customerId, tags: [] }));
  shop.clock.advance(1000);
  await shop.caller('manager').till.cancelSale(shop.op({ saleId, reason: 'error' }));
  expect(eventsOf(customerId)).toEqual(['entered', 'left', 'entered', 'left']);
  expect((await segments.members({ segmentId, after: null, limit: 10 })).members).toEqual([]);
});

test('C9: a new rule is asked of everybody in batches, and again when time alone moves people', async () => {
  const { segments } = shop.caller('manager');
  const ids: string[] = [];
  for (let index = 0; index < 230; index += 1) ids.push(shop.addCustomer(`Person ${index}`));
  const [first = ''] = ids;
  await shop.sell(shop.draft([shop.line(1000)], { customerId: first }));
  const segmentId = shop.newId();
  const rule: SegmentRule = { any: [where('lastVisitDays', 'is-empty', null), where('lastVisitDays', 'at-least', 30)] };
  expect(await segments.count({ rule })).toEqual({ count: 229 });
  await segments.save(shop.op({ segmentId, version: 0, name: 'Not seen', rule }));
  expect(await segments.recompute(shop.op({ segmentId }))).toEqual({ entered: 229, left: 0 });
  const again = await segments.recompute(shop.op({ segmentId }));
  expect(again).toEqual({ entered: 0, left: 0 });
  shop.clock.advance(31 * 86_400_000);
  expect(await segments.recompute(shop.op({ segmentId }))).toEqual({ entered: 1, left: 0 });
  expect(eventsOf(first)).toEqual(['entered']);
  const { segment, members } = await segments.members({ segmentId, after: null, limit: 200 });
  expect([segment.memberCount, members.length]).toEqual([230, 200]);
  expect(segment.computedAtMs).not.toBeNull();
});

test('C9: a static segment is put together by hand or from a list; lines that name nobody are told', async () => {
  const { segments } = shop.caller('manager');
  const segmentId = shop.newId();
  await segments.save(shop.op({ segmentId, version: 0, name: 'Tasting', rule: null }));
  const ana = await enrol('Ana Ruiz', { phone: '0981 442 107' });
  const eva = await enrol('Eva Paz', { email: 'eva@example.com' });
  const lines = [ana.code, '0981442107', 'eva@example.com', 'nobody@example.com', ''];
  expect(await segments.addMembers(shop.op({ segmentId, lines }))).toEqual({ added: 2, unknown: [4] });
  expect(eventsOf(ana.customerId)).toEqual(['entered']);
  await segments.removeMember(shop.op({ segmentId, customerId: eva.customerId }));
  expect(eventsOf(eva.customerId)).toEqual(['entered', 'left']);
  expect((await segments.list()).segments).toMatchObject([{ kind: 'static', memberCount: 1 }]);
  const asRule = segments.save(shop.op({ segmentId, version: 1, name: 'Tasting', rule: { all: [] } }));
  expect(await refusalOf(asRule)).toMatchObject({ reason: 'segment-not-static' });
  const stale = segments.save(shop.op({ segmentId, version: 0, name: 'Other', rule: null }));
  expect(await refusalOf(stale)).toEqual({ reason: 'changed-elsewhere', facts: { version: 1 } });
  await segments.drop(shop.op({ segmentId }));
  expect((await segments.list()).segments).toEqual([]);
  const cashier = shop.caller('cashier').segments;
  expect(await refusalOf(cashier.drop(shop.op({ segmentId })))).toMatchObject({ reason: 'not-permitted' });
});

test('C9: a rule has bounds, and its operators and values fit their fields', () => {
  const leaf = where('sales', 'at-least', 1);
  const deep = (levels: number): unknown => (levels === 0 ? leaf : { not: deep(levels - 1) });
  const accepts = (rule: unknown): boolean => segmentRuleSchema.safeParse(rule).success;
  expect([accepts(deep(5)), accepts(deep(6)), accepts(deep(2_000))]).toEqual([true, false, false]);
  const wide = (count: number) => ({ all: [{ any: Array(15).fill(leaf) }, { any: Array(count - 15).fill(leaf) }] });
  expect([accepts(wide(MAX_RULE_CONDITIONS)), accepts(wide(MAX_RULE_CONDITIONS + 1))]).toEqual([true, false]);
  const misfits = [
    where('sales', 'is-empty', null),
    where('sales', 'at-least', 1.5),
    where('tags', 'at-least', 1),
    where('birthdayMonth', 'is', 13),
    where('consent', 'is', 'yes'),
    where('custom', 'is', 'x'),
    where('sales', 'at-least', 1, '01890a5d-ac96-774b-bcce-b302099a8057'),
    { ...(leaf as object), more: 1 },
    { all: [leaf], any: [leaf] },
    'sales',
    null,
  ];
  expect(misfits.filter(accepts)).toEqual([]);
});

const TEXT_FIELD = '01890a5d-ac96-774b-bcce-b302099a8057';
const NUMBER_FIELD = '01890a5d-ac96-774b-bcce-b302099a8058';
const FLAG_FIELD = '01890a5d-ac96-774b-bcce-b302099a8059';

function someCondition(): fc.Arbitrary<SegmentRule> {
  const words = fc.constantFrom('vip', 'staff', 'es', 'nuts', 'b');
  return fc.constantFrom(...(Object.keys(SEGMENT_FIELDS) as SegmentField[])).chain((field) =>
    fc.constantFrom<SegmentOperator>(...OPERATORS_OF[SEGMENT_FIELDS[field]]).chain((operator) => {
      const fieldId = field === 'custom' ? fc.constantFrom(TEXT_FIELD, NUMBER_FIELD, FLAG_FIELD) : fc.constant(null);
      const kind = SEGMENT_FIELDS[field];
      const number = fc.constantFrom(0, 1, 2, 3, 10, 40, 1000, 5000);
      const value: fc.Arbitrary<number | string | boolean | null> =
        operator === 'is-empty' || operator === 'is-this-month'
          ? fc.constant(null)
          : kind === 'number' || kind === 'days'
            ? number
            : kind === 'month'
              ? fc.integer({ min: 1, max: 12 })
              : kind === 'yes-no'
                ? fc.boolean()
                : kind === 'any'
                  ? operator.startsWith('at-')
                    ? fc.oneof(words, number)
                    : fc.oneof(words, number, fc.boolean())
                  : words;
      return fc.record({ field: fc.constant(field), fieldId, operator: fc.constant(operator), value });
    }),
  );
}

const { rule: someRule } = fc.letrec<{ rule: SegmentRule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    someCondition(),
    fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ) as fc.Arbitrary<SegmentRule>,
}));

test(`C9: the statement over all customers holds whom the rule holds of each (seed ${SEED})`, async () => {
  const manager = shop.caller('manager');
  const kinds = { [TEXT_FIELD]: 'text', [NUMBER_FIELD]: 'number', [FLAG_FIELD]: 'yes-no' } as const;
  const fields = Object.entries(kinds).map(([fieldId, kind]) => ({ fieldId, name: kind, kind, choices: [] }));
  await manager.customers.saveFields(shop.op({ fields }));
  for (let index = 0; index < 24; index += 1) {
    const custom = {
      ...(index % 3 === 0 ? {} : { [TEXT_FIELD]: ['nuts', 'b', 'milk'][index % 3] ?? '' }),
      ...(index % 4 === 0 ? {} : { [NUMBER_FIELD]: index % 5 }),
      ...(index % 2 === 0 ? {} : { [FLAG_FIELD]: index % 3 === 0 }),
    };
    const birthday =
      index % 4 === 0 ? null : `${index % 2 === 0 ? '----' : '1990'}-${String(1 + (index % 12)).padStart(2, '0')}-05`;
    const told = { birthday, custom, language: index % 3 === 0 ? 'es' : null, consentMarketing: index % 2 === 0 };
    const { customerId } = await enrol(`Person ${index}`, told);
    if (index % 5 > 0)
      await manager.customers.update(shop.op({ customerId, tags: index % 2 === 0 ? ['vip'] : ['vip', 'staff'] }));
    if (index % 3 > 0) await shop.sell(shop.draft([shop.line(1000 * (index % 7))], { customerId }));
    if (index % 6 === 0) shop.clock.advance(9 * 86_400_000);
  }
  const identity = shop.env.shop();
  if (identity === null) throw new Error('there is a shop');
  const instant = instantOf(identity, momentOf(shop.env, identity));
  const ids = shop.env.db.read.all<{ id: string }>('SELECT id FROM customers' as never).map((row) => row.id);
  const facts = selectFacts(shop.env.db.read, instant, ids);
  expect(facts.size).toBe(24);
  fc.assert(
    fc.property(someRule, (rule) => {
      expect(segmentRuleSchema.safeParse(rule).success).toBe(true);
      const { statement, parameters } = compileSegment(rule, instant, 'ids');
      const found = shop.env.db.read
        .all<{ customerId: string }>(statement as never, parameters)
        .map((row) => row.customerId);
      const expected = ids.filter((id) => isInSegment(rule, facts.get(id) as never, monthOf(instant)));
      expect(found.sort()).toEqual(expected.sort());
    }),
    { seed: SEED, numRuns: 400 },
  );
});

test('C9: all members of a segment are listed page by page, by name, each once', async () => {
  const manager = shop.caller('manager');
  const segmentId = shop.newId();
  const rule = where('consent', 'is', true);
  await manager.segments.save(shop.op({ segmentId, version: 0, name: 'Everybody', rule }));
  const names = ['ñandú', 'Nora', 'Álvaro', 'Zulma', 'Oscar', 'ana', 'Ana', 'Eva', 'Eva', 'Íris', 'José'];
  for (const name of names) await enrol(name, { consentMarketing: true });
  const seen: string[] = [];
  const ids = new Set<string>();
  for (let after: { name: string; customerId: string } | null = null, page = 0; page < 10; page += 1) {
    const { members, next } = await manager.segments.members({ segmentId, after, limit: 3 });
    for (const member of members) ids.add(member.customerId);
    seen.push(...members.map(({ fullName }) => fullName));
    after = next;
    if (next === null) break;
  }
  expect(ids.size).toBe(11);
  expect(seen.map((name) => name.toLowerCase())).toEqual([
    'álvaro',
    'ana',
    'ana',
    'eva',
    'eva',
    'íris',
    'josé',
    'nora',
    'ñandú',
    'oscar',
    'zulma',
  ]);
});
