import fc from 'fast-check';
import { expect, test } from 'vitest';
import { characterOf } from './physical-keys.ts';
import {
  continuedBurst,
  DEFAULT_WEDGE_THRESHOLDS,
  NO_BURST,
  stepWedge,
  type WedgeMeaning,
  type WedgeThresholds,
} from './wedge.ts';

interface Key {
  readonly code: string;
  readonly shift?: boolean;
  readonly gapMs: number;
}

/** Presses keys one after another and returns what each meant, with bursts that had ended in silence before a key. */
function press(keys: readonly Key[], thresholds: WedgeThresholds = DEFAULT_WEDGE_THRESHOLDS, silenceMs?: number) {
  let state = NO_BURST;
  let atMs = 10_000;
  const meanings: WedgeMeaning[] = [];
  const scans: string[] = [];
  const take = (step: ReturnType<typeof stepWedge>) => {
    state = step.state;
    meanings.push(step.meaning);
    if (step.scanBefore !== null) scans.push(step.scanBefore);
    if (step.meaning.kind === 'scan') scans.push(step.meaning.text);
  };
  for (const { code, shift = false, gapMs } of keys) {
    atMs += gapMs;
    take(stepWedge(state, { kind: 'key', code, shift, atMs }, thresholds));
  }
  if (silenceMs !== undefined) take(stepWedge(state, { kind: 'silence', atMs: atMs + silenceMs }, thresholds));
  return { meanings: meanings.map((meaning) => meaning.kind), scans, state };
}

const keysOf = (text: string, gapMs: number): Key[] =>
  [...text].map((character) => ({
    code: /\d/.test(character) ? `Digit${character}` : character === '-' ? 'Minus' : `Key${character.toUpperCase()}`,
    shift: /[A-Z]/.test(character),
    gapMs,
  }));
const enter: Key = { code: 'Enter', gapMs: 10 };

test('keys at scanner speed that end with Enter are a scan, and it is certain from the fourth on', () => {
  const { meanings, scans } = press([...keysOf('AB12-', 12), enter]);
  expect(meanings).toEqual(['start', 'more', 'more', 'certain', 'certain', 'scan']);
  expect(scans).toEqual(['AB12-']);
});

test('Tab and 60 ms of silence end a scan too', () => {
  expect(press([...keysOf('4006381', 8), { code: 'Tab', gapMs: 8 }]).scans).toEqual(['4006381']);
  expect(press(keysOf('4006381', 8), DEFAULT_WEDGE_THRESHOLDS, 60).scans).toEqual(['4006381']);
  expect(press(keysOf('4006381', 8), DEFAULT_WEDGE_THRESHOLDS, 59).scans).toEqual([]);
});

test('a person who types, however fast, is not a scanner', () => {
  expect(press([...keysOf('hello', 90), { ...enter, gapMs: 90 }]).scans).toEqual([]);
  expect(press([...keysOf('hola', 40), { ...enter, gapMs: 40 }]).scans).toEqual([]);
  expect(press([...keysOf('abc', 10), enter]).scans).toEqual([]);
  expect(press([...keysOf('ab', 10), { code: 'KeyC', gapMs: 61 }, ...keysOf('d', 10), enter]).scans).toEqual([]);
});

test('a burst that ended in silence is told with the next key, when no timer came first', () => {
  const { scans, meanings } = press([...keysOf('4006381', 8), { code: 'KeyX', gapMs: 500 }]);
  expect([scans, meanings.at(-1)]).toEqual([['4006381'], 'start']);
});

test('shortcuts, arrows and held keys are no characters', () => {
  expect(characterOf({ code: 'KeyK', shift: false, ctrl: true })).toBeNull();
  expect(characterOf({ code: 'ArrowLeft', shift: false })).toBeNull();
  expect(characterOf({ code: 'BracketRight', shift: false, ctrl: true })).toBe('\u001d');
  const held = stepWedge(stepWedge(NO_BURST, { kind: 'key', code: 'KeyA', shift: false, atMs: 0 }).state, {
    kind: 'key',
    code: 'KeyA',
    shift: false,
    atMs: 20,
    isRepeat: true,
  });
  expect([held.meaning.kind, held.state]).toEqual(['typing', NO_BURST]);
});

test('shift keys between characters neither end nor lengthen a burst', () => {
  const keys = keysOf('ABCD', 10).flatMap((key) => [{ code: 'ShiftLeft', gapMs: 2 }, key]);
  expect(press([...keys, enter]).scans).toEqual(['ABCD']);
});

test('a configured prefix makes a slow burst certain and is cut off', () => {
  const thresholds = { ...DEFAULT_WEDGE_THRESHOLDS, prefix: '-' };
  expect(press([...keysOf('-AB1', 150), { ...enter, gapMs: 150 }], thresholds).scans).toEqual(['AB1']);
  expect(press([...keysOf('AB1', 150), { ...enter, gapMs: 150 }], thresholds).scans).toEqual([]);
});

test('physical keys are read as a scanner means them, whatever the layout', () => {
  expect(
    ['Minus', 'Slash', 'Digit2', 'Semicolon', 'Numpad5'].map((code) => characterOf({ code, shift: false })),
  ).toEqual(['-', '/', '2', ';', '5']);
  expect(['Minus', 'Slash', 'Digit2', 'Semicolon', 'KeyQ'].map((code) => characterOf({ code, shift: true }))).toEqual([
    '_',
    '?',
    '@',
    ':',
    'Q',
  ]);
});

test('any text at scanner speed comes out whole, and any at a person’s speed never does', () => {
  const texts = fc.string({ unit: fc.constantFrom(...'ABCxyz0189-'), minLength: 4, maxLength: 60 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 35 }), fc.integer({ min: 61, max: 400 }), (text, fast, slow) => {
      expect(press([...keysOf(text, fast), { ...enter, gapMs: fast }]).scans).toEqual([text]);
      expect(press([...keysOf(text, slow), { ...enter, gapMs: slow }]).scans).toEqual([]);
    }),
  );
});

test('a burst that was given up goes on where its key was only late, or the window was busy with the first', () => {
  const of = (text: string) => ({ text, firstAtMs: 1000, lastAtMs: 1000 + 10 * (text.length - 1), longestGapMs: 10 });
  const [first, more] = [of('F'), of('FIX')];
  // Pressed 10 ms after the last, whenever it came here.
  expect(continuedBurst({ state: more, freeAtMs: 5000 }, 1030)).toEqual(more);
  // Sent only once the dialog that the first one met was there.
  const joined = { ...first, firstAtMs: 1300, lastAtMs: 1300 };
  expect(continuedBurst({ state: first, freeAtMs: 1290 }, 1300)).toEqual(joined);
  expect(continuedBurst({ state: first, freeAtMs: null }, 1300)).toEqual(joined);
  // A person: the window has long been free, or more than one key came in peace.
  expect(continuedBurst({ state: first, freeAtMs: 1010 }, 1100)).toBe(null);
  expect(continuedBurst({ state: more, freeAtMs: null }, 1300)).toBe(null);
  expect(continuedBurst({ state: NO_BURST, freeAtMs: null }, 1300)).toBe(null);
});
