import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';

// Random histories of credit through the router beside a model of a few lines that shares nothing with the product: given,
// taken, frozen, replaced, ended, sent twice. After every step both say the same, and the ledger keeps its laws. fast-check
// prints seed and path when they do not.

const DAY = 86_400_000;
const RUNS = Number(process.env.CREDIT_RUNS ?? 10);

type Step =
  | { readonly kind: 'give' | 'take'; readonly who: number; readonly amountMinor: number; readonly days: number | null }
  | { readonly kind: 'card'; readonly amountMinor: number; readonly days: number | null }
  | { readonly kind: 'freeze' | 'unfreeze' | 'reissue'; readonly who: number }
  | { readonly kind: 'wait'; readonly days: number; readonly withJobs: boolean };

const amount = fc.integer({ min: 1, max: 3_000 });
const days = fc.constantFrom(null, 1, 3, 10);
const who = fc.nat({ max: 3 });
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('give' as const), who, amountMinor: amount, days }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('take' as const), who, amountMinor: amount, days }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('card' as const), amountMinor: amount, days }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('freeze', 'unfreeze', 'reissue'), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      days: fc.constantFrom(1, 2, 5),
      withJobs: fc.boolean(),
    }),
  },
);

interface Lot {
  readonly lastDay: number;
  readonly born: number;
  left: number;
}
interface Account {
  /** Null: a customer's, not opened yet. */
  accountId: string | null;
  readonly customerId: string | null;
  status: 'active' | 'frozen' | 'replaced';
  lots: Lot[];
}

class World {
  readonly shop: TillShop;
  readonly accounts: Account[];
  readonly moved = { adjusted: 0, granted: 0, moved: 0 };
  today = 0;
  born = 0;
  #kept: string[] = [];

  constructor(shop: TillShop) {
    this.shop = shop;
    this.accounts = [0, 1].map(() => ({ ...this.blank(), customerId: shop.addCustomer() }));
  }

  blank(): Account {
    return { accountId: null, customerId: null, status: 'active', lots: [] };
  }

  lot(left: number, forDays: number | null): Lot {
    this.born += 1;
    return { lastDay: forDays === null ? Number.POSITIVE_INFINITY : this.today + forDays, born: this.born, left };
  }

  balance({ lots }: Account): number {
    return lots.filter(({ lastDay }) => lastDay >= this.today).reduce((sum, { left }) => sum + left, 0);
  }

  /** What is soonest to end goes first, then what is oldest. */
  inOrderOfUse(lots: readonly Lot[]): Lot[] {
    const alive = lots.filter(({ lastDay, left }) => lastDay >= this.today && left > 0);
    return alive.sort((a, b) => (a.lastDay === b.lastDay ? a.born - b.born : a.lastDay - b.lastDay));
  }

  take({ lots }: Account, amountMinor: number): void {
    let wanted = amountMinor;
    for (const lot of this.inOrderOfUse(lots)) {
      const taken = Math.min(lot.left, wanted);
      lot.left -= taken;
      wanted -= taken;
    }
  }

  /** Sends a command, and the same once more: it counts once (L2). Returns its answer or the reason of its refusal. */
  async send<Request, Answer>(
    procedure: (request: Request) => Promise<Answer>,
    request: Request,
  ): Promise<{ readonly answer: Answer | null; readonly reason: string | null }> {
    const once = async () => {
      try {
        return { answer: await procedure(request), reason: null };
      } catch (error) {
        const { refusal } = (error as { cause?: { refusal?: { reason: string } } }).cause ?? {};
        if (refusal === undefined) throw error;
        return { answer: null, reason: refusal.reason };
      }
    };
    const first = await once();
    if (first.answer !== null) expect(await once()).toEqual(first);
    return first;
  }

  async run(step: Step): Promise<void> {
    const { shop } = this;
    const { credit } = shop.caller('manager');
    if (step.kind === 'wait') {
      shop.clock.advance(step.days * DAY);
      this.today += step.days;
      if (step.withJobs) expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
      return;
    }
    if (step.kind === 'card') {
      const { amountMinor } = step;
      const { answer } = await this.send(credit.giveCard, shop.op({ amountMinor, days: step.days, note: 'raffle' }));
      this.accounts.push({
        ...this.blank(),
        accountId: answer?.accountId ?? null,
        lots: [this.lot(amountMinor, step.days)],
      });
      this.moved.granted += amountMinor;
      return;
    }
    const account = this.accounts[step.who % this.accounts.length];
    if (account === undefined) return;
    if (step.kind === 'give' || step.kind === 'take') await this.adjust(account, step);
    else if (account.accountId !== null) await this.change(account, account.accountId, step.kind);
  }

  private async adjust(account: Account, step: Extract<Step, { amountMinor: number; who: number }>): Promise<void> {
    const { shop } = this;
    const of = account.accountId === null ? { customerId: account.customerId ?? '' } : { accountId: account.accountId };
    const amountMinor = step.kind === 'give' ? step.amountMinor : -step.amountMinor;
    const request = shop.op({ of, amountMinor, reason: 'goodwill' as const, days: step.days, note: 'soup' });
    const { answer, reason } = await this.send(shop.caller('manager').credit.adjust, request);
    const isShort = step.kind === 'take' && step.amountMinor > this.balance(account);
    if (account.status !== 'active') expect(reason).toBe(`credit-${account.status}`);
    else if (isShort) expect(['credit-short', 'credit-expired']).toContain(reason);
    else {
      expect(reason).toBeNull();
      account.accountId = answer?.accountId ?? null;
      this.moved.adjusted += amountMinor;
      if (step.kind === 'give') account.lots.push(this.lot(step.amountMinor, step.days));
      else this.take(account, step.amountMinor);
    }
  }

  private async change(account: Account, accountId: string, kind: 'freeze' | 'unfreeze' | 'reissue'): Promise<void> {
    const { shop } = this;
    const { credit } = shop.caller('manager');
    if (kind === 'reissue') {
      const { answer, reason } = await this.send(credit.reissue, shop.op({ accountId }));
      if (account.customerId !== null) expect(reason).toBe('not-found');
      else if (account.status === 'replaced') expect(reason).toBe('credit-replaced');
      else {
        const lots = account.lots.filter(({ lastDay }) => lastDay >= this.today);
        account.lots = account.lots.filter(({ lastDay }) => lastDay < this.today);
        account.status = 'replaced';
        this.accounts.push({ ...this.blank(), accountId: answer?.accountId ?? null, lots });
      }
      return;
    }
    const { reason } = await this.send<unknown, unknown>(credit[kind] as never, shop.op({ accountId }));
    expect(reason).toBe(account.status === 'replaced' ? 'credit-replaced' : null);
    if (account.status !== 'replaced') account.status = kind === 'freeze' ? 'frozen' : 'active';
  }

  /** Model and product say the same of every account, and the rows keep L1 to L6. */
  async check(): Promise<void> {
    const { shop } = this;
    for (const account of this.accounts) {
      if (account.accountId === null) continue;
      const { accountId, status } = account;
      const balanceMinor = this.balance(account);
      const availableMinor = status === 'active' ? balanceMinor : 0;
      const shown = await shop.caller('cashier').credit.position({ accountId });
      expect(shown).toMatchObject({ balanceMinor, availableMinor, status });
      const left = this.inOrderOfUse(account.lots).map((lot) => lot.left);
      expect(shown.lots.map(({ remainingMinor }) => remainingMinor)).toEqual(left);
    }
    expect(shop.number('SELECT COUNT(*) FROM credit_accounts WHERE balance_minor < 0')).toBe(0);
    expect(
      shop.number(`SELECT COUNT(*) FROM credit_accounts a WHERE balance_minor <> (
        SELECT COALESCE(SUM(amount_minor), 0) FROM store_credit_transactions e WHERE e.account_id = a.id)`),
    ).toBe(0);
    const against = (account: string) =>
      shop.number(
        `SELECT COALESCE(SUM(amount_minor), 0) FROM store_credit_transactions WHERE system_account = '${account}'`,
      );
    for (const [account, sum] of Object.entries(this.moved)) expect(against(account)).toBe(sum);
    const owed = shop.number('SELECT COALESCE(SUM(balance_minor), 0) FROM credit_accounts');
    expect(owed).toBe(this.moved.adjusted + this.moved.granted + against('expired'));
    const rows = shop.env.db.read
      .all<Record<string, unknown>>('SELECT * FROM store_credit_transactions ORDER BY seq' as never)
      .map((row) => JSON.stringify(row));
    expect(rows.slice(0, this.#kept.length)).toEqual(this.#kept);
    this.#kept = rows;
  }
}

test('L1 L2 L3 L4 L5 W1 W8 W12: histories of credit say what a model says, and the ledger keeps its laws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 10, maxLength: 30 }), async (steps) => {
      const shop = await createTillShop();
      try {
        const world = new World(shop);
        for (const step of steps) {
          await world.run(step);
          await world.check();
        }
      } finally {
        shop.close();
      }
    }),
    { numRuns: RUNS },
  );
}, 120_000);
