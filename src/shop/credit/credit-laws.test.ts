import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CreditEntry } from './credit-entry.ts';
import { decideSpend } from './decide-spend.ts';
import { dueCreditExpiries } from './due-credit.ts';
import { foldCredit } from './fold-credit.ts';
import { decideTakeBack } from './take-back.ts';

// Random histories of one account against a plain model: a list of heaps with an end, and what each spend took of them.

const ACCOUNT = '0191e7a0-0000-7000-8000-000000000001';
const GRACE_MS = 30;

type Step =
  | { readonly kind: 'in'; readonly amountMinor: number; readonly lifeMs: number | null; readonly waitMs: number }
  | { readonly kind: 'spend'; readonly amountMinor: number; readonly waitMs: number }
  | { readonly kind: 'return'; readonly pick: number; readonly amountMinor: number; readonly waitMs: number }
  | { readonly kind: 'take-back'; readonly pick: number; readonly amountMinor: number; readonly waitMs: number }
  | { readonly kind: 'expire'; readonly waitMs: number };

const waitMs = fc.integer({ min: 1, max: 20 });
const amountMinor = fc.integer({ min: 1, max: 500 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('in' as const),
      amountMinor,
      lifeMs: fc.option(fc.integer({ min: 1, max: 60 })),
      waitMs,
    }),
    fc.record({ kind: fc.constant('spend' as const), amountMinor, waitMs }),
    fc.record({ kind: fc.constant('return' as const), pick: fc.nat(20), amountMinor, waitMs }),
    fc.record({ kind: fc.constant('take-back' as const), pick: fc.nat(20), amountMinor, waitMs }),
    fc.record({ kind: fc.constant('expire' as const), waitMs }),
  ),
  { maxLength: 30 },
);

interface History {
  readonly entries: CreditEntry[];
  atMs: number;
}

function play(given: readonly Step[], check: (history: History) => void): History {
  const history: History = { entries: [], atMs: 0 };
  for (const step of given) {
    history.atMs += step.waitMs;
    act(history, step);
    check(history);
  }
  return history;
}

function act(history: History, step: Step): void {
  const { entries, atMs } = history;
  const account = { status: 'active' as const, position: foldCredit(entries, atMs), heldMinor: 0 };
  const put = (entry: Partial<CreditEntry> & Pick<CreditEntry, 'kind' | 'amountMinor'>) =>
    entries.push({
      entryId: `e${entries.length}`,
      atMs,
      expiresAtMs: null,
      reversesEntryId: null,
      lotId: null,
      ...entry,
    });
  const reversedMinor = (id: string) =>
    Math.abs(entries.filter((each) => each.reversesEntryId === id).reduce((sum, each) => sum + each.amountMinor, 0));
  const open = (kind: CreditEntry['kind'], pick: number) => {
    const all = entries.filter(
      (each) => each.kind === kind && reversedMinor(each.entryId) < Math.abs(each.amountMinor),
    );
    return all[pick % Math.max(1, all.length)];
  };
  if (step.kind === 'in') {
    put({
      kind: 'top-up',
      amountMinor: step.amountMinor,
      expiresAtMs: step.lifeMs === null ? null : atMs + step.lifeMs,
    });
  } else if (step.kind === 'spend') {
    if (decideSpend(account, step.amountMinor).kind === 'spend') put({ kind: 'spend', amountMinor: -step.amountMinor });
  } else if (step.kind === 'expire') {
    for (const { entryId, lotId, amountMinor: minor } of dueCreditExpiries(ACCOUNT, account.position)) {
      put({ entryId, kind: 'expire', amountMinor: minor, lotId });
    }
  } else if (step.kind === 'return') {
    const spent = open('spend', step.pick);
    if (spent === undefined) return;
    const minor = Math.min(step.amountMinor, -spent.amountMinor - reversedMinor(spent.entryId));
    put({ kind: 'return', amountMinor: minor, reversesEntryId: spent.entryId, expiresAtMs: atMs + GRACE_MS });
  } else {
    const sold = open('top-up', step.pick);
    if (sold === undefined) return;
    const takenBackMinor = reversedMinor(sold.entryId);
    const minor = Math.min(step.amountMinor, sold.amountMinor - takenBackMinor);
    const back = decideTakeBack(
      account,
      { entryId: sold.entryId, amountMinor: sold.amountMinor, takenBackMinor },
      minor,
    );
    if (back.kind === 'reverse') put({ kind: 'reverse', amountMinor: back.amountMinor, reversesEntryId: sold.entryId });
  }
}

test('L1 L4 L10: whatever happens to an account, it is never below zero and always the sum of its entries', () => {
  fc.assert(
    fc.property(steps, (given) => {
      play(given, ({ entries, atMs }) => {
        const position = foldCredit(entries, atMs);
        const sum = entries.reduce((total, each) => total + each.amountMinor, 0);
        const inLots = (lots: typeof position.lots) => lots.reduce((total, lot) => total + lot.remainingMinor, 0);
        expect(position.ledgerMinor).toBe(sum);
        expect(position.balanceMinor).toBe(inLots(position.lots));
        expect(position.balanceMinor + inLots(position.endedLots)).toBe(sum);
        expect(position.balanceMinor).toBeGreaterThanOrEqual(0);
        expect(position.lots.every((lot) => lot.expiresAtMs === null || lot.expiresAtMs > atMs)).toBe(true);
      });
    }),
    { numRuns: 300 },
  );
});

test('L3: what came in is what was spent, ended, taken back and is left', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { entries } = play(given, () => undefined);
      const of = (...kinds: CreditEntry['kind'][]) =>
        entries.filter(({ kind }) => kinds.includes(kind)).reduce((sum, each) => sum + each.amountMinor, 0);
      const { ledgerMinor } = foldCredit(entries, Number.MAX_SAFE_INTEGER);
      expect(of('top-up', 'reverse') + of('spend', 'return') + of('expire')).toBe(ledgerMinor);
      expect(-of('spend', 'return')).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 200 },
  );
});

test('W6: what can be spent is spent whole and not a minor unit more', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { entries, atMs } = play(given, () => undefined);
      const account = { status: 'active' as const, position: foldCredit(entries, atMs), heldMinor: 0 };
      const { balanceMinor } = account.position;
      if (balanceMinor > 0) expect(decideSpend(account, balanceMinor)).toMatchObject({ kind: 'spend', leftMinor: 0 });
      expect(decideSpend(account, balanceMinor + 1)).toMatchObject({ kind: 'refused' });
    }),
    { numRuns: 200 },
  );
});
