import { foldForSearch } from './name.ts';

/** What is compared of two records to tell whether they are one person. */
export interface ComparedPerson {
  readonly fullName: string;
  /** E.164. */
  readonly phone: string | null;
  readonly email: string | null;
  readonly birthday: string | null;
}

/** Why two records look like one person, the surest first. */
export const DUPLICATE_REASONS = ['same-phone', 'same-email', 'name-and-birthday', 'similar-name'] as const;
export type DuplicateReason = (typeof DUPLICATE_REASONS)[number];

/**
 * Why two records look like one person; null when they do not. A similar name alone is a hint and no more: it counts
 * nothing where both tell different birthdays.
 */
export function duplicateReason(a: ComparedPerson, b: ComparedPerson): DuplicateReason | null {
  if (a.phone !== null && a.phone === b.phone) return 'same-phone';
  if (a.email !== null && mailboxOf(a.email) === mailboxOf(b.email ?? '')) return 'same-email';
  if (!isSimilarName(a.fullName, b.fullName)) return null;
  if (a.birthday === null || b.birthday === null) return 'similar-name';
  return sameDay(a.birthday, b.birthday) ? 'name-and-birthday' : null;
}

/** An address without what many mailboxes ignore: what follows a plus sign. */
function mailboxOf(email: string): string {
  const [name = '', domain = ''] = foldForSearch(email).split('@');
  return `${name.split('+')[0]}@${domain}`;
}

function sameDay(a: string, b: string): boolean {
  const isYearTold = !a.startsWith('-') && !b.startsWith('-');
  return isYearTold ? a === b : a.slice(-5) === b.slice(-5);
}

/**
 * Whether two names of at least two words may be the same: the same words in any order, or one slip in all, or every
 * word of the shorter one found in the longer.
 */
export function isSimilarName(a: string, b: string): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length) as [string[], string[]];
  if (first.length < 2) return false;
  const left = [...second];
  let slips = 0;
  for (const word of first) {
    const at = nearestIn(left, word);
    if (at === null) return false;
    slips += left[at] === word ? 0 : 1;
    left.splice(at, 1);
  }
  return slips <= 1;
}

function wordsOf(name: string): string[] {
  return foldForSearch(name)
    .split(/[\s\-'’.]+/)
    .filter((word) => word.length > 1)
    .sort();
}

function nearestIn(words: readonly string[], word: string): number | null {
  const same = words.indexOf(word);
  if (same >= 0) return same;
  const near = words.findIndex((other) => isOneSlipApart(word, other));
  return near < 0 ? null : near;
}

/** One letter more, less, other, or two swapped; where neither word has four letters they must be the same. */
function isOneSlipApart(a: string, b: string): boolean {
  if (Math.max(a.length, b.length) <= 3 || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
