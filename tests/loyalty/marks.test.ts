import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReadableDb, Sql } from '#backend/db/database.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { standingsOf } from '#backend/ledger/standing.ts';
import { selectHolder } from '#backend/points/accounts-store.ts';
import { selectLiveProgrammes } from '#backend/points/programmes-store.ts';
import { appRouter } from '#backend/router.ts';
import { momentOf } from '#backend/time/moment.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { mustHave } from '#shop/must.ts';
import { foldLots } from '#shop/points/lots.ts';
import type { ProgrammeInput } from '#shop/points/programme.ts';
import { foldTier } from '#shop/points/tiers.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createLoyaltyShop, type LoyaltyShop, RATE, SPEND_RULE, type Sold } from './loyalty-shop.ts';

// A sale reads what came after the last mark of its customer. Here the marks are compared with the whole history after
// every command of random histories with everything that reaches into the past, and what a sale reads is counted.

const HOUR = 3_600_000;
const LEVELS = [
  { tierId: 'basic', name: 'Basic', threshold: 0 },
  { tierId: 'silver', name: 'Silver', threshold: 60, multiplierBasisPoints: 12_500 },
  { tierId: 'gold', name: 'Gold', threshold: 400, multiplierBasisPoints: 20_000 },
];

const programmeArbitrary: fc.Arbitrary<ProgrammeInput> = fc
  .record({
    expiryMonths: fc.constantFrom(null, 1, 12),
    expirySlides: fc.boolean(),
    pendingDays: fc.constantFrom(0, 2),
    mode: fc.constantFrom('BALANCE' as const, 'EARNED_IN_PERIOD' as const, 'EARNED_IN_PERIOD' as const),
    measure: fc.constantFrom('spend' as const, 'points' as const, 'visits' as const),
    period: fc.constantFrom(
      { kind: 'lifetime' as const },
      { kind: 'rolling' as const, months: 1 },
      { kind: 'calendar' as const, unit: 'month' as const },
    ),
    includesThisSale: fc.boolean(),
  })
  .map(({ expiryMonths, expirySlides, pendingDays, mode, measure, period, includesThisSale }) => ({
    name: 'P',
    rules: [SPEND_RULE],
    expiryMonths,
    expirySlides,
    pendingDays,
    rewards: [RATE],
    tiers: {
      mode,
      measure,
      period,
      graceDays: 2,
      includesThisSale,
      levels: LEVELS.map((level) => ({
        ...level,
        threshold: level.threshold * { spend: 100, points: 1, visits: 0.1 }[measure],
      })),
    },
  }));

type Step =
  | { kind: 'sell'; customer: number; times: number; price: number; rewarded: boolean }
  | { kind: 'refund' | 'void' | 'attach'; pick: number; customer: number }
  | { kind: 'merge' | 'unmerge' | 'jobs' }
  | { kind: 'give'; customer: number; points: number }
  | { kind: 'publish'; programme: ProgrammeInput }
  | { kind: 'wait'; hours: number };

const customer = fc.nat(1);
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('sell' as const),
      customer,
      times: fc.integer({ min: 1, max: 12 }),
      price: fc.integer({ min: 0, max: 3_000 }),
      rewarded: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('refund' as const, 'void' as const, 'attach' as const),
      pick: fc.nat(),
      customer,
    }),
  },
  fc.record({ kind: fc.constantFrom('merge' as const, 'unmerge' as const, 'jobs' as const) }),
  fc.record({ kind: fc.constant('give' as const), customer, points: fc.integer({ min: -20, max: 80 }) }),
  fc.record({ kind: fc.constant('publish' as const), programme: programmeArbitrary }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 600 }) }) },
);

interface World {
  readonly shop: LoyaltyShop;
  readonly customers: readonly string[];
  readonly sales: Sold[];
  readonly unnamed: string[];
  mergeId: string | null;
  /** How often a standing came from a mark, and not from the whole history. */
  resumed: number;
}

/** Runs a command; a refusal is an answer, anything else is not. */
async function attempt<T>(call: Promise<T>): Promise<T | null> {
  return call.catch(async (error: unknown) => {
    if ((await refusalOf(Promise.reject(error))) === null) throw error;
    return null;
  });
}

const at = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(1, list.length)];

async function take(world: World, step: Step): Promise<void> {
  const { shop, customers } = world;
  const { till, customers: records } = shop.caller('manager');
  shop.clock.advance(1000);
  const customerId = customers['customer' in step ? step.customer : 0] ?? '';
  if (step.kind === 'wait') shop.clock.advance(step.hours * HOUR);
  else if (step.kind === 'jobs') await runJobs(shop.env, allJobs(shop.env));
  else if (step.kind === 'publish') await shop.publish(step.programme);
  else if (step.kind === 'give') await attempt(shop.give(customerId, step.points));
  else if (step.kind === 'sell') {
    for (let times = 0; times < step.times; times += 1) {
      shop.clock.advance(1000);
      const rewards = step.rewarded && times === 0 ? [{ rewardId: RATE.rewardId, points: 50 }] : [];
      const sold = await attempt(shop.sellTo(customerId, [step.price + times], rewards));
      if (sold !== null) world.sales.push(sold);
    }
    const { saleId } = await shop.sell(shop.draft([shop.line(step.price)]));
    world.unnamed.push(saleId);
  } else if (step.kind === 'refund') {
    const sale = at(world.sales, step.pick);
    if (sale !== undefined) await attempt(shop.refund(sale, [{ index: 0, quantityThousandths: 500 }]));
  } else if (step.kind === 'void') {
    const sale = at(world.sales, step.pick);
    if (sale !== undefined) await attempt(till.cancelSale(shop.op({ saleId: sale.saleId, reason: '' })));
  } else if (step.kind === 'attach') {
    const saleId = at(world.unnamed, step.pick);
    if (saleId !== undefined) await attempt(till.attachCustomer(shop.op({ saleId, customerId })));
  } else if (step.kind === 'merge') {
    const pair = { fromCustomerId: customers[0] ?? '', intoCustomerId: customers[1] ?? '' };
    const merged = await attempt(records.merge(shop.op(pair)));
    if (merged !== null) world.mergeId = merged.mergeId;
  } else if (world.mergeId !== null) {
    await attempt(records.undoMerge(shop.op({ mergeId: world.mergeId })));
    world.mergeId = null;
  }
}

function holds(world: World): void {
  const { env } = world.shop;
  const { read: db } = env.db;
  const shop = mustHave(env.shop(), 'the shop');
  const moment = momentOf(env, shop);
  const nowMs = moment.trustedAtMs;
  for (const customerId of world.customers) {
    const member = selectHolder(db, shop.merchantId, customerId);
    for (const standing of standingsOf({ db, shop, moment }, member, selectLiveProgrammes(db, shop.merchantId))) {
      const { balance, spendablePoints } = foldLots(standing.entries(), nowMs);
      expect([standing.balance(), standing.spendablePoints()]).toEqual([balance, spendablePoints]);
      const { tiers } = standing.version.programme;
      if (tiers === null) continue;
      const held = standing.tier();
      if (standing.rowsRead() < standing.moves().length) world.resumed += 1;
      const { changes: _all, ...whole } = foldTier(tiers, standing.moves(), nowMs, shop.timeZone);
      const { changes: _new, ...resumed } = mustHave(held, 'a programme with tiers has a standing');
      expect(resumed).toEqual(whole);
    }
  }
}

test('LOYALTY 3: after every command of random histories, marks give what the whole history gives', async () => {
  const resumed = { count: 0 };
  await fc.assert(
    fc.asyncProperty(
      programmeArbitrary,
      fc.array(stepArbitrary, { minLength: 20, maxLength: 45 }),
      async (programme, steps) => {
        const shop = await createLoyaltyShop();
        await shop.publish(programme);
        const customers = [shop.addCustomer(), shop.addCustomer()];
        const world: World = { shop, customers, sales: [], unnamed: [], mergeId: null, resumed: 0 };
        try {
          for (const step of steps) {
            await take(world, step);
            holds(world);
          }
        } finally {
          resumed.count += world.resumed;
          shop.close();
        }
      },
    ),
    { seed: 20261121, numRuns: 12, endOnFailure: true },
  );
  expect(resumed.count).toBeGreaterThan(100);
}, 120_000);

/** The rows that a call reads, by a handle that counts them. */
async function rowsReadBy(shop: LoyaltyShop, call: (caller: ReturnType<typeof callerOver>) => Promise<unknown>) {
  const counted = { rows: 0 };
  const { env } = shop;
  const db: ReadableDb = {
    get: (statement, parameters) => {
      counted.rows += 1;
      return env.db.read.get(statement, parameters);
    },
    all: <Row>(statement: Sql, parameters?: Parameters<ReadableDb['all']>[1]) => {
      const rows = env.db.read.all<Row>(statement, parameters);
      counted.rows += rows.length;
      return rows;
    },
  };
  await call(callerOver(shop, db));
  return counted.rows;
}

function callerOver(shop: LoyaltyShop, read: ReadableDb) {
  return createCallerFactory(appRouter)({
    env: { ...shop.env, db: { ...shop.env.db, read } },
    clientId: 'client-manager',
  });
}

test.each([
  ['spend for good', { measure: 'spend', period: { kind: 'lifetime' } }],
  ['visits of a year', { measure: 'visits', period: { kind: 'calendar', unit: 'year' } }],
  ['points of rolling months', { measure: 'points', period: { kind: 'rolling', months: 3 } }],
  ['the balance', { mode: 'BALANCE' }],
] as const)(
  'LOYALTY 3: with a ladder by %s a preview reads as much after 300 sales as after 50',
  async (_name, tiers) => {
    const shop = await createLoyaltyShop();
    await shop.publish({
      expiryMonths: 1,
      pendingDays: 1,
      rewards: [RATE],
      tiers: { ...tiers, levels: LEVELS.map((level) => ({ ...level, threshold: level.threshold * 10 })) },
    });
    const customerId = shop.addCustomer();
    const sellMany = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        shop.clock.advance(4 * HOUR);
        await shop.sellTo(customerId, [100 + time]);
        if (time % 10 === 9) await runJobs(shop.env, allJobs(shop.env));
      }
    };
    const draft = () => shop.draft([shop.line(500)], { customerId, customerIdentifiedBy: 'search' });
    const rows = () => rowsReadBy(shop, ({ till }) => till.preview({ draft: draft() }));
    await sellMany(50);
    const few = await rows();
    await sellMany(250);
    const many = await rows();
    expect(many).toBeLessThan(few + 40);
    expect(many).toBeLessThan(120);
    shop.close();
  },
  60_000,
);
