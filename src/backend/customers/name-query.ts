import { foldForSearch } from '#shop/customers/name.ts';

const MAX_TERMS = 6;

/** The words of a typed name: what stands between spaces, hyphens and apostrophes, as in the search index. */
export function nameTerms(text: string): string[] {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}]/gu, ' ')
    .split(/[\s\-']+/u)
    .filter((term) => term.length > 0)
    .slice(0, MAX_TERMS)
    .map((term) => term.slice(0, 40));
}

/** Finds names in which a word begins with each term. Null when no term has two letters. */
export function wordStartMatch(terms: readonly string[]): string | null {
  return allOf(terms.filter((term) => term.length >= 2).map((term) => phrase(` ${term}`)));
}

/** Finds names that hold each term anywhere. Null when a term is too short to be found inside a word. */
export function anywhereMatch(terms: readonly string[]): string | null {
  return terms.some((term) => term.length < 3) ? null : allOf(terms.map(phrase));
}

/**
 * Finds names that may hold each term with one slip: whatever the slip is (a wrong, missing, extra or swapped letter), for
 * one of the cuts what stands before it and what follows it are both right. The candidates are looked at again with
 * `isNearName`. Null when no term is long enough to forgive a slip in it.
 */
export function slipMatch(terms: readonly string[]): string | null {
  if (!terms.some((term) => term.length >= 4)) return null;
  return allOf(terms.filter((term) => term.length >= 2).map(slipsOf));
}

function slipsOf(term: string): string {
  const whole = phrase(` ${term}`);
  if (term.length < 4) return whole;
  const letters = [...term];
  const ways = new Set([whole]);
  for (let cut = 0; cut < letters.length; cut += 2) {
    const sides = [` ${letters.slice(0, cut).join('')}`, letters.slice(cut + 3).join('')].filter(
      (side) => [...side].length >= 3,
    );
    if (sides.length > 0) ways.add(`(${sides.map(phrase).join(' AND ')})`);
  }
  return `(${[...ways].join(' OR ')})`;
}

/** Typed text as one FTS5 string: in quotes nothing but a quote has a meaning, and a quote is doubled. */
function phrase(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function allOf(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join(' AND ');
}

/** Whether each term is the beginning of a word of the name, give or take one letter in terms of four letters and more. */
export function isNearName(name: string, terms: readonly string[]): boolean {
  const words = nameTerms(foldForSearch(name));
  return terms.every((term) => {
    const typed = foldForSearch(term);
    return words.some((word) => (typed.length < 4 ? word.startsWith(typed) : isNearStart(typed, word)));
  });
}

function isNearStart(typed: string, word: string): boolean {
  return [typed.length - 1, typed.length, typed.length + 1].some((length) =>
    isOneSlipAway(typed, word.slice(0, length)),
  );
}

/** Whether two words are equal but for one wrong, missing, extra or swapped letter. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  const restA = a.slice(same);
  const restB = b.slice(same);
  if (restA === restB || restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1))
    return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
