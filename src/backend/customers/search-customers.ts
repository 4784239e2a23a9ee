import { foldForSearch } from '#shop/customers/name.ts';
import { readPhone, shownPhone } from '#shop/customers/phone.ts';
import { readCode } from '#shop/ids/code.ts';
import type { ReadScope } from '../context.ts';
import {
  findByEmailStart,
  findByName,
  findByPhoneEnding,
  findLastEnrolled,
  findLastSeen,
  findNameCandidates,
  type FoundCustomer,
  SEARCH_LEVELS,
  selectFound,
  selectFoundByCode,
  selectFoundByPhone,
} from './customer-search-store.ts';
import { asOfNow } from './found-balances.ts';
import { anywhereMatch, isNearName, nameTerms, slipMatch, wordStartMatch } from './name-query.ts';

export type MatchedBy = 'code' | 'phone' | 'email' | 'name';

export interface FoundRow {
  readonly customerId: string;
  readonly displayName: string;
  readonly code: string;
  readonly phoneNational: string | null;
  readonly email: string | null;
  readonly balance: number;
  readonly lastVisitAtMs: number | null;
  readonly status: 'active' | 'blocked' | 'erased';
  readonly matchedBy: MatchedBy;
}

/** A phone ending needs this many digits; fewer fit too many numbers to help. */
const MIN_PHONE_DIGITS = 3;
const NEAR_CANDIDATES_PER_LEVEL = 400;
const RECENT_FOR_ONE_LETTER = 1000;

/**
 * Finds customers by what was typed into the one field: the exact code, then the end of a phone number, then the start of an
 * e-mail address, then names: words that begin so, then parts of words, then one slip forgiven. Within each, those with the
 * most sales first. Empty text gives the customers last seen.
 */
export function searchCustomers(scope: ReadScope, input: { text: string; limit: number }): FoundRow[] {
  const { db, shop } = scope;
  const text = input.text.trim();
  const exact = exactHit(scope, text);
  if (exact !== null) return asOfNow(scope, [exact]);
  const hits = text === '' ? recentHits(scope, input.limit) : hitsOf(scope, text, input.limit);
  const rows = new Map(selectFound(db, [...hits.keys()]).map((row) => [row.customerNumber, row]));
  const found: FoundRow[] = [];
  for (const [customerNumber, matchedBy] of hits) {
    const row = rows.get(customerNumber);
    if (row !== undefined) found.push(toFoundRow(row, matchedBy, shop.country));
  }
  return asOfNow(scope, found);
}

type Hits = Map<number, MatchedBy>;

/** A whole code or a whole international number is one look-up and nothing else. */
function exactHit({ db, shop }: ReadScope, text: string): FoundRow | null {
  if (/^\+\d{7,15}$/.test(text)) {
    const row = selectFoundByPhone(db, shop.merchantId, text);
    return row === null ? null : toFoundRow(row, 'phone', shop.country);
  }
  const reading = readCode(text);
  const row = reading.kind === 'code' ? selectFoundByCode(db, shop.merchantId, reading.code) : null;
  return row === null ? null : toFoundRow(row, 'code', shop.country);
}

function hitsOf(scope: ReadScope, text: string, limit: number): Hits {
  const { db, shop } = scope;
  const hits: Hits = new Map();
  const add = (numbers: readonly number[], matchedBy: MatchedBy): void => {
    for (const number of numbers) if (hits.size < limit && !hits.has(number)) hits.set(number, matchedBy);
  };
  const digits = text.replace(/\D/g, '');
  const words = nameTerms(text.replace(/[\d+()./]/g, ' '));
  if (digits.length >= MIN_PHONE_DIGITS && !text.includes('@')) {
    const byPhone = phoneHits(scope, text, digits, limit);
    if (words.length === 0) add(byPhone, 'phone');
    else add(withName(scope, byPhone, words), 'phone');
  }
  if (text.length >= 3 && !/\s/.test(text))
    add(findByEmailStart(db, shop.merchantId, text.toLowerCase(), limit), 'email');
  if (!text.includes('@')) add(nameHits(scope, words, limit), 'name');
  return hits;
}

/** By the last digits as typed, then without the trunk prefix, then as the number that they are in the shop's country. */
function phoneHits({ db, shop }: ReadScope, text: string, digits: string, limit: number): number[] {
  for (const ending of new Set([digits, digits.replace(/^0+/, '')])) {
    const found = ending.length < MIN_PHONE_DIGITS ? [] : findByPhoneEnding(db, shop.merchantId, ending, limit);
    if (found.length > 0) return found;
  }
  const phone = readPhone(text.replace(/[^\d+\s()\-./]/g, ''), shop.country);
  const row = phone === null ? null : selectFoundByPhone(db, shop.merchantId, phone.e164);
  return row === null ? [] : [row.customerNumber];
}

function withName({ db }: ReadScope, numbers: readonly number[], words: readonly string[]): number[] {
  return selectFound(db, numbers)
    .filter((row) => isNearName(row.fullName, words))
    .map((row) => row.customerNumber);
}

function nameHits(scope: ReadScope, terms: readonly string[], limit: number): number[] {
  if (terms.length === 0) return [];
  const found = new Set<number>();
  const starts = wordStartMatch(terms);
  if (starts === null) return firstLetterHits(scope, terms, limit);
  collectByLevel(scope, starts, limit, found);
  const anywhere = anywhereMatch(terms);
  if (found.size < limit && anywhere !== null) collectByLevel(scope, anywhere, limit, found);
  if (found.size === 0) collectNear(scope, terms, limit, found);
  return [...found];
}

/** Reads the levels from the best-known customers down and stops at the first one that fills the list. */
function collectByLevel({ db, shop }: ReadScope, match: string, limit: number, found: Set<number>): void {
  for (const fromRowid of SEARCH_LEVELS) {
    for (const number of findByName(db, { merchantId: shop.merchantId, match, fromRowid, limit })) found.add(number);
    if (found.size >= limit) return;
  }
}

function collectNear({ db, shop }: ReadScope, terms: readonly string[], limit: number, found: Set<number>): void {
  const match = slipMatch(terms);
  if (match === null) return;
  for (const fromRowid of SEARCH_LEVELS) {
    const candidates = findNameCandidates(db, {
      merchantId: shop.merchantId,
      match,
      fromRowid,
      limit: NEAR_CANDIDATES_PER_LEVEL,
    });
    for (const { customerNumber, fullName, callName } of candidates) {
      if (isNearName(`${fullName} ${callName ?? ''}`, terms)) found.add(customerNumber);
    }
    if (found.size >= limit) return;
  }
}

/** One letter is in too many names to be looked up: those last seen are offered. */
function firstLetterHits({ db, shop }: ReadScope, terms: readonly string[], limit: number): number[] {
  const recent = selectFound(db, findLastSeen(db, shop.merchantId, RECENT_FOR_ONE_LETTER));
  const letters = terms.map(foldForSearch);
  return recent
    .filter((row) =>
      letters.every((letter) => nameTerms(foldForSearch(row.fullName)).some((word) => word.startsWith(letter))),
    )
    .slice(0, limit)
    .map((row) => row.customerNumber);
}

/** Those last seen, and those enrolled since. */
function recentHits({ db, shop }: ReadScope, limit: number): Hits {
  const numbers = new Set([
    ...findLastSeen(db, shop.merchantId, limit),
    ...findLastEnrolled(db, shop.merchantId, limit),
  ]);
  const rows = selectFound(db, [...numbers]);
  const seenAtMs = (row: FoundCustomer): number => row.lastVisitAtMs ?? row.createdAtMs;
  rows.sort((a, b) => seenAtMs(b) - seenAtMs(a));
  return new Map(rows.slice(0, limit).map((row) => [row.customerNumber, 'name']));
}

function toFoundRow(row: FoundCustomer, matchedBy: MatchedBy, country: string): FoundRow {
  return {
    customerId: row.customerId,
    displayName: row.fullName,
    code: row.code,
    phoneNational: row.phone === null ? null : shownPhone(row.phone, country),
    email: row.email,
    balance: row.balance,
    lastVisitAtMs: row.lastVisitAtMs,
    status: row.status,
    matchedBy,
  };
}
