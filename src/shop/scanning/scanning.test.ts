import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatCode, makeCode } from '../ids/code.ts';
import { classifyScan } from './classify.ts';
import { isRepeatedRead, type RecentRead, stillRecent } from './repeated-read.ts';
import { judgeScanRate, judgeTravel, judgeTravelled } from './scan-risk.ts';
import { MAX_SCAN_LENGTH } from './scan-text.ts';

const CODE = makeCode((bytes) => bytes.set([3, 10, 20, 30, 1, 7, 12, 17, 25, 31]));
const withSlip = (CODE[0] === 'Z' ? 'Y' : 'Z') + CODE.slice(1);
const FNC1 = '\u001d';

test.each([
  [CODE, { kind: 'code', code: CODE }],
  [`]Q1${CODE}\r\n`, { kind: 'code', code: CODE }],
  [` ${formatCode(CODE).toLowerCase()}\t`, { kind: 'code', code: CODE }],
  [`SB-${CODE}`, { kind: 'staff-badge', code: CODE }],
  [formatCode(withSlip), { kind: 'unreadable', reason: 'check-character' }],
  ['4006381333931', { kind: 'product', gtin14: '04006381333931', text: '4006381333931' }],
  [']E04006381333931', { kind: 'product', gtin14: '04006381333931', text: '4006381333931' }],
  [`]C10104006381333931${FNC1}10LOT`, { kind: 'product', gtin14: '04006381333931' }],
  [`${FNC1}0104006381333931`, { kind: 'product', gtin14: '04006381333931' }],
  ['https://id.gs1.org/01/04006381333931/10/LOT?x=1', { kind: 'product', gtin14: '04006381333931' }],
  ['T1-1-000042', { kind: 'receipt', receiptNumber: 'T1-1-000042' }],
  ['RG1.abc.def', { kind: 'signed-token', token: 'RG1.abc.def' }],
  ['https://example.com/pay?to=me', { kind: 'link', text: 'https://example.com/pay?to=me' }],
  ['javascript:alert(1)', { kind: 'link', text: 'javascript:alert(1)' }],
  ['file:///etc/passwd', { kind: 'link' }],
  ['=cmd|calc', { kind: 'text', text: '=cmd|calc' }],
  ['SKU-42', { kind: 'text', text: 'SKU-42' }],
  ['4006381333932', { kind: 'text', text: '4006381333932' }],
  ['', { kind: 'unreadable', reason: 'empty' }],
  [']Q3', { kind: 'unreadable', reason: 'empty' }],
  [' \r\n\t\0', { kind: 'unreadable', reason: 'empty' }],
  ['abc\0def', { kind: 'unreadable', reason: 'bad-characters' }],
  ['abc\u202edef', { kind: 'unreadable', reason: 'bad-characters' }],
  ['abc\ud800def', { kind: 'unreadable', reason: 'bad-characters' }],
  ['x'.repeat(MAX_SCAN_LENGTH + 1), { kind: 'unreadable', reason: 'too-long' }],
])('%j is read by its form', (raw, expected) => {
  expect(classifyScan(raw)).toMatchObject(expected);
});

test('F34: hostile payloads never throw, and what is shown can move or hide nothing', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5000 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom(' ', '\t', '\0', FNC1, ']', 'C', '1', '0', '/', '-', '\ud83d', '\u200f', 'O', 'ñ'),
      maxLength: 4096,
    }),
    fc
      .tuple(
        fc.constantFrom(']C1', 'https://', 'RG1.', 'SB-', '(01)', CODE, '{"__proto__":1}', "' OR 1=1 --", '%00%0d%0a'),
        fc.string({ unit: 'binary', maxLength: 200 }),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(hostile, (raw) => {
      const found = classifyScan(raw);
      expect(found.shownText.length).toBeLessThanOrEqual(65);
      expect(found.shownText).not.toMatch(/[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns: 3000 },
  );
});

test('F34: the longest and worst payloads take less than a millisecond each', () => {
  const worst = [
    ' '.repeat(4000) + 'x'.repeat(90),
    `x${' '.repeat(4000)}x`,
    '-'.repeat(4096),
    `https://${'a/01/'.repeat(800)}`,
    `https://a${'/1'.repeat(2000)}`,
    `]C1${FNC1.repeat(4000)}`,
    '0'.repeat(4096),
    'a:'.repeat(2048),
    'x'.repeat(1_048_576),
    'A-1-'.repeat(1000),
  ];
  for (const raw of worst) classifyScan(raw);
  for (const raw of worst) {
    const times = Array.from({ length: 20 }, () => {
      const startedAt = performance.now();
      classifyScan(raw);
      return performance.now() - startedAt;
    });
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(1);
  }
});

const read = (atMs: number, change: Partial<RecentRead> = {}): RecentRead => ({
  key: CODE,
  source: 'HID',
  subject: 'person',
  atMs,
  ...change,
});

test('C-44: a customer’s code 800 ms later is suppressed, and acts again after 3 s', () => {
  expect(isRepeatedRead(read(0), [])).toBe(false);
  expect(isRepeatedRead(read(800), [read(0)])).toBe(true);
  expect(isRepeatedRead(read(3000), [read(0), read(800)])).toBe(false);
  expect(isRepeatedRead(read(800, { key: 'other' }), [read(0)])).toBe(false);
});

test('a product counts each time from a hand scanner, and once from a camera that keeps seeing it', () => {
  const product = (atMs: number, source: RecentRead['source']) => read(atMs, { subject: 'thing', source });
  expect(isRepeatedRead(product(200, 'HID'), [product(0, 'HID')])).toBe(false);
  expect(isRepeatedRead(product(200, 'CAMERA'), [product(0, 'CAMERA')])).toBe(true);
  expect(isRepeatedRead(product(2900, 'CAMERA'), [product(0, 'CAMERA'), product(1450, 'CAMERA')])).toBe(true);
  expect(isRepeatedRead(product(1500, 'CAMERA'), [product(0, 'CAMERA')])).toBe(false);
  expect(stillRecent([product(0, 'HID'), product(1000, 'HID'), product(9000, 'HID')], 2000)).toHaveLength(1);
});

test('C-44: the eleventh different customer or voucher within 60 s is HIGH, spread over more time it is not', () => {
  const reads = Array.from({ length: 11 }, (_, index) => index * 5000);
  expect(reads.map((atMs, index) => judgeScanRate(reads.slice(0, index + 1), atMs).risk)).toEqual([
    ...Array(10).fill('LOW'),
    'HIGH',
  ]);
  const slow = Array.from({ length: 30 }, (_, index) => index * 6000);
  expect(slow.every((atMs, index) => judgeScanRate(slow.slice(0, index + 1), atMs).risk === 'LOW')).toBe(true);
});

test.each([
  [10_000, 120_000, 'HIGH'],
  [5_000, 120_000, 'LOW'],
  [900, 1_000, 'LOW'],
  [2_000, 0, 'HIGH'],
])('C-45: %i m in %i ms is %s', (metres, durationMs, risk) => {
  expect(judgeTravelled(metres, durationMs).risk).toBe(risk);
  const degrees = metres / 111_195.08;
  const place = { latitude: -25.3, longitude: -57.6, atMs: 0 };
  expect(judgeTravel(place, { ...place, latitude: -25.3 + degrees, atMs: durationMs }).risk).toBe(risk);
});
