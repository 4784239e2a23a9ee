import { expect, test } from 'vitest';
import { readCatalogues } from '../i18n/i18n.ts';
import { createFormatter } from './format.ts';
import { factWords, WORDED_REASONS } from './refusal-text.ts';

const catalogues = readCatalogues();

test.each(['en', 'es'] as const)('%s words every reason for which the shop says no', (language) => {
  const words = catalogues[language].refusals ?? {};
  expect(WORDED_REASONS.filter((reason) => typeof words[reason] !== 'string')).toEqual([]);
});

test('facts reach the words as money, time, percent and quantity', () => {
  const format = createFormatter({ language: 'en', region: 'es-PY', currency: 'PYG', timeZone: 'America/Asuncion' });
  expect(
    factWords(format, {
      dueMinor: 90_900,
      limitBasisPoints: 1000,
      leftThousandths: 2000,
      triesLeft: 3,
      byName: 'Diego',
      gone: null,
    }),
  ).toEqual({
    due: '₲ 90.900',
    limit: format.percent(1000),
    left: '2',
    triesLeft: 3,
    count: 3,
    byName: 'Diego',
  });
});
