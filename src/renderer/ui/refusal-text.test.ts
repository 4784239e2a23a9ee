import { expect, test } from 'vitest';
import { readCatalogues } from '../i18n/i18n.ts';
import { createFormatter } from './format.ts';
import { factWords, failureWords, WORDED_REASONS } from './refusal-text.ts';
import { resultOfError } from './use-command.ts';

const catalogues = readCatalogues();

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
