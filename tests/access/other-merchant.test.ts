import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '#backend/context.ts';
import { sha256Hex } from '#backend/sha256.ts';
import { createTillShop, type TillShop } from '../till/till-shop.ts';
import { inputsFor } from './fuzz-input.ts';
import { allProcedures, idsOf } from './procedures.ts';

// Two merchants in one database, as a hub or a restored folder could hold them: the one traded, the other is asked.

const CASES = Number(process.env.FUZZ_CASES ?? 25);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const SECRETS = ['Zoraida', '981777333', 'zz@example.com', 'Zumo', 'Zacarías', 'zurdo'];
/** They end the session or the line; what they would tell is nothing. */
const NOT_ASKED = new Set(['setup.createShop', 'setup.loadDemo', 'staff.signOut', 'staff.lock', 'system.changes']);

interface TwoMerchants {
  readonly shop: TillShop;
  readonly session: Session;
  readonly theirMerchantId: string;
  readonly theirIds: ReadonlySet<string>;
  readonly code: string;
  readonly receiptNumber: string;
  readonly before: string;
}

const state: { two: TwoMerchants | null } = { two: null };
const two = (): TwoMerchants => {
  if (state.two === null) throw new Error('the shops are not made yet');
  return state.two;
};

beforeAll(async () => {
  const shop = await createTillShop();
  const manager = shop.caller('manager');
  const enrolled = await manager.customers.enrol(
    shop.op({ name: 'Zoraida Ruiz', phone: '0981 777 333', email: 'zz@example.com', consentMarketing: false }),
  );
  const { customerId, code } = enrolled;
  await manager.customers.update(shop.op({ customerId, note: 'zurdo' }));
  const product = {
    sku: 'ZUMO',
    categoryId: null,
    barcodes: ['7891234567895'],
    taxRateId: shop.taxRateId,
    icon: 'coffee',
  };
  await manager.catalogue.saveProduct(shop.op({ ...product, name: 'Zumo', priceMinor: 9_000, soldByWeight: false }));
  await manager.staff.create(shop.op({ name: 'Zacarías', roles: ['cashier' as const], pin: '8264' }));
  await manager.till.openShift(shop.op({ floatMinor: 10_000 }));
  await manager.scanning.submit(
    shop.op({ text: code, source: 'HID' as const, screen: 'till' as const, atMs: shop.clock.wallNowMs() }),
  );
  const draft = shop.draft([shop.line(5_000, { name: 'Zumo' })], { customerId, note: 'zurdo' });
  const { receiptNumber } = await shop.sell(draft);
  await manager.till.saveDraft(
    shop.op({ draft: shop.draft([shop.line(700)], { customerId, label: 'zurdo' }), revision: 0, isHeld: true }),
  );
  // A code read again within moments is dropped by the till itself, whoever it belongs to.
  shop.clock.advance(60_000);
  const theirMerchantId = shop.env.shop()?.merchantId ?? '';
  const theirIds = new Set(idsOf(shop.env));
  const session = await openAnotherShop(shop);
  const known = { shop, session, theirMerchantId, theirIds, code, receiptNumber };
  state.two = { ...known, before: digestOfTheirs(shop, theirMerchantId) };
});
afterAll(() => state.two?.shop.close());

/** The same database becomes another merchant's: the first one's rows stay as they are. */
async function openAnotherShop(shop: TillShop): Promise<Session> {
  shop.env.db.write((tx) =>
    tx.run('UPDATE terminal_state SET merchant_id = NULL, shop_id = NULL, terminal_id = NULL' as never),
  );
  shop.env.forgetShop();
  const place = {
    country: 'PY',
    currency: 'PYG',
    timeZone: 'America/Asuncion',
    language: 'en' as const,
    region: 'es-PY',
  };
  const rest = { taxMode: 'inclusive' as const, dayStartsAtHour: 4, manager: { name: 'Ofelia', pin: '739164' } };
  await shop.stranger('ours').setup.createShop(shop.op({ shopName: 'Kiosco', ...place, ...rest }));
  const session = shop.env.sessions.of('ours');
  if (session === null) throw new Error('nobody is signed in');
  return { ...session };
}

function digestOfTheirs(shop: TillShop, merchantId: string): string {
  const tables = shop.env.db.read.all<{ name: string }>(
    `SELECT t.name AS name FROM sqlite_schema t, pragma_table_info(t.name) c
     WHERE t.type = 'table' AND c.name = 'merchant_id' AND t.name <> 'terminal_state'` as never,
  );
  const rows = tables.map(({ name }) =>
    shop.env.db.read.all(`SELECT * FROM ${name} WHERE merchant_id = :merchantId` as never, { merchantId }),
  );
  return sha256Hex(JSON.stringify(rows));
}

/** Asks as the manager of the other merchant; whatever comes back, answer or refusal, is looked at. */
async function answerTo(name: string, input: unknown): Promise<string> {
  const { shop, session } = two();
  shop.env.sessions.begin('ours', { ...session });
  const [noun = '', verb = ''] = name.split('.');
  const caller = shop.stranger('ours') as unknown as Record<
    string,
    Record<string, (given: unknown) => Promise<unknown>>
  >;
  const answer = await caller[noun]
    ?.[verb]?.(input)
    .catch((cause: { cause?: { refusal?: unknown } }) => cause.cause?.refusal);
  return JSON.stringify(answer ?? null);
}

function expectNothingOfTheirs(name: string, input: unknown, answer: string): void {
  const asked = JSON.stringify(input) ?? '';
  const told = SECRETS.filter((secret) => answer.includes(secret) && !asked.includes(secret));
  const ids = [...two().theirIds].filter((id) => answer.includes(id) && !asked.includes(id));
  expect([...told, ...ids], `${name}, seed ${SEED}: ${asked.slice(0, 300)} -> ${answer.slice(0, 300)}`).toEqual([]);
}

test('X5: no answer to what a person could ask for holds anything of another merchant', async () => {
  const { shop, code, receiptNumber } = two();
  const scan = (text: string) => shop.op({ text, source: 'HID', screen: 'till', atMs: shop.clock.wallNowMs() });
  const asked: [string, unknown][] = [
    ...['', 'Zor', 'Ruiz', '777333', 'zz@example.com', code].map((text): [string, unknown] => [
      'customers.search',
      { text, limit: 50 },
    ]),
    ['customers.exportCsv', shop.op({})],
    ['catalogue.list', { withArchived: true }],
    ['staff.list', undefined],
    ['till.sale', { receiptNumber }],
    ['till.sales', { limit: 50 }],
    ['till.drafts', undefined],
    ['points.recentAwards', { limit: 50 }],
    ...[code, '7891234567895', 'ZUMO', receiptNumber].map((text): [string, unknown] => ['scanning.submit', scan(text)]),
  ];
  for (const [name, input] of asked) {
    const answer = await answerTo(name, input);
    expectNothingOfTheirs(name, input, answer);
    if (name === 'scanning.submit') expect(answer).not.toContain('"kind":"customer"');
  }
});

test('X5: whatever is sent to any procedure, with ids of another merchant, tells nothing of them and changes nothing of theirs', async () => {
  const { shop, theirIds, theirMerchantId, before } = two();
  for (const { name, schema } of allProcedures()) {
    if (NOT_ASKED.has(name)) continue;
    const inputs =
      schema === null ? [undefined] : fc.sample(inputsFor(schema, [...theirIds]), { numRuns: CASES, seed: SEED });
    for (const input of inputs) expectNothingOfTheirs(name, input, await answerTo(name, input));
    expect(digestOfTheirs(shop, theirMerchantId), `${name}, seed ${SEED}`).toBe(before);
  }
});
