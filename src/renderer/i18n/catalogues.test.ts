import { expect, test } from 'vitest';
import { readCatalogues } from './i18n.ts';

function flatten(words: Record<string, unknown>, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(words)) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (typeof value === 'string') flat.set(path, value);
    else for (const [inner, text] of flatten(value as Record<string, unknown>, path)) flat.set(inner, text);
  }
  return flat;
}

/** Plural forms differ by language (Spanish has `_many`), the thing they count does not. */
function withoutPlural(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '');
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{\s*([\w.]+)/g)].map((match) => match[1] ?? '').toSorted();
}

const { en, es } = readCatalogues();

test('both languages have the same areas', () => {
  expect(Object.keys(es).toSorted()).toEqual(Object.keys(en).toSorted());
});

test.each(Object.keys(en))('%s: same keys, same placeholders, nothing empty', (area) => {
  const english = flatten(en[area] ?? {});
  const spanish = flatten(es[area] ?? {});
  expect([...new Set([...spanish.keys()].map(withoutPlural))].toSorted()).toEqual(
    [...new Set([...english.keys()].map(withoutPlural))].toSorted(),
  );
  for (const [key, text] of english) {
    const other = spanish.get(key);
    expect(text.trim(), `en ${area}.${key}`).not.toBe('');
    if (other === undefined) continue;
    expect(other.trim(), `es ${area}.${key}`).not.toBe('');
    // A singular may spell its number out, so only the other forms must name it.
    if (!/_one$/.test(key)) expect(placeholders(other), `es ${area}.${key}`).toEqual(placeholders(text));
  }
});

test.each(['en', 'es'] as const)('%s: no exclamation marks and none of the words the brief rules out', (language) => {
  const banned = /[!¡]|\b(please|sorry|oops|successfully|invalid|por favor|lo sentimos|con éxito|inválid[oa])\b/i;
  // The one place that greets a guest, as the brief draws it: "¡Hola, Ana!".
  const isGreeting = /^customer-screen\.(sale\.hello|paid\.thanks)/;
  const found = Object.entries({ en, es }[language]).flatMap(([area, words]) =>
    [...flatten(words)].filter(([, text]) => banned.test(text)).map(([key, text]) => `${area}.${key}: ${text}`),
  );
  expect(found.filter((line) => !isGreeting.test(line))).toEqual([]);
});
