import { describe, expect, test } from 'vitest';
import { MAX_SALE_LINES, saleDraftSchema, tenderDraftSchema } from './sale-draft-schema.ts';

const id = (last: number) => `01890a5d-ac96-774b-bcce-${String(last).padStart(12, '0')}`;
const MOST = 1_000_000_000_000;
const letters = (count: number) => 'x'.repeat(count);

const LINE = {
  lineId: id(2),
  productId: id(3),
  name: 'Tea',
  unitPriceMinor: 3_50,
  quantityThousandths: 1000,
  taxRateId: id(4),
  categoryId: id(5),
  discount: null,
  note: '',
};
const REWARD = { programId: id(6), rewardId: 'gift', points: null, choice: null };
const BACK = { saleId: id(7), lines: [{ lineId: id(8), quantityThousandths: 1000 }], reason: '' };
const DRAFT = {
  saleId: id(1),
  customerId: id(9),
  customerIdentifiedBy: 'scan',
  customerIdentifiedAtMs: 0,
  lines: [LINE],
  discount: null,
  redemptions: [REWARD],
  exchange: BACK,
  label: '',
  note: '',
};
const accepts = (draft: unknown) => saleDraftSchema.safeParse(draft).success;
const manyLines = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...LINE, lineId: id(1000 + index) }));

describe('a sale from a screen', () => {
  test('is taken as it is, with everything that it may say', () => {
    expect(saleDraftSchema.parse(DRAFT)).toEqual(DRAFT);
  });

  test('is taken with nothing that it may leave out', () => {
    const { redemptions: _, exchange: __, ...bare } = DRAFT;
    const least = { ...bare, customerId: null, customerIdentifiedBy: null, customerIdentifiedAtMs: null, lines: [] };
    expect(saleDraftSchema.parse(least)).toEqual({ ...least, redemptions: [] });
    const open = { ...LINE, productId: null, categoryId: null };
    expect(accepts({ ...DRAFT, lines: [open] })).toBe(true);
  });

  test.each<readonly [string, object]>([
    ['500 lines', { lines: manyLines(MAX_SALE_LINES) }],
    ['10 rewards', { redemptions: Array(10).fill(REWARD) }],
    ['a customer who was searched for', { customerIdentifiedBy: 'search' }],
    ['a customer who joined', { customerIdentifiedBy: 'enrol' }],
    ['a label of 60', { label: letters(60) }],
    ['a note of 500 on two lines', { note: `${letters(249)}\n${letters(250)}` }],
    ['a whole discount', { discount: { kind: 'percent', rateBasisPoints: 10_000 } }],
    ['a discount of the largest amount', { discount: { kind: 'amount', amountMinor: MOST } }],
    ['a discount of nothing', { discount: { kind: 'percent', rateBasisPoints: 0 } }],
    ['a reason of 200', { exchange: { ...BACK, reason: letters(200) } }],
  ])('takes %s', (_what, change) => {
    expect(accepts({ ...DRAFT, ...change })).toBe(true);
  });

  test('says where a line is named twice', () => {
    const { error } = saleDraftSchema.safeParse({ ...DRAFT, lines: [LINE, LINE] });
    expect(error?.issues).toMatchObject([{ path: ['lines'], message: 'line ids are unique' }]);
  });

  test.each<readonly [string, object]>([
    ['501 lines', { lines: manyLines(MAX_SALE_LINES + 1) }],
    ['the same line twice', { lines: [LINE, LINE] }],
    ['11 rewards', { redemptions: Array(11).fill(REWARD) }],
    ['a customer who was guessed', { customerIdentifiedBy: 'guess' }],
    ['a moment before all time', { customerIdentifiedAtMs: -1 }],
    ['an id that is none', { saleId: 'sale' }],
    ['a label of 61', { label: letters(61) }],
    ['a label on two lines', { label: 'a\nb' }],
    ['a note of 501', { note: letters(501) }],
    ['more than a whole discount', { discount: { kind: 'percent', rateBasisPoints: 10_001 } }],
    ['a negative rate', { discount: { kind: 'percent', rateBasisPoints: -1 } }],
    ['a part of a basis point', { discount: { kind: 'percent', rateBasisPoints: 0.5 } }],
    ['a negative discount', { discount: { kind: 'amount', amountMinor: -1 } }],
    ['too large a discount', { discount: { kind: 'amount', amountMinor: MOST + 1 } }],
    ['a discount of another kind', { discount: { kind: 'gift', amountMinor: 1 } }],
    ['a discount that says more', { discount: { kind: 'amount', amountMinor: 1, code: 'x' } }],
    ['goods that come back without lines', { exchange: { ...BACK, lines: [] } }],
    ['goods that come back in too many lines', { exchange: { ...BACK, lines: Array(501).fill(BACK.lines[0]) } }],
    ['a reason of 201', { exchange: { ...BACK, reason: letters(201) } }],
    ['what nobody asked for', { totalMinor: 1 }],
  ])('refuses %s', (_what, change) => {
    expect(accepts({ ...DRAFT, ...change })).toBe(false);
  });
});

const LIMITS: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
  ['unitPriceMinor', [0, MOST], [-1, MOST + 1, 0.5]],
  ['quantityThousandths', [1, 1_000_000_000], [0, 1_000_000_001, 1.5]],
  ['name', ['x', letters(120)], ['', letters(121)]],
  ['note', ['', letters(200)], [letters(201)]],
  ['lineId', [id(2)], ['l1', null]],
  ['taxRateId', [id(2)], [null, '']],
];

test.each(LIMITS)('of a line, %s is %j and not %j', (member, good, bad) => {
  const taken = (value: unknown) => accepts({ ...DRAFT, lines: [{ ...LINE, [member]: value }] });
  expect([good.map(taken), bad.map(taken)]).toEqual([good.map(() => true), bad.map(() => false)]);
});

test('nothing may be said of a line, a reward or goods that come back but what is known', () => {
  expect(accepts({ ...DRAFT, lines: [{ ...LINE, grossMinor: 1 }] })).toBe(false);
  expect(accepts({ ...DRAFT, redemptions: [{ ...REWARD, amountMinor: 1 }] })).toBe(false);
  expect(accepts({ ...DRAFT, exchange: { ...BACK, amountMinor: 1 } })).toBe(false);
  expect(accepts({ ...DRAFT, exchange: { ...BACK, lines: [{ ...BACK.lines[0], amountMinor: 1 }] } })).toBe(false);
});

test.each<readonly [string, readonly unknown[], readonly unknown[]]>([
  ['points', [null, 1, 1_000_000_000], [0, 1_000_000_001, 1.5]],
  ['rewardId', ['x', letters(64)], ['', letters(65)]],
  ['choice', [null, id(2)], ['', 'tea']],
])('of a reward, %s is %j and not %j', (member, good, bad) => {
  const taken = (value: unknown) => accepts({ ...DRAFT, redemptions: [{ ...REWARD, [member]: value }] });
  expect([good.map(taken), bad.map(taken)]).toEqual([good.map(() => true), bad.map(() => false)]);
});

test.each([
  [1, true],
  [1_000_000_000, true],
  [0, false],
  [1_000_000_001, false],
])('of goods that come back, a quantity of %i: %s', (quantityThousandths, isTaken) => {
  const lines = [{ lineId: id(8), quantityThousandths }];
  expect(accepts({ ...DRAFT, exchange: { ...BACK, lines } })).toBe(isTaken);
});

const TENDER = { tenderId: id(1), kind: 'cash', amountMinor: 10_00, receivedMinor: 20_00, reference: 'A-7' };

test('a tender says how much, and may say what was handed over and a reference', () => {
  expect(tenderDraftSchema.parse(TENDER)).toEqual(TENDER);
  const { receivedMinor: _, reference: __, ...bare } = TENDER;
  for (const kind of ['cash', 'card', 'other'])
    expect(tenderDraftSchema.parse({ ...bare, kind })).toMatchObject({ kind });
});

test.each<readonly [string, readonly unknown[], readonly unknown[]]>([
  ['kind', [], ['exchange', 'gift', '']],
  ['amountMinor', [0, MOST], [-1, MOST + 1, 0.5, undefined]],
  ['receivedMinor', [0, MOST, undefined], [-1, MOST + 1]],
  ['reference', ['', letters(60), undefined], [letters(61)]],
  ['tenderId', [], ['t1', undefined]],
  ['changeMinor', [], [1]],
])('of a tender, %s is %j and not %j', (member, good, bad) => {
  const taken = (value: unknown) => tenderDraftSchema.safeParse({ ...TENDER, [member]: value }).success;
  expect([good.map(taken), bad.map(taken)]).toEqual([good.map(() => true), bad.map(() => false)]);
});
