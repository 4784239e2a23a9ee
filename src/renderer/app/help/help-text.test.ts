import { expect, test } from 'vitest';
import { isOverridable, PERMISSIONS } from '#shop/staff/permissions.ts';
import { createI18n, readCatalogues } from '../../i18n/i18n.ts';
import { WORDED_REASONS } from '../../ui/refusal-text.ts';
import { parseRoute } from '../../ui/route.ts';
import { SCREENS } from '../screens.ts';
import { findInHelp, groupOf, readMessages, readOpenedByPin, readTopic, spansOf, withoutFacts } from './help-text.ts';
import { HELP_TOPICS, SEE_ALSO, topicOf } from './help-topics.ts';
import { KEYS_EVERYWHERE, KEYS_HERE } from './key-lists.ts';

const LANGUAGES = ['en', 'es'] as const;
const catalogues = readCatalogues();

function stringsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words];
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(stringsOf) : [];
}

function linesOf(language: (typeof LANGUAGES)[number]): string[] {
  const i18n = createI18n(language);
  return HELP_TOPICS.flatMap((topic) =>
    readTopic(i18n, topic).parts.flatMap(({ steps = [], text = [] }) => [...steps, ...text]),
  );
}

test.each(LANGUAGES)(
  'S3-105: %s has every topic, with a title, and under every heading something to read',
  (language) => {
    const i18n = createI18n(language);
    expect(Object.keys((catalogues[language].help as { topic: object }).topic).toSorted()).toEqual(
      HELP_TOPICS.toSorted(),
    );
    for (const topic of HELP_TOPICS) {
      const { title, parts } = readTopic(i18n, topic);
      expect(title, topic).toMatch(/\S/);
      expect(parts.length, topic).toBeGreaterThan(0);
      for (const { heading, steps = [], text = [] } of parts) {
        expect(heading, topic).toMatch(/\S/);
        expect(steps.length + text.length, `${topic}: ${heading}`).toBeGreaterThan(0);
        for (const line of [...steps, ...text]) expect(line, `${topic}: ${heading}`).toMatch(/[.:]$/);
      }
    }
  },
);

test.each(LANGUAGES)('S3-105: %s names only controls that the screens have, as they are written there', (language) => {
  const { help: _, ...screens } = catalogues[language];
  const written = new Set(stringsOf(screens));
  const named = linesOf(language).flatMap((line) => spansOf(line).filter(({ kind }) => kind === 'control'));
  expect(named.length).toBeGreaterThan(60);
  expect(named.map(({ text }) => text).filter((text) => !written.has(text))).toEqual([]);
});

test.each(LANGUAGES)('S3-105: %s names only keys that are in the list of keys, and marks each of them', (language) => {
  const known = new Set([KEYS_EVERYWHERE, ...Object.values(KEYS_HERE)].flat().map(([caps]) => caps));
  const spans = linesOf(language).flatMap(spansOf);
  expect(spans.filter(({ kind, text }) => kind === 'key' && !known.has(text))).toEqual([]);
  const bare = /\b(F\d{1,2}|Ctrl|Alt|Shift|Esc)\b/;
  expect(spans.filter(({ kind, text }) => kind !== 'key' && bare.test(text))).toEqual([]);
});

test.each(LANGUAGES)('S3-105: %s has words for every key of the list', (language) => {
  const words = (catalogues[language].shell as { keys: Record<string, string> }).keys;
  for (const [, word] of [KEYS_EVERYWHERE, ...Object.values(KEYS_HERE)].flat()) expect(words[word], word).toMatch(/\S/);
});

test.each(LANGUAGES)(
  'S3-105 S3-104: %s lists every reason of the shop, and what to do where value is refused',
  (language) => {
    const messages = readMessages(createI18n(language));
    expect(messages.map(({ reason }) => reason)).toEqual(WORDED_REASONS);
    for (const { says } of messages) expect(says).not.toMatch(/undefined|[{}$]/);
    const isOfValue = new Set(['voucher', 'credit', 'pass', 'reward']);
    const silent = messages.filter(({ reason, does }) => isOfValue.has(groupOf(reason)) && does === null);
    expect(silent.map(({ reason }) => reason)).toEqual([]);
    const told = Object.keys((catalogues[language].help as { do: object }).do);
    expect(told.filter((reason) => !(WORDED_REASONS as readonly string[]).includes(reason))).toEqual([]);
  },
);

test.each(LANGUAGES)('S3-105: %s says what a manager’s PIN opens, no more and no less', (language) => {
  const words = (catalogues[language].help as { manager: object }).manager;
  expect(Object.keys(words).toSorted()).toEqual(PERMISSIONS.filter(isOverridable).toSorted());
  const listed = readOpenedByPin(createI18n(language));
  expect(listed).toHaveLength(Object.keys(words).length);
  for (const line of listed) expect(line).toMatch(/^\p{Lu}.* /u);
});

test('S3-105: every topic can be reached from another, and none sends to itself', () => {
  const reached = new Set(Object.values(SEE_ALSO).flat());
  expect(HELP_TOPICS.filter((topic) => !reached.has(topic) && topic !== 'sell' && topic !== 'keys')).toEqual([]);
  for (const topic of HELP_TOPICS) expect(SEE_ALSO[topic]).not.toContain(topic);
});

test('S3-105: every screen opens the help at a topic of its own', () => {
  expect(SCREENS.map(({ route }) => [route, topicOf(parseRoute(route))])).toEqual([
    ['till', 'sell'],
    ['customers', 'customers'],
    ['award', 'points'],
    ['vouchers', 'redeem'],
    ['today', 'figures'],
    ['experiments', 'trials'],
    ['activity', 'people'],
    ['settings', 'people'],
    ['alerts', 'alerts'],
  ]);
  expect(topicOf(parseRoute('vouchers/new'))).toBe('campaigns');
  expect(topicOf(parseRoute('till/sale/0190'))).toBe('refunds');
  expect(topicOf(parseRoute('customers/gift-cards'))).toBe('credit');
  expect(topicOf(parseRoute('nowhere'))).toBe('faq');
});

test.each([
  ['en', 'lost gift', 'A lost gift card'],
  ['en', 'paused', 'Paused …'],
  ['en', 'NOT ENOUGH data', 'Not enough data yet'],
  ['es', 'devolucion cajero', 'Devolver productos'],
  ['es', 'tarjeta perdida', 'Una tarjeta de regalo perdida'],
] as const)('S3-105: in %s, "%s" finds "%s"', (language, typed, heading) => {
  expect(findInHelp(createI18n(language), typed).map((place) => place.heading)).toContain(heading);
});

test('S3-105: what stands in a heading comes before what stands below it; nothing typed and nothing known find nothing', () => {
  const i18n = createI18n('en');
  expect(findInHelp(i18n, 'power')[0]).toMatchObject({ topic: 'offline', heading: 'Power cut' });
  expect(findInHelp(i18n, '  ')).toEqual([]);
  expect(findInHelp(i18n, 'xylophone')).toEqual([]);
});

test.each([
  ['Only from {{from}} to {{to}}', 'Only from … to …'],
  ['Already used {{atWhen}}, {{at}}, {{terminalName}}', 'Already used …'],
  ['$t(refusals:scan-risk-why.{{why}}) A manager lets it go on.', '… A manager lets it go on.'],
  ['This PIN is too short', 'This PIN is too short'],
])('S3-105: %s is listed as %s', (template, listed) => {
  expect(withoutFacts(template)).toBe(listed);
});
