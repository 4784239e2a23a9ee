import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Programme, programmeSchema } from '#shop/points/programme.ts';
import { refusalOf } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from './till-shop.ts';

const DAY = 86_400_000;
const state: { shop: TillShop } = { shop: null as never };
beforeEach(async () => {
  state.shop = await createTillShop({ shop: DOLLAR_SHOP });
});
afterEach(() => state.shop.close());

const manager = () => state.shop.caller('manager');
const op = <Input>(input: Input) => state.shop.op(input);

async function mainProgramme(): Promise<{ programId: string; programme: Programme }> {
  const [main] = await manager().points.programmes();
  const { live } = await manager().points.programmeDetail({ programId: main?.programId ?? '' });
  return { programId: main?.programId ?? '', programme: live?.programme as Programme };
}

const twice = (programme: Programme): Programme =>
  programmeSchema.parse({
    ...programme,
    rules: programme.rules.map((rule) => (rule.kind === 'spend' ? { ...rule, points: rule.points * 2 } : rule)),
  });

test('C-11: a draft changes nothing until it is published, then the next sale earns by it and the last keeps its own', async () => {
  const { programId, programme } = await mainProgramme();
  const customerId = state.shop.addCustomer();
  const sell = () => state.shop.sell(state.shop.draft([state.shop.line(10_00)], { customerId }));
  const input = { programId, programme: twice(programme), revision: 0 };
  const saved = await manager().points.saveProgrammeDraft(op(input));
  expect(saved).toEqual({ programId, revision: 1, basedOnVersion: 1 });
  expect((await sell()).pointsEarned).toBe(10);
  const published = await manager().points.publishProgrammeDraft(op({ programId, revision: 1 }));
  expect(published.version).toBe(2);
  expect((await sell()).pointsEarned).toBe(20);
  const detail = await manager().points.programmeDetail({ programId });
  expect(detail.draft).toBeNull();
  expect(detail.versions.map(({ version, staffName }) => [version, staffName])).toEqual([
    [2, 'Marta Benítez'],
    [1, 'Marta Benítez'],
  ]);
  const first = await manager().points.programmeVersion({ versionId: detail.versions[1]?.versionId ?? '' });
  expect(first).toEqual({ version: 1, programme });
});

test('two managers: who changes an older draft is told so, and a version published meanwhile is looked at first', async () => {
  const { programId, programme } = await mainProgramme();
  const save = (revision: number, more: object = {}) =>
    manager().points.saveProgrammeDraft(op({ programId, programme: twice(programme), revision, ...more }));
  await save(0);
  expect(await refusalOf(save(0))).toMatchObject({ reason: 'changed-elsewhere' });
  const basic = { name: 'Club', points: 3, perMinor: 100, minimumSpendMinor: 0, expiryMonths: null };
  await manager().points.publishProgramme(op(basic));
  const publish = (revision: number) => manager().points.publishProgrammeDraft(op({ programId, revision }));
  expect(await refusalOf(publish(2))).toMatchObject({ reason: 'changed-elsewhere' });
  expect(await refusalOf(publish(1))).toEqual({ reason: 'programme-published-meanwhile', facts: { version: 2 } });
  expect(await save(1, { standsOnLatest: true })).toMatchObject({ revision: 2, basedOnVersion: 2 });
  expect((await publish(2)).version).toBe(3);
});

test('a programme is begun, published beside the main one, ended and run again; the main one cannot be ended', async () => {
  const { programId: mainId, programme } = await mainProgramme();
  const begun = await manager().points.saveProgrammeDraft(
    op({ programId: null, programme: { ...programme, name: 'Coffee stamps' }, revision: 0 }),
  );
  const shown = async () =>
    (await manager().points.programmes()).map(({ name, status, version }) => ({ name, status, version }));
  expect(await shown()).toContainEqual({ name: 'Coffee stamps', status: 'draft', version: null });
  await manager().points.publishProgrammeDraft(op({ programId: begun.programId, revision: 1 }));
  expect(await shown()).toContainEqual({ name: 'Coffee stamps', status: 'live', version: 1 });
  await manager().points.archiveProgramme(op({ programId: begun.programId, isArchived: true }));
  expect(await shown()).toContainEqual({ name: 'Coffee stamps', status: 'archived', version: 1 });
  await manager().points.archiveProgramme(op({ programId: begun.programId, isArchived: false }));
  expect(await shown()).toContainEqual({ name: 'Coffee stamps', status: 'live', version: 1 });
  const end = manager().points.archiveProgramme(op({ programId: mainId, isArchived: true }));
  expect(await refusalOf(end)).toMatchObject({ reason: 'main-programme' });
});

test('a draft that is given up is gone, with the programme that it began', async () => {
  const { programId, programme } = await mainProgramme();
  const begun = await manager().points.saveProgrammeDraft(op({ programId: null, programme, revision: 0 }));
  await manager().points.discardProgrammeDraft(op({ programId: begun.programId }));
  expect((await manager().points.programmes()).map((row) => row.programId)).toEqual([programId]);
});

test('the live example is what the till gives: rules, tier and promotion', async () => {
  const { programme } = await mainProgramme();
  const levels = [
    { tierId: 'basic', name: 'Basic', threshold: 0 },
    { tierId: 'silver', name: 'Silver', threshold: 500_00, multiplierBasisPoints: 12_500 },
  ];
  const promotion = {
    promotionId: 'monday',
    name: 'Mondays',
    multiplierBasisPoints: 20_000,
    schedule: { weekdays: [0] },
  };
  const draft = programmeSchema.parse({ ...programme, tiers: { levels }, promotions: [promotion] });
  const given = { programme: draft, amountMinor: 68_50, tierId: 'silver' };
  const monday = await manager().points.tryProgramme(given);
  expect(monday.parts.map(({ kind, points }) => [kind, points])).toEqual([
    ['base', 68],
    ['tier', 17],
    ['promotion', 68],
  ]);
  const tuesday = await manager().points.tryProgramme({ ...given, atMs: state.shop.clock.wallNowMs() + DAY });
  expect(tuesday.points).toBe(85);
});

async function runWhatIf(caller: ReturnType<typeof manager>, programId: string, programme: Programme) {
  const assumed = { redeemedBasisPoints: 6_000, marginBasisPoints: 2_500 };
  const { runId } = await caller.points.startWhatIf(op({ programId, programme, ...assumed }));
  for (let tries = 0; tries < 200; tries += 1) {
    const shown = await caller.points.whatIf({ runId });
    if (shown.state !== 'running') return shown;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the run does not end');
}

test('what if: twice the points over the last 90 days, less what was refunded and what is older', async () => {
  const { programId, programme } = await mainProgramme();
  const ana = state.shop.addCustomer('Ana');
  const leo = state.shop.addCustomer('Leo');
  const sell = (customerId: string, ...prices: number[]) =>
    state.shop.sell(
      state.shop.draft(
        prices.map((price) => state.shop.line(price)),
        { customerId },
      ),
    );
  await sell(ana, 70_00);
  state.shop.clock.advance(91 * DAY);
  await sell(ana, 100_00);
  const two = state.shop.line(20_00, { quantityThousandths: 2000 });
  const { saleId } = await state.shop.sell(state.shop.draft([state.shop.line(50_00), two], { customerId: ana }));
  await sell(leo, 10_50);
  const sale = await manager().till.sale({ saleId });
  const [, second] = sale.lines;
  await manager().till.refund(
    op({
      saleId,
      lines: [{ lineId: second?.lineId ?? '', quantityThousandths: 1000 }],
      reason: 'broken',
      tenderKind: 'cash',
    }),
  );
  const same = await runWhatIf(manager(), programId, programme);
  expect(same).toMatchObject({ state: 'done', doneSales: 3, totalSales: 3 });
  expect(same.result).toMatchObject({ issuedPoints: 180, issuedBeforePoints: 180, same: 2, breakEvenSalesMinor: 0 });
  const { result } = await runWhatIf(manager(), programId, twice(programme));
  expect(result).toMatchObject({
    sales: 3,
    customers: 2,
    issuedPoints: 361,
    issuedBeforePoints: 180,
    winners: 2,
    losers: 0,
    redeemedEstimatePoints: 217,
  });
});

test('what if of the programme in force gives every customer exactly what they got: tiers, promotion, limits and caps', async () => {
  const { programId, programme } = await mainProgramme();
  const rich = programmeSchema.parse({
    ...programme,
    promotions: [
      {
        promotionId: 'monday',
        multiplierBasisPoints: 20_000,
        schedule: { weekdays: [0] },
        limits: { pointsPerSale: 50, pointsPerDay: 70, pointsEver: null, timesPerDay: 2 },
      },
    ],
    caps: { pointsPerSale: 120, pointsPerDay: 200 },
    tiers: {
      period: { kind: 'rolling', months: 1 },
      includesThisSale: true,
      levels: [
        { tierId: 'basic', name: 'Basic', threshold: 0 },
        { tierId: 'silver', name: 'Silver', threshold: 150_00, multiplierBasisPoints: 12_500 },
        { tierId: 'gold', name: 'Gold', threshold: 400_00, multiplierBasisPoints: 15_000 },
      ],
    },
  });
  await manager().points.saveProgrammeDraft(op({ programId, programme: rich, revision: 0 }));
  await manager().points.publishProgrammeDraft(op({ programId, revision: 1 }));
  const customers = [state.shop.addCustomer('Ana'), state.shop.addCustomer('Leo')];
  for (let index = 0; index < 40; index += 1) {
    const customerId = customers[index % 3 === 0 ? 0 : 1] ?? '';
    await state.shop.sell(state.shop.draft([state.shop.line(7_33 * (1 + (index % 11)))], { customerId }));
    if (index % 4 === 3) state.shop.clock.advance(5 * DAY + 3_600_000);
  }
  const { result } = await runWhatIf(manager(), programId, rich);
  expect(result).toMatchObject({ sales: 40, same: 2, winners: 0, losers: 0 });
  expect(result?.issuedPoints).toBe(result?.issuedBeforePoints);
  expect(result?.customersByTier).not.toMatchObject({ basic: 2 });
});

test('what if without drafts of one programme: an unknown run is refused, a stopped one says so', async () => {
  const { programId, programme } = await mainProgramme();
  await state.shop.sell(state.shop.draft([state.shop.line(5_00)], { customerId: state.shop.addCustomer() }));
  const assumed = { redeemedBasisPoints: 6_000, marginBasisPoints: 2_500 };
  const first = await manager().points.startWhatIf(op({ programId, programme, ...assumed }));
  const second = await manager().points.startWhatIf(op({ programId, programme, ...assumed }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect((await manager().points.whatIf({ runId: first.runId })).state).toBe('stopped');
  expect((await manager().points.whatIf({ runId: second.runId })).state).toBe('done');
  expect(await refusalOf(manager().points.whatIf({ runId: programId }))).toMatchObject({ reason: 'not-found' });
});

test('PT29: what is owed is the sum of what customers have, by the month in which it ends, with who loses points soon', async () => {
  const { programId, programme } = await mainProgramme();
  const draft = { ...programme, expiryMonths: 1, warnDays: 40 };
  await manager().points.saveProgrammeDraft(op({ programId, programme: draft, revision: 0 }));
  const ana = state.shop.addCustomer('Ana');
  const leo = state.shop.addCustomer('Leo');
  const sell = (customerId: string, price: number) =>
    state.shop.sell(state.shop.draft([state.shop.line(price)], { customerId }));
  await sell(ana, 100_00);
  await manager().points.publishProgrammeDraft(op({ programId, revision: 1 }));
  await sell(leo, 30_00);
  const owed = await manager().points.liability({ programId });
  expect(owed.sums).toEqual({
    earnedPoints: 130,
    redeemedPoints: 0,
    expiredPoints: 0,
    adjustedPoints: 0,
    currentPoints: 130,
  });
  expect(owed.outstanding).toMatchObject({ customers: 2, outstandingPoints: 130, worthMinor: 2_60, endingPoints: 30 });
  expect(owed.outstanding.byMonth.map(({ points }) => points)).toEqual([30, 100]);
  expect(owed.outstanding.byMonth[1]?.month).toBeNull();
  expect(owed.ending).toMatchObject([{ customerId: leo, name: 'Leo', points: 30 }]);
  state.shop.clock.advance(62 * DAY);
  const later = await manager().points.liability({ programId });
  expect(later.outstanding).toMatchObject({ outstandingPoints: 100, endedPoints: 30, endingPoints: 0 });
});
