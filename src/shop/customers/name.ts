const MARKS = /\p{M}+/gu;

/** A name or text as it is searched: lower case, without accents, single spaces. 'Muñoz' is found by 'munoz'. */
export function foldForSearch(text: string): string {
  return text.normalize('NFD').replace(MARKS, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/**
 * A name as it is sorted by code unit: accents do not count, ñ stands between n and o as in the Spanish alphabet.
 */
export function sortKeyOf(text: string): string {
  const keepsEnye = text.normalize('NFC').toLowerCase().replaceAll('ñ', 'n~');
  return keepsEnye.normalize('NFD').replace(MARKS, '').replace(/\s+/g, ' ').trim();
}

/** A name as it is stored: one space between words, none around, composed characters. */
export function tidyName(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** One or two capital letters: of the first and the last word. */
export function initialsOf(name: string): string {
  const words = tidyName(name)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return ends.map((word) => firstLetter(word ?? '')).join('');
}

/** What to call a person when nothing else is said: the first word of the name. */
export function firstNameOf(name: string): string {
  return tidyName(name).split(' ')[0] ?? '';
}

function firstLetter(word: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(word.normalize('NFC'))?.[0] ?? '';
  return letter.toUpperCase();
}
