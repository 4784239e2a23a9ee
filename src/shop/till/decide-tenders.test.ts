import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideTenders } from './decide-tenders.ts';
import type { TenderDraft, TenderKind } from './sale.ts';
import { canBecome, canCancel } from './sale-status.ts';

const EXACT = { stepMinor: 1, mode: 'nearest' } as const;
const PARAGUAY = { stepMinor: 50, mode: 'customer' } as const;

function tender(kind: TenderKind, amountMinor: number, receivedMinor?: number): TenderDraft {
  return { tenderId: `${kind}-${amountMinor}`, kind, amountMinor, receivedMinor };
}

test('C-53: 90.913 guaraníes are 90.900 in cash, and change is given from what was handed over', () => {
  const payment = decideTenders(90_913, [tender('cash', 90_913, 100_000)], PARAGUAY);
  expect(payment).toMatchObject({ kind: 'paid', cashRoundingMinor: -13, changeMinor: 9_100, paidMinor: 90_900 });
  expect(decideTenders(90_913, [tender('cash', 90_900, 91_000)], PARAGUAY)).toMatchObject({
    changeMinor: 100,
    paidMinor: 90_900,
  });
});

test('C-53: only the part paid in cash is rounded', () => {
  expect(decideTenders(90_913, [tender('card', 90_913)], PARAGUAY)).toMatchObject({
    cashRoundingMinor: 0,
    paidMinor: 90_913,
  });
  expect(decideTenders(90_913, [tender('card', 50_000), tender('cash', 40_913, 50_000)], PARAGUAY)).toMatchObject({
    cashRoundingMinor: -13,
    changeMinor: 9_100,
    paidMinor: 90_900,
  });
});

test.each([
  ['nothing', [], 'tender-too-small', 10_00],
  ['too little by card', [tender('card', 4_00)], 'tender-too-small', 6_00],
  ['too much by card', [tender('card', 10_01)], 'tender-too-large', 10_00],
  ['too little cash', [tender('cash', 9_99)], 'tender-too-small', 10_00],
  ['less handed over than said', [tender('cash', 10_00, 9_00)], 'tender-too-small', 10_00],
  ['card and too little cash', [tender('card', 4_00), tender('cash', 5_00)], 'tender-too-small', 6_00],
])('%s is refused', (_name, tenders, reason, dueMinor) => {
  expect(decideTenders(10_00, tenders, EXACT)).toMatchObject({ kind: 'refused', reason, facts: { dueMinor } });
});

test('tenders keep their reference, those of nothing are left out, and what does not fit is refused', () => {
  const named = { ...tender('card', 10_00), reference: 'A-7' };
  expect(decideTenders(10_00, [named, tender('other', 0)], EXACT)).toMatchObject({
    tenders: [{ kind: 'card', reference: 'A-7', receivedMinor: null, changeMinor: 0 }],
    cashRoundingMinor: 0,
  });
  expect(decideTenders(10_00, [tender('card', 10_00)], EXACT)).toMatchObject({ tenders: [{ reference: null }] });
  const beyond = [tender('cash', 11_00), tender('cash', 1_00)];
  expect(decideTenders(10_00, beyond, EXACT)).toMatchObject({ reason: 'tender-too-large', facts: { dueMinor: 10_00 } });
});

test('F35: a tender below nothing ends the operation', () => {
  for (const wrong of [tender('card', -1), tender('cash', 5, -1)])
    expect(() => decideTenders(10_00, [wrong], EXACT)).toThrow('a tender is not negative');
});

test('a sale of nothing needs no tender', () => {
  expect(decideTenders(0, [], EXACT)).toMatchObject({ kind: 'paid', tenders: [], paidMinor: 0 });
  expect(decideTenders(0, [tender('cash', 0)], EXACT)).toMatchObject({ kind: 'paid', paidMinor: 0, changeMinor: 0 });
});

test('two people pay cash: the first pays what was said, the last the rest', () => {
  const payment = decideTenders(10_03, [tender('cash', 4_00, 5_00), tender('cash', 6_03, 10_00)], {
    stepMinor: 5,
    mode: 'nearest',
  });
  expect(payment).toMatchObject({ cashRoundingMinor: 2, changeMinor: 4_95, paidMinor: 10_05 });
});

test('F35: what is paid is the total and its rounding, and each tender is received less change', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom(EXACT, PARAGUAY),
      fc.nat(100_000),
      (total, cardShare, rounding, extra) => {
        const card = Math.floor((total / 100) * cardShare);
        const payment = decideTenders(
          total,
          [tender('card', card), tender('cash', total - card, total - card + extra)],
          rounding,
        );
        if (payment.kind !== 'paid') throw new Error(payment.reason);
        expect(payment.paidMinor).toBe(total + payment.cashRoundingMinor);
        for (const decided of payment.tenders) {
          if (decided.receivedMinor !== null)
            expect(decided.receivedMinor - decided.changeMinor).toBe(decided.amountMinor);
          expect(decided.amountMinor >= 0 && decided.changeMinor >= 0).toBe(true);
        }
      },
    ),
  );
});

test('a sale goes from pending to one of its ends, and from completed only to cancelled', () => {
  const states = ['pending', 'completed', 'failed', 'cancelled'] as const;
  const allowed = states.flatMap((from) => states.filter((to) => canBecome(from, to)).map((to) => `${from}>${to}`));
  expect(allowed).toEqual(['pending>completed', 'pending>failed', 'pending>cancelled', 'completed>cancelled']);
  const sale = {
    status: 'completed',
    businessDate: '2026-03-14',
    todayBusinessDate: '2026-03-14',
    hasRefunds: false,
    isPaidWithGoods: false,
  } as const;
  expect([
    canCancel(sale),
    canCancel({ ...sale, todayBusinessDate: '2026-03-15' }),
    canCancel({ ...sale, hasRefunds: true }),
    canCancel({ ...sale, isPaidWithGoods: true }),
    canCancel({ ...sale, status: 'pending' }),
  ]).toEqual([true, false, false, false, true]);
});
