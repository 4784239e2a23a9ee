import { expect, test } from 'vitest';
import { creditSystemAccountOf, CREDIT_KINDS, type CreditEntry } from './credit-entry.ts';
import { availableMinorOf, decideSpend } from './decide-spend.ts';
import { creditEndOf, dueCreditExpiries, nextEndOf } from './due-credit.ts';
import { foldCredit } from './fold-credit.ts';
import { decideTakeBack } from './take-back.ts';
import { moveAll } from './transfer-credit.ts';

const NOW = Date.UTC(2026, 10, 21, 13);
const DAY = 86_400_000;
const ACCOUNT = '0191e7a0-0000-7000-8000-000000000001';

function entry(
  entryId: string,
  kind: CreditEntry['kind'],
  amountMinor: number,
  given: Partial<CreditEntry> = {},
): CreditEntry {
  return {
    entryId,
    kind,
    amountMinor,
    atMs: NOW - DAY,
    expiresAtMs: null,
    reversesEntryId: null,
    lotId: null,
    ...given,
  };
}

const account = (entries: readonly CreditEntry[], given: object = {}) => ({
  status: 'active' as const,
  position: foldCredit(entries, NOW),
  heldMinor: 0,
  ...given,
});
const lotsOf = (entries: readonly CreditEntry[], asOfMs = NOW) =>
  foldCredit(entries, asOfMs).lots.map(({ lotId, remainingMinor }) => [lotId, remainingMinor]);

test('C-40 W4: a gift card of 50.00 that pays 3.20 keeps 46.80', () => {
  const position = foldCredit([entry('sold', 'top-up', 5000), entry('paid', 'spend', -320)], NOW);
  expect(position).toMatchObject({ balanceMinor: 4680, ledgerMinor: 4680 });
  expect(decideSpend(account([entry('sold', 'top-up', 5000)]), 320)).toEqual({
    kind: 'spend',
    amountMinor: 320,
    leftMinor: 4680,
  });
});

test('C-40 W8: a wallet that ended yesterday pays nothing and says when', () => {
  const endedAtMs = NOW - DAY / 2;
  const ended = account([entry('a', 'grant', 5000, { expiresAtMs: endedAtMs })]);
  expect(ended.position).toMatchObject({ balanceMinor: 0, ledgerMinor: 5000 });
  expect(decideSpend(ended, 100)).toEqual({ kind: 'refused', reason: 'credit-expired', facts: { endedAtMs } });
  expect(dueCreditExpiries(ACCOUNT, ended.position)).toEqual([
    { entryId: expect.any(String), lotId: 'a', amountMinor: -5000 },
  ]);
});

test('C-35 S3-95 S3-97: asked for more than there is, it says what there is', () => {
  const have = account([entry('a', 'top-up', 3500)]);
  expect(decideSpend(have, 3500)).toMatchObject({ kind: 'spend', leftMinor: 0 });
  expect(decideSpend(have, 4000)).toEqual({
    kind: 'refused',
    reason: 'credit-short',
    facts: { neededMinor: 4000, availableMinor: 3500, heldMinor: 0 },
  });
});

test('W6: what another sale holds is not spent twice', () => {
  const have = account([entry('a', 'top-up', 3500)], { heldMinor: 3000 });
  expect(availableMinorOf(have)).toBe(500);
  expect(decideSpend(have, 501)).toMatchObject({
    reason: 'credit-short',
    facts: { availableMinor: 500, heldMinor: 3000 },
  });
  expect(availableMinorOf({ ...have, heldMinor: 9000 })).toBe(0);
});

test('W12: a frozen or replaced account pays nothing', () => {
  const entries = [entry('a', 'top-up', 3500)];
  expect(decideSpend(account(entries, { status: 'frozen' }), 1)).toMatchObject({ reason: 'credit-frozen' });
  expect(decideSpend(account(entries, { status: 'replaced' }), 1)).toMatchObject({ reason: 'credit-replaced' });
  expect(availableMinorOf(account(entries, { status: 'frozen' }))).toBe(0);
});

test('credit that ends first is spent first, what never ends last, and of the same end the older', () => {
  const entries = [
    entry('never', 'top-up', 100),
    entry('late', 'grant', 100, { expiresAtMs: NOW + 2 * DAY }),
    entry('soon', 'grant', 100, { expiresAtMs: NOW + DAY }),
    entry('same', 'grant', 100, { expiresAtMs: NOW + 2 * DAY, atMs: NOW - 2 * DAY }),
    entry('spent', 'spend', -150),
  ];
  expect(lotsOf(entries)).toEqual([
    ['same', 50],
    ['late', 100],
    ['never', 100],
  ]);
  expect(nextEndOf(foldCredit(entries, NOW))).toBe(NOW + 2 * DAY);
  expect(nextEndOf(foldCredit([entry('never', 'top-up', 100)], NOW))).toBeNull();
  expect(nextEndOf(foldCredit([], NOW))).toBeNull();
});

test('C-35 C-52 S3-98: what comes back goes to the lots that it came from, last used first', () => {
  const entries = [
    entry('soon', 'grant', 100, { expiresAtMs: NOW + DAY }),
    entry('never', 'top-up', 100),
    entry('spent', 'spend', -150),
    entry('back', 'return', 60, { reversesEntryId: 'spent', expiresAtMs: NOW + 30 * DAY }),
  ];
  expect(lotsOf(entries)).toEqual([
    ['soon', 10],
    ['never', 100],
  ]);
  const rest = entry('rest', 'return', 90, { reversesEntryId: 'spent', expiresAtMs: NOW + 30 * DAY });
  expect(lotsOf([...entries, rest])).toEqual([
    ['soon', 100],
    ['never', 100],
  ]);
});

test('C-13: what comes back to a lot that has ended meanwhile has the shop’s grace', () => {
  const entries = [
    entry('soon', 'grant', 100, { expiresAtMs: NOW - 1 }),
    entry('spent', 'spend', -80),
    entry('back', 'return', 50, { reversesEntryId: 'spent', expiresAtMs: NOW + 30 * DAY, atMs: NOW }),
  ];
  const position = foldCredit(entries, NOW);
  expect(position.lots).toEqual([{ lotId: 'back', atMs: NOW, expiresAtMs: NOW + 30 * DAY, remainingMinor: 50 }]);
  expect(position.endedLots).toMatchObject([{ lotId: 'soon', remainingMinor: 20 }]);
});

test('C-40: what has ended is still the reason once it is written off, until something else moves', () => {
  const endedAtMs = NOW - DAY / 2;
  const gone = [
    entry('a', 'grant', 5000, { expiresAtMs: endedAtMs }),
    entry('x', 'expire', -5000, { lotId: 'a', atMs: NOW }),
  ];
  expect(foldCredit(gone, NOW)).toMatchObject({ balanceMinor: 0, endedLots: [], emptySinceMs: endedAtMs });
  expect(decideSpend(account(gone), 100)).toMatchObject({ reason: 'credit-expired', facts: { endedAtMs } });
  const more = [...gone, entry('b', 'top-up', 700, { atMs: NOW })];
  expect(foldCredit(more, NOW).emptySinceMs).toBeNull();
  const spent = [...more, entry('s', 'spend', -700, { atMs: NOW })];
  expect(decideSpend(account(spent), 100)).toMatchObject({ reason: 'credit-short', facts: { availableMinor: 0 } });
});

test('L10: an expiry takes what has ended and nothing else, and is written once', () => {
  const entries = [entry('a', 'grant', 100, { expiresAtMs: NOW - 1 }), entry('b', 'top-up', 40)];
  const [due, ...none] = dueCreditExpiries(ACCOUNT, foldCredit(entries, NOW));
  expect(none).toEqual([]);
  expect(dueCreditExpiries(ACCOUNT, foldCredit(entries, NOW + DAY))).toEqual([due]);
  const written = [...entries, entry(due?.entryId ?? '', 'expire', due?.amountMinor ?? 0, { lotId: 'a', atMs: NOW })];
  expect(foldCredit(written, NOW)).toMatchObject({ balanceMinor: 40, ledgerMinor: 40, endedLots: [] });
  expect(dueCreditExpiries(ACCOUNT, foldCredit(written, NOW))).toEqual([]);
  expect(
    foldCredit(
      [entries[0], entry('x', 'expire', -100, { atMs: NOW })].flatMap((each) => each ?? []),
      NOW,
    ).ledgerMinor,
  ).toBe(0);
});

test('an account is never below zero, and a return never more than was spent', () => {
  const sold = entry('a', 'top-up', 100);
  expect(() => foldCredit([sold, entry('b', 'spend', -101)], NOW)).toThrow('never below zero');
  const spent = entry('b', 'spend', -50);
  const back = (amountMinor: number) => entry('c', 'return', amountMinor, { reversesEntryId: 'b' });
  expect(() => foldCredit([sold, spent, back(51)], NOW)).toThrow('no more comes back');
  expect(() => foldCredit([sold, entry('b', 'return', 5, { reversesEntryId: 'x' })], NOW)).toThrow('comes back');
  expect(() => foldCredit([entry('a', 'adjust', 0)], NOW)).toThrow('whole minor units');
  expect(() => foldCredit([sold, sold], NOW)).toThrow('one lot');
  expect(() => decideSpend(account([sold]), 0)).toThrow('positive');
  const ended = entry('a', 'grant', 100, { expiresAtMs: NOW - DAY });
  expect(() => foldCredit([ended, entry('b', 'spend', -1)], NOW)).toThrow('never below zero');
});

test('a card that was sold is taken back while its money is there, whichever lot it was', () => {
  const sold = { entryId: 'a', amountMinor: 5000, takenBackMinor: 0 };
  const used = account([entry('a', 'top-up', 5000), entry('b', 'spend', -320)]);
  expect(decideTakeBack(used, sold, 5000)).toEqual({
    kind: 'refused',
    reason: 'credit-already-used',
    facts: { balanceMinor: 4680, neededMinor: 5000 },
  });
  expect(decideTakeBack(used, sold, 4680)).toEqual({ kind: 'reverse', entryId: 'a', amountMinor: -4680 });
  expect(decideTakeBack({ ...used, status: 'frozen' }, sold, 100)).toMatchObject({ kind: 'reverse' });
  expect(decideTakeBack({ ...used, status: 'replaced' }, sold, 100)).toMatchObject({ reason: 'credit-replaced' });
  expect(decideTakeBack({ ...used, heldMinor: 4600 }, sold, 100)).toMatchObject({ reason: 'credit-already-used' });
  expect(() => decideTakeBack(used, { ...sold, takenBackMinor: 4990 }, 11)).toThrow('no more');
  const both = [
    entry('a', 'top-up', 100),
    entry('b', 'top-up', 70),
    entry('r', 'reverse', -70, { reversesEntryId: 'b' }),
  ];
  expect(lotsOf(both)).toEqual([['a', 100]]);
});

test('W12 C-48: a lost card goes to a new one lot by lot, with its ends', () => {
  const entries = [
    entry('a', 'grant', 30, { expiresAtMs: NOW + DAY }),
    entry('b', 'top-up', 70),
    entry('c', 'spend', -10),
  ];
  const moves = moveAll(foldCredit(entries, NOW));
  expect(moves).toEqual([
    { fromLotId: 'a', amountMinor: 20, expiresAtMs: NOW + DAY },
    { fromLotId: 'b', amountMinor: 70, expiresAtMs: null },
  ]);
  const out = moves.map(({ fromLotId, amountMinor }) =>
    entry(`out-${fromLotId}`, 'transfer', -amountMinor, { lotId: fromLotId, atMs: NOW }),
  );
  expect(foldCredit([...entries, ...out], NOW)).toMatchObject({ balanceMinor: 0, lots: [], endedLots: [] });
});

test('credit given for days ends with the local day; without days never', () => {
  expect(creditEndOf(Date.UTC(2026, 10, 21, 2), 1, 'America/Asuncion')).toBe(Date.UTC(2026, 10, 22, 3));
  expect(creditEndOf(NOW, null, 'UTC')).toBeNull();
});

test('L2 L3: each kind books against one system account, and what takes an entry back against the same as it', () => {
  const accounts = CREDIT_KINDS.map((kind) => [kind, creditSystemAccountOf(kind, null)]);
  expect(Object.fromEntries(accounts)).toEqual({
    'top-up': 'sold',
    grant: 'granted',
    spend: 'spent',
    return: 'spent',
    refund: 'refunded',
    reverse: 'adjusted',
    expire: 'expired',
    'reverse-expire': 'expired',
    adjust: 'adjusted',
    transfer: 'moved',
  });
  expect(creditSystemAccountOf('reverse', 'top-up')).toBe('sold');
  expect(creditSystemAccountOf('reverse', 'grant')).toBe('granted');
});
