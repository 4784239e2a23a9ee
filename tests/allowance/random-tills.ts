import fc from 'fast-check';
import { expect } from 'vitest';
import { sumOf } from '#shop/money/money.ts';
import { itemAt, mustHave } from '#shop/must.ts';
import { businessDateOf as businessDay } from '#shop/time/business-day.ts';
import type { SaleDraft, TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import type { CopiedShop, CopiedTill, Subject } from './copied-tills.ts';

// Random histories of several tills over copies of one folder, each with its own allowance, and what they gave out together: V4.

const HOUR = 3_600_000;
const nat = fc.nat(1_000);
const minor = fc.integer({ min: 200, max: 1_600 });
const saleParts = {
  code: fc.option(fc.nat(2), { freq: 4 }),
  account: fc.option(fc.nat(2), { freq: 3 }),
  amountMinor: minor,
  prices: fc.array(fc.integer({ min: 1_500, max: 4_000 }), { minLength: 1, maxLength: 2 }),
};
const step = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('sell' as const), ...saleParts }) },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant('begin' as const), ...saleParts }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('end' as const), pick: nat, isDeclined: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('hold' as const), ...saleParts }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('refund' as const), pick: nat, isWhole: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reissue' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.constantFrom(1, 1, 8, 24) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What most sales of a history ask for, so that they meet. */
const focus = { code: fc.nat(2), account: fc.nat(2) };

/** Parts of ten that the tills get: in escrow together no more than there is of most subjects, optimistic as it comes. */
const modes = fc.oneof(
  fc.record({
    uses: fc.constant(3),
    minor: fc.constant(2_000),
    tenths: fc.constantFrom([5, 5], [3, 7], [10, 0], [4, 2, 4], [4, 4, 2]),
    hasDayLimit: fc.constant(false),
    ...focus,
  }),
  fc.record({
    uses: fc.constant(5),
    minor: fc.constant(4_000),
    tenths: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 4 }),
    hasDayLimit: fc.boolean(),
    ...focus,
  }),
);
type Mode = typeof modes extends fc.Arbitrary<infer Value> ? Value : never;

/** A till with its sales, and what it may give out: uses of each code, minor units of each account and of all of them. */
interface Player {
  readonly till: CopiedTill;
  readonly mode: Mode;
  readonly uses: number;
  readonly accountMinor: number;
  readonly dayMinor: number | null;
  readonly done: SaleDraft[];
  readonly waiting: { readonly draft: SaleDraft; readonly tenders: TenderDraft[]; readonly totalMinor: number }[];
}

/** The most that all tills together gave out too much of a subject in any history, and how often one of them refused. */
export interface Exposure {
  readonly uses: number;
  readonly minor: number;
  readonly refusals: Readonly<Record<string, number>>;
}

/**
 * Runs random histories and holds what all tills gave out of each subject to the bound of V4. Returns what was given too much at
 * the most, so that a test can see that there was something to bound.
 */
export async function checkExposure(shop: CopiedShop, runs: number, seed?: number): Promise<Exposure> {
  const most = { code: 0, credit: 0, 'gift-card': 0 };
  const refusals: Record<string, number> = {};
  const history = fc.array(fc.tuple(fc.nat(3), step), { minLength: 10, maxLength: 60, size: 'max' });
  const property = fc.asyncProperty(modes, history, async (mode, steps) => {
    const opened = shop.tills(mode.tenths.length);
    try {
      const players: Player[] = [];
      for (const [at, till] of opened.tills.entries())
        players.push(await allow(shop, till, mode, itemAt(mode.tenths, at)));
      const days = new Set([businessDateOf(shop)]);
      for (const [at, each] of steps) {
        const reason = await take(shop, itemAt(players, at % players.length), each);
        if (reason !== null) refusals[reason] = (refusals[reason] ?? 0) + 1;
        days.add(businessDateOf(shop));
      }
      for (const subject of shop.subjects) {
        most[subject.kind] = Math.max(most[subject.kind], checkSubject(players, subject, days.size));
      }
      checkDays(players, shop.subjects, days.size);
    } finally {
      opened.close();
    }
  });
  // A history is told as it failed: to shorten it would outlast the test.
  await fc.assert(property, { numRuns: runs, endOnFailure: true, ...(seed === undefined ? {} : { seed }) });
  return { uses: most.code, minor: Math.max(most.credit, most['gift-card']), refusals };
}

/** Holds what all gave out of a subject beyond what there was to what they were allowed beyond it. Returns the excess. */
function checkSubject(players: readonly Player[], subject: Subject, days: number): number {
  const given = players.map(({ till }) => till.given(subject));
  const allowed = players.map(({ uses, accountMinor }) => (subject.kind === 'code' ? uses : days * accountMinor));
  for (const [at, each] of given.entries()) {
    expect(each, `${subject.kind} of till ${at}`).toBeGreaterThanOrEqual(0);
    expect(each, `${subject.kind} of till ${at}`).toBeLessThanOrEqual(Math.min(itemAt(allowed, at), subject.remaining));
  }
  const excess = Math.max(0, sumOf(given) - subject.remaining);
  expect(excess).toBeLessThanOrEqual(Math.max(0, sumOf(allowed) - subject.remaining));
  if (sumOf(allowed) <= subject.remaining) expect(excess).toBe(0);
  if (subject.remaining === 1 && allowed.every((each) => each <= 1)) {
    expect(excess).toBeLessThanOrEqual(players.length - 1);
  }
  return excess;
}

/** No till gave out more credit than it may in all. */
function checkDays(players: readonly Player[], subjects: readonly Subject[], days: number): void {
  for (const { till, dayMinor } of players) {
    const all = subjects.filter(({ kind }) => kind !== 'code').map((subject) => till.given(subject));
    if (dayMinor !== null) expect(sumOf(all)).toBeLessThanOrEqual(days * dayMinor);
  }
}

async function allow({ base }: CopiedShop, till: CopiedTill, mode: Mode, tenth: number): Promise<Player> {
  const uses = Math.floor((mode.uses * tenth) / 10);
  const accountMinor = Math.floor((mode.minor * tenth) / 10);
  const dayMinor = mode.hasDayLimit ? Math.floor((accountMinor * 3) / 2) : null;
  const allowance = { usesPerCode: uses, creditPerAccountMinor: accountMinor, creditPerDayMinor: dayMinor };
  await till.as('manager').settings.update(base.op({ changes: { allowance } }));
  return { till, mode, uses, accountMinor, dayMinor, done: [], waiting: [] };
}

function businessDateOf({ base }: CopiedShop): string {
  const { timeZone, dayStartsAtHour } = mustHave(base.env.shop(), 'the shop');
  return businessDay(base.clock.wallNowMs(), timeZone, dayStartsAtHour);
}

/** Carries out a step at a till. Returns the reason where it was refused. */
async function take(shop: CopiedShop, player: Player, step: Step): Promise<string | null> {
  const acted = act(shop, player, step);
  const refusal = await refusalOf(acted);
  // What failed without a refusal is a fault.
  if (refusal === null) await acted;
  return refusal?.reason ?? null;
}

async function act(shop: CopiedShop, player: Player, step: Step): Promise<void> {
  const { base } = shop;
  const { till } = player;
  base.clock.advance(20_000);
  if (step.kind === 'restart') return till.restart();
  if (step.kind === 'wait') return base.clock.advance(step.hours * HOUR);
  if (step.kind === 'end') return endWaiting(shop, player, step);
  if (step.kind === 'refund') return refund(shop, player, step);
  if (step.kind === 'reissue') {
    const card = mustHave(shop.subjects.find(({ kind }) => kind === 'gift-card') ?? null, 'a card');
    await till.as('manager').credit.reissue(base.op({ accountId: till.accountOf(card) }));
    return;
  }
  const { draft, credit } = saleOf(shop, player, step);
  if (step.kind === 'hold') {
    const { saleId, customerId } = draft;
    const vouchers = (draft.vouchers ?? []).map(({ voucherId }) => ({ voucherId, uses: 1 }));
    const amounts = credit.map(({ accountId, amountMinor }) => ({ accountId, amountMinor }));
    await till.as('cashier').value.hold(base.op({ saleId, customerId, vouchers, credit: amounts, passes: [] }));
    return;
  }
  const { priced } = await till.as('cashier').till.preview({ draft });
  const { totalMinor } = priced;
  const paying = credit.map((tender) => ({ ...tender, amountMinor: Math.min(tender.amountMinor, totalMinor) }));
  const restMinor = totalMinor - sumOf(paying.map(({ amountMinor }) => amountMinor));
  if (step.kind === 'sell' || restMinor === 0) {
    const tenders = [...paying, ...(restMinor > 0 ? [base.cash(restMinor)] : [])];
    await till.as('cashier').till.completeSale(base.op({ draft, tenders, expectedTotalMinor: totalMinor }));
    player.done.push(draft);
    return;
  }
  const tender = { kind: 'card' as const, amountMinor: restMinor };
  const { tenderId } = await till.as('cashier').till.beginPayment(base.op({ draft, tender, taken: paying }));
  player.waiting.push({ draft, tenders: [...paying, { ...tender, tenderId, reference: 'OK' }], totalMinor });
}

/** A sale as a step asks for it: with a code, and so much credit of an account. */
function saleOf(
  { base, subjects }: CopiedShop,
  { till, mode }: Player,
  { code, account, amountMinor, prices }: Extract<Step, { kind: 'sell' | 'begin' | 'hold' }>,
) {
  const codes = subjects.filter(({ kind }) => kind === 'code');
  const accounts = subjects.filter(({ kind }) => kind !== 'code');
  const subject = account === null ? null : itemAt(accounts, account === 0 ? 0 : mode.account);
  const vouchers = code === null ? [] : [{ voucherId: itemAt(codes, code === 0 ? 0 : mode.code).id, choice: null }];
  const lines = prices.map((price) => base.line(price));
  const draft = base.draft(lines, { customerId: subject?.customerId ?? null, vouchers });
  const kind = subject?.kind === 'gift-card' ? ('gift-card' as const) : ('credit' as const);
  const credit =
    subject === null ? [] : [{ tenderId: base.newId(), kind, amountMinor, accountId: till.accountOf(subject) }];
  return { draft, credit };
}

/** The card of a sale that waits is answered; of one that was declined nothing more comes. */
async function endWaiting(
  { base }: CopiedShop,
  { till, waiting, done }: Player,
  { pick, isDeclined }: Extract<Step, { kind: 'end' }>,
): Promise<void> {
  const [sale] = waiting.length === 0 ? [] : waiting.splice(pick % waiting.length, 1);
  if (sale === undefined) return;
  const { draft, tenders, totalMinor } = sale;
  const { saleId } = draft;
  if (isDeclined === 0) {
    const { tenderId } = itemAt(tenders, tenders.length - 1);
    await till.as('cashier').till.failTender(base.op({ saleId, tenderId, reason: 'declined' }));
    return;
  }
  await till.as('cashier').till.completeSale(base.op({ draft, tenders, expectedTotalMinor: totalMinor }));
  done.push(draft);
}

async function refund(
  { base }: CopiedShop,
  { till, done }: Player,
  { pick, isWhole }: Extract<Step, { kind: 'refund' }>,
): Promise<void> {
  if (done.length === 0) return;
  const { saleId, lines } = itemAt(done, pick % done.length);
  const back = (isWhole ? lines : lines.slice(0, 1)).map(({ lineId }) => ({ lineId, quantityThousandths: 1000 }));
  const asked = { saleId, lines: back, tenderKind: 'cash' as const, reason: 'returned' };
  await till.as('manager').till.refund(base.op(asked));
}
