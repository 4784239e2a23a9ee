import fc from 'fast-check';
import { expect } from 'vitest';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { allJobs } from '#backend/jobs/start-jobs.ts';
import { selectNewestSeq } from '#backend/points/lot-dates-store.ts';
import { mustHave } from '#shop/must.ts';
import { foldLots } from '#shop/points/lots.ts';
import { refusalOf } from '../support/test-backend.ts';
import { type LawfulWorld, ledgersOf, rows } from './ledger-laws.ts';

// What happens to people and by itself in a random history: records joined and parted, points moved, reviews, friends
// brought along, and the jobs of the night.

/** A world in which customers come, and records of them are joined. */
export interface LivingWorld extends LawfulWorld {
  /** Ana, Bo, nobody, and whoever was enrolled since; a record that was joined to another stands as that one. */
  readonly customers: (string | null)[];
  readonly merges: { readonly mergeId: string; readonly places: readonly number[]; readonly customerId: string }[];
}

export type LifeStep =
  | { kind: 'merge' | 'move points'; customer: number; into: number; points: number }
  | { kind: 'part' | 'review'; customer: number }
  | { kind: 'enrol'; customer: number; day: number }
  | { kind: 'jobs' };

const person = fc.nat(5);
export const lifeArbitrary: fc.Arbitrary<LifeStep> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('merge' as const, 'move points' as const),
    customer: person,
    into: person,
    points: fc.integer({ min: 1, max: 120 }),
  }),
  fc.record({ kind: fc.constantFrom('part' as const, 'review' as const), customer: person }),
  fc.record({ kind: fc.constant('enrol' as const), customer: person, day: fc.integer({ min: 1, max: 31 }) }),
  { weight: 2, arbitrary: fc.constant({ kind: 'jobs' as const }) },
);

/** Runs a command; a refusal is an answer, anything else is not. */
export async function attempt<T>(call: Promise<T>): Promise<T | null> {
  return call.catch(async (error: unknown) => {
    if ((await refusalOf(Promise.reject(error))) === null) throw error;
    return null;
  });
}

/** Whom a step means. */
export function personOf({ customers }: LivingWorld, at: number): string | null {
  return customers[at % customers.length] ?? null;
}

/** Whether a step is one of these. */
export function isLifeStep(step: { readonly kind: string }): step is LifeStep {
  return ['merge', 'move points', 'part', 'review', 'enrol', 'jobs'].includes(step.kind);
}

/** Takes a step; returns whether it moved what is owed along with what is had. */
export async function live(world: LivingWorld, step: LifeStep): Promise<boolean> {
  const { shop } = world;
  const { customers, points } = shop.caller('manager');
  if (step.kind === 'jobs') await night(world);
  else if (step.kind === 'part') return part(world, step.customer);
  else if (step.kind === 'merge') return join(world, step);
  else if (step.kind === 'enrol') {
    const by = personOf(world, step.customer);
    const birthday = `-----03-${String(step.day).padStart(2, '0')}`;
    const told = { name: `Friend ${world.customers.length}`, consentMarketing: false, birthday };
    if (world.customers.length > 5) return false;
    const { customerId } = await customers.enrol(shop.op({ ...told, ...(by === null ? {} : { broughtBy: by }) }));
    world.customers.push(customerId);
  } else {
    const customerId = personOf(world, step.customer);
    if (customerId === null) return false;
    if (!('into' in step)) await attempt(points.recordEvent(shop.op({ customerId, event: 'review', note: 'seen' })));
    else {
      const toCustomerId = personOf(world, step.into) ?? customerId;
      const transfer = { fromCustomerId: customerId, toCustomerId, points: step.points, note: 'gift' };
      await attempt(points.transfer(shop.op(transfer)));
    }
  }
  return false;
}

async function join(world: LivingWorld, step: Extract<LifeStep, { into: number }>): Promise<boolean> {
  const { shop, customers } = world;
  const fromCustomerId = personOf(world, step.customer);
  const intoCustomerId = personOf(world, step.into);
  if (fromCustomerId === null || intoCustomerId === null) return false;
  const merge = shop.caller('manager').customers.merge(shop.op({ fromCustomerId, intoCustomerId }));
  const done = await attempt(merge);
  if (done === null) return false;
  const places = [...customers.keys()].filter((at) => customers[at] === fromCustomerId);
  for (const at of places) customers[at] = intoCustomerId;
  world.merges.push({ mergeId: done.mergeId, places, customerId: fromCustomerId });
  return true;
}

async function part(world: LivingWorld, pick: number): Promise<boolean> {
  const { shop, customers, merges } = world;
  if (merges.length === 0) return false;
  const merge = mustHave(merges[pick % merges.length], 'a merge');
  const done = await attempt(shop.caller('manager').customers.undoMerge(shop.op({ mergeId: merge.mergeId })));
  if (done === null) return false;
  for (const at of merge.places) customers[at] = merge.customerId;
  merges.splice(merges.indexOf(merge), 1);
  return true;
}

/** After the jobs nothing has ended that is not written off, and doing them again writes nothing. */
async function night({ shop }: LivingWorld): Promise<void> {
  const run = async () => expect(await runJobs(shop.env, allJobs(shop.env))).toBe('done');
  await run();
  const nowMs = shop.clock.wallNowMs();
  for (const entries of ledgersOf(shop).values()) expect(foldLots(entries, nowMs).endedLots).toEqual([]);
  const written = () => [
    selectNewestSeq(shop.env.db.read),
    ...rows<{ n: number }>(shop, 'SELECT COUNT(*) AS n FROM outbox UNION ALL SELECT COUNT(*) FROM customer_events'),
  ];
  const before = written();
  await run();
  expect(written()).toEqual(before);
}
