import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { mustHave } from '#shop/must.ts';
import { createEmptyBackend, type TestCaller } from '../support/test-backend.ts';
import { DOLLAR_SHOP } from '../till/till-shop.ts';
import { createVoucherShop, type VoucherShop } from '../vouchers/voucher-shop.ts';

// Several tills whose data folders are copies of one: the same codes, cards and customers, and nothing that joins them. Each is
// the whole back end over a database of its own.

/** A limited code: how often it may be used by its campaign, and how often it was before the copies were made. */
const CODES = [
  { code: 'ONCE-7K2M', uses: 1, usedBefore: 0 },
  { code: 'FOUR-9H4P', uses: 4, usedBefore: 1 },
  { code: 'SIXU-3R8T', uses: 6, usedBefore: 0 },
] as const;
const CREDIT_MINOR = [5_000, 2_000] as const;
const CARD_MINOR = [3_000] as const;

/** What the tills could each give out: a code or an account, and how much of it really was there when they were copied. */
export interface Subject {
  readonly kind: 'code' | 'credit' | 'gift-card';
  readonly id: string;
  /** Whose credit it is. */
  readonly customerId: string | null;
  readonly remaining: number;
}

/** A till on its own. */
export interface CopiedTill {
  readonly as: (role: 'cashier' | 'manager') => TestCaller;
  /** How much of a subject it has given out since the copy: uses, or minor units with those of the cards that replaced it. */
  given(subject: Subject): number;
  /** The account that stands for a subject now. */
  accountOf(subject: Subject): string;
  /** Stops the process and starts it over the same folder. */
  restart(): void;
}

export interface CopiedShop {
  readonly base: VoucherShop;
  readonly subjects: readonly Subject[];
  /** So many copies of the folder as tills; closed and removed with `close`. */
  tills(count: number): { readonly tills: readonly CopiedTill[]; close(): void };
}

/** Opens a shop with codes that came in from a file, credit and a gift card, some of it used, to be copied. */
export async function createCopiedShop(): Promise<CopiedShop> {
  const base = await createVoucherShop({ shop: DOLLAR_SHOP, inFile: true });
  const manager = base.caller('manager');
  const subjects: Subject[] = [];
  for (const { code, uses, usedBefore } of CODES) {
    const { campaignId } = await base.publish({ name: code, limits: { usesPerCode: uses } });
    const page = { campaignId, importId: base.newId(), rows: [{ line: 2, code }] };
    await manager.codes.importPage(base.op(page));
    const id = textOf(base, 'SELECT id AS text FROM vouchers WHERE campaign_id = :id', campaignId);
    for (let at = 0; at < usedBefore; at += 1) {
      const draft = base.draft([base.line(1_000)], { vouchers: [{ voucherId: id, choice: null }] });
      await base.sell(draft, [base.cash(900)], base.caller('cashier'));
    }
    subjects.push({ kind: 'code', id, customerId: null, remaining: uses - usedBefore });
  }
  for (const remaining of CREDIT_MINOR) {
    const customerId = base.addCustomer();
    const given = { of: { customerId }, amountMinor: remaining, reason: 'goodwill' as const, note: 'a gift' };
    const { accountId: id } = await manager.credit.adjust(base.op(given));
    subjects.push({ kind: 'credit', id, customerId, remaining });
  }
  for (const remaining of CARD_MINOR) {
    const { accountId: id } = await manager.credit.giveCard(base.op({ amountMinor: remaining, note: 'raffle' }));
    subjects.push({ kind: 'gift-card', id, customerId: null, remaining });
  }
  // What was used in the very instant in which an allowance is set would count to it.
  base.clock.advance(1_000);
  const folder = dirname(fileOf(base));
  return {
    base,
    subjects,
    tills: (count) => {
      const copies = Array.from({ length: count }, () => {
        const copy = mkdtempSync(join(tmpdir(), 'regulars-copied-'));
        cpSync(folder, copy, { recursive: true });
        return copy;
      });
      const opened = copies.map((copy) => openTill(base, join(copy, 'test.sqlite'), subjects));
      return {
        tills: opened,
        close: () => {
          for (const till of opened) till.close();
          for (const copy of copies) rmSync(copy, { recursive: true, force: true });
        },
      };
    },
  };
}

function openTill(
  base: VoucherShop,
  path: string,
  subjects: readonly Subject[],
): CopiedTill & { readonly close: () => void } {
  const start = () => {
    const backend = createEmptyBackend({ path, clock: base.clock });
    for (const role of ['cashier', 'manager'] as const) {
      const session = {
        sessionId: base.newId(),
        staffId: base.staffId(role),
        name: role,
        roles: [role],
        isLocked: false,
      };
      backend.env.sessions.begin(`client-${role}`, session);
    }
    return backend;
  };
  const running = { backend: start() };
  const numberOf = (statement: string, id: string): number =>
    running.backend.env.db.read.get<{ n: number }>(statement as never, { id })?.n ?? 0;
  const readGiven = ({ kind, id }: Subject): number =>
    kind === 'code'
      ? numberOf('SELECT usage_count AS n FROM vouchers WHERE id = :id', id)
      : -numberOf(`${FAMILY} SELECT SUM(a.balance_minor) AS n FROM family f JOIN credit_accounts a ON a.id = f.id`, id);
  const before = new Map(subjects.map((subject) => [subject.id, readGiven(subject)]));
  return {
    as: (role) => running.backend.stranger(`client-${role}`),
    given: (subject) => readGiven(subject) - mustHave(before.get(subject.id) ?? null, 'a subject of the shop'),
    accountOf: ({ id }) =>
      running.backend.env.db.read.get<{ id: string }>(
        `${FAMILY} SELECT f.id FROM family f JOIN credit_accounts a ON a.id = f.id WHERE a.status <> 'replaced'` as never,
        { id },
      )?.id ?? id,
    restart: () => {
      running.backend.close();
      running.backend = start();
    },
    close: () => running.backend.close(),
  };
}

/** A card with those that replaced it. */
const FAMILY = `
  WITH RECURSIVE family (id) AS (
    SELECT :id
    UNION
    SELECT a.replaced_by_id FROM family f JOIN credit_accounts a ON a.id = f.id WHERE a.replaced_by_id IS NOT NULL)`;

function fileOf({ env }: VoucherShop): string {
  const main = env.db.read.all<{ name: string; file: string }>('PRAGMA database_list' as never, {});
  return mustHave(main.find(({ name }) => name === 'main')?.file ?? null, 'the file of the database');
}

function textOf({ env }: VoucherShop, statement: string, id: string): string {
  return String(env.db.read.get<{ text: string }>(statement as never, { id })?.text);
}
