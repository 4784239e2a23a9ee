import { expect, test } from 'vitest';
import { EVERY_ITEM } from '#shop/offers/item-filter.ts';
import type { RefusalFacts, RefusalReason } from '#shop/refusal.ts';
import { createI18n, readCatalogues } from '../i18n/i18n.ts';
import { createFormatter } from './format.ts';
import { factWords, failureWords, refusalWords, WORDED_REASONS } from './refusal-text.ts';
import { resultOfError } from './use-command.ts';

const catalogues = readCatalogues();

// proves S3-104
test.each(['en', 'es'] as const)('%s words every reason for which the shop says no', (language) => {
  const words = catalogues[language].refusals ?? {};
  expect(WORDED_REASONS.filter((reason) => typeof words[reason] !== 'string')).toEqual([]);
});

test.each(['en', 'es'] as const)('%s tells how many digits a PIN needs', (language) => {
  const words = catalogues[language].refusals ?? {};
  for (const reason of ['pin-too-short', 'pin-required-for-role']) expect(words[reason]).toContain('{{minLength}}');
});

test('facts reach the words as money, time, percent and quantity', () => {
  const format = createFormatter({ language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });
  expect(
    factWords(format, {
      dueMinor: 90_900,
      limitBasisPoints: 1000,
      leftThousandths: 2000,
      needed: 1000,
      triesLeft: 3,
      byName: 'Diego',
      gone: null,
    }),
  ).toEqual({
    needed: '1.000',
    due: '₲ 90.900',
    limit: format.percent(1000),
    left: '2',
    triesLeft: '3',
    count: 3,
    byName: 'Diego',
  });
});

test.each([
  ['disk-full', 'error.diskFull'],
  ['disk-broken', 'error.diskBroken'],
  [undefined, 'error.failed'],
] as const)('F4: an answer of the fault %j is worded as %s in every language', (fault, title) => {
  const result = resultOfError({ data: { errorCode: 'ab12cd34', ...(fault === undefined ? {} : { fault }) } });
  if (result?.kind !== 'failed') throw new Error('expected a failure');
  const words = failureWords(result);
  expect(words[0]).toBe(title);
  for (const language of ['en', 'es'] as const) {
    const { error } = catalogues[language].common as { error: Record<string, string> };
    for (const key of words) expect(error[key.replace('error.', '')]).toMatch(/\S/);
  }
});

test('S3-89 S3-92: a refusal says the fact that explains it: who paused, at which till, the days, the hours, what stands against it', () => {
  const said = (language: 'en' | 'es', reason: RefusalReason, facts: RefusalFacts): string => {
    const format = createFormatter({ language, region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });
    const nowMs = Date.UTC(2026, 10, 21, 12);
    const i18n = createI18n(language);
    const words = { t: i18n.getFixedT(language, 'refusals'), common: i18n.getFixedT(language, 'common') };
    return refusalWords(words, format, { reason, facts }, nowMs);
  };
  const atMs = Date.UTC(2026, 10, 18, 12, 18);
  expect(said('en', 'voucher-paused', { atMs, byName: 'Diego' })).toBe('Paused by Diego, 18 Nov');
  expect(said('en', 'voucher-paused', { atMs })).toBe('Paused 18 Nov');
  const only = (ids: object) => ({ ...EVERY_ITEM, ...ids });
  const either = {
    kind: 'any',
    parts: [
      { kind: 'quantity', filter: only({ categoryIds: ['c'] }), atLeast: 3 },
      { kind: 'spend', filter: only({ productIds: ['gone'] }), amountMinor: 20_000, withTax: true },
    ],
  };
  const unmet = { missing: JSON.stringify(either), missingNames: JSON.stringify({ c: 'Coffee' }) };
  expect(said('en', 'voucher-conditions', unmet)).toBe('Needs 3 of Coffee or ₲ 20.000 of no longer there');
  expect(said('es', 'voucher-conditions', unmet)).toBe('Necesita 3 de Coffee o ₲ 20.000 de ya no está');
  expect(said('en', 'voucher-conditions', {})).toBe('Its conditions are not met');
  expect(said('en', 'voucher-conditions', { ...unmet, missing: '{"kind":"odd"}' })).toBe('Its conditions are not met');
  expect(said('en', 'voucher-unknown', {})).toBe('Code not known. Check the last 4 characters');
  expect(said('en', 'voucher-expired', { endedAtMs: Date.UTC(2026, 10, 30, 3) })).toBe('Ended 29 Nov');
  expect(said('en', 'voucher-used', { atMs, terminalName: 'Till 1' })).toBe('Already used 18 Nov, 09:18, Till 1');
  const today = { atMs: Date.UTC(2026, 10, 21, 12, 18), terminalName: 'Till 1' };
  expect(said('en', 'voucher-used', today)).toBe('Already used today, 09:18, Till 1');
  expect(said('es', 'voucher-used', today)).toBe('Ya se usó hoy, 09:18, Till 1');
  expect(said('es', 'voucher-used', { atMs })).toBe('Ya se usó el 18 nov, 09:18');
  expect(said('en', 'voucher-not-started', { startsAtMs: Date.UTC(2099, 0, 1, 12) })).toBe('Starts 1 Jan 2099');
  expect(said('en', 'voucher-wrong-window', { nextOn: '2026-12-01' })).toBe('Not in these days. Next from 1 Dec');
  expect(said('es', 'voucher-wrong-window', { nextOn: null })).toBe('No vale en estos días');
  expect(said('es', 'voucher-revoked', { atMs })).toBe('Anulado el 18 nov');
  expect(said('en', 'voucher-revoked', { atMs: null })).toBe('This voucher was taken back');
  expect(said('en', 'voucher-not-first-purchase', { sales: 3 })).toContain('Purchases so far: 3');
  expect(said('en', 'voucher-wrong-hours', { fromMinute: 0, toMinute: 660 })).toBe('Only before 11:00');
  expect(said('es', 'voucher-wrong-hours', { fromMinute: 960, toMinute: 1440 })).toBe('Solo desde las 16:00');
  expect(said('en', 'voucher-wrong-hours', { fromMinute: 960, toMinute: 1200 })).toBe('Only from 16:00 to 20:00');
  expect(said('en', 'voucher-wrong-day', { weekdays: '0,4' })).toBe('Only on Monday and Friday');
  expect(said('es', 'voucher-wrong-day', { weekdays: '0,5' })).toBe('Vale solo lunes y sábado');
  expect(said('en', 'voucher-not-applied', { why: 'group-taken' })).toBe(
    'Another discount of its group counts in this sale',
  );
  expect(said('en', 'voucher-not-applied', { why: 'never-heard-of' })).toBe(
    'It does not go with the other discounts of this sale',
  );
});
