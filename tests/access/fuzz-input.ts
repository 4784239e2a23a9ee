import fc from 'fast-check';
import { z } from 'zod';
import { type Chance, createChance } from '#backend/demo/chance.ts';

/** The part of JSON Schema that the routers' own schemas produce. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** Where references lead, and the ids that a shop has. */
interface Root {
  readonly schema: JsonSchema;
  readonly knownIds: readonly string[];
}

const HOSTILE_TEXT = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\u0007\u001b[31m',
  '\u0085\u009f',
  'two\r\nlines\tand a tab',
  '\u2028\u2029',
  '\u202Eevil',
  '\u2066evil\u2069',
  '\uD800',
  'a\uDC00b',
  '\uFFFE\u{1FFFF}',
  '\uFEFF',
  '\u200B',
  'a\u200D\u2060b',
  '\u0301',
  `e${'\u0301'.repeat(80)}`,
  '\u0958\u1100\u1161',
  'Ａna ﬁ',
  "'; DROP TABLE transactions; --",
  '"*" OR NEAR(x y)',
  '=HYPERLINK("http://x")',
  '<img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '9'.repeat(400),
  'ñ́'.repeat(60),
];
/** Pieces that text is built of up to a schema's limits: each one character to a reader, few of them one unit of UTF-16. */
const PIECES = [
  'a',
  ' ',
  'ñ',
  '😀',
  '\u{1D11E}',
  '\u0301',
  '\u200D',
  '\u0000',
  '\n',
  '\uD83D',
  '\u202E',
  '\u0958',
  'ﷺ',
];
const HOSTILE_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  0.5,
  -0,
  1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  Number.MIN_SAFE_INTEGER,
  2 ** 31,
  2 ** 63,
  [],
  {},
  [[[[[[]]]]]],
  'x'.repeat(70_000),
  { toString: 'x' },
  ...HOSTILE_TEXT,
];

/** A UUIDv7 made of the generator's own bytes, or one that is known. */
function uuidArbitrary(knownIds: readonly string[]): fc.Arbitrary<string> {
  const fresh = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => {
    const copy = Uint8Array.from(bytes);
    copy[6] = ((copy[6] ?? 0) & 0x0f) | 0x70;
    copy[8] = ((copy[8] ?? 0) & 0x3f) | 0x80;
    const hex = [...copy].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  });
  return knownIds.length === 0
    ? fresh
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...knownIds) }, { weight: 1, arbitrary: fresh });
}

/** Inputs that fit the schema, as far as its JSON Schema tells. */
function fitting(schema: JsonSchema, root: Root): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(root.schema.$defs?.[schema.$ref.slice('#/$defs/'.length)] ?? {}, root);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined && choices.length > 0) return fc.oneof(...choices.map((choice) => fitting(choice, root)));
  if (schema.allOf !== undefined && schema.allOf[0] !== undefined) return fitting(schema.allOf[0], root);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return fittingObject(schema, root);
    case 'array':
      return fc.array(fitting(schema.items ?? {}, root), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'integer':
    case 'number':
      return fittingNumber(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'string':
      return fittingText(schema, root.knownIds);
    default:
      return fc.jsonValue();
  }
}

/** A number between the schema's limits, often a limit itself. */
function fittingNumber({ minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const min = Math.max(minimum ?? Number.MIN_SAFE_INTEGER, Number.MIN_SAFE_INTEGER);
  const max = Math.min(maximum ?? Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  return fc.oneof(
    {
      weight: 3,
      arbitrary: fc.integer({ min: Math.max(min, Math.min(-1000, max)), max: Math.min(max, Math.max(1_000_000, min)) }),
    },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
}

function fittingObject(schema: JsonSchema, root: Root): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  return fc.record(Object.fromEntries(properties.map(([name, value]) => [name, fitting(value, root)])), {
    requiredKeys: properties.map(([name]) => name).filter((name) => required.has(name)),
  });
}

function fittingText(schema: JsonSchema, knownIds: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.format === 'uuid' || schema.pattern?.includes('[0-9a-f]') === true) return uuidArbitrary(knownIds);
  if (schema.pattern !== undefined) {
    try {
      return fc.stringMatching(new RegExp(schema.pattern, 'u'));
    } catch {
      return fc.string();
    }
  }
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.max(minLength, Math.min(schema.maxLength ?? 40, 200));
  return fc.oneof(
    { weight: 6, arbitrary: fc.string({ minLength, maxLength, unit: 'grapheme' }) },
    { weight: 2, arbitrary: fc.constantFrom(...HOSTILE_TEXT) },
    { weight: 1, arbitrary: fc.string({ minLength, maxLength, unit: 'binary' }) },
    { weight: 1, arbitrary: fc.string({ minLength, maxLength, unit: fc.constantFrom(...PIECES) }) },
    { weight: 1, arbitrary: fc.constantFrom(...PIECES).map((piece) => piece.repeat(schema.maxLength ?? 40)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...PIECES).map((piece) => 'x'.repeat((schema.maxLength ?? 40) - 1) + piece),
    },
  );
}

/** One place of a fitting input replaced by something hostile, dropped, or joined by a key that does not belong. */
function spoiled(value: unknown, chance: Chance): unknown {
  if (typeof value !== 'object' || value === null) return chance.pick(HOSTILE_VALUES);
  const copy: unknown = structuredClone(value);
  const target = copy as Record<string, unknown>;
  const names = Object.keys(target);
  const way = chance.whole(0, 3);
  if (names.length === 0 || way === 0) {
    Object.defineProperty(target, chance.pick(['__proto__', 'constructor', 'extra', 'merchantId', 'overrideIds']), {
      value: chance.pick(HOSTILE_VALUES),
      enumerable: true,
    });
    return copy;
  }
  const name = chance.pick(names);
  if (way === 1) delete target[name];
  else if (way === 2) target[name] = spoiled(target[name], chance);
  else target[name] = chance.pick(HOSTILE_VALUES);
  return copy;
}

/**
 * Inputs for a procedure made from its own schema: about a third fit, a sixth are nearly right, the rest are plain hostile or nothing.
 * Ids are often taken from `knownIds`. Fuzzing draws from it with a printed seed.
 */
export function inputsFor(schema: z.ZodType, knownIds: readonly string[] = []): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as JsonSchema;
  const good = fitting(json, { schema: json, knownIds });
  const nearly = fc.tuple(good, fc.integer()).map(([value, seed]) => spoiled(value, createChance(seed)));
  return fc.oneof(
    good,
    good,
    nearly,
    fc.constant(undefined),
    fc.constantFrom(...HOSTILE_VALUES),
    fc.jsonValue({ maxDepth: 6 }),
  );
}
