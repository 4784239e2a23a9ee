import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '#backend/db/database.ts';
import { openBackend } from '#backend/start.ts';
import { createCallerFactory } from '#backend/trpc.ts';

// A till without a screen: it opens the real back end, sells through the real router without pause, and says on its
// standard output what it is about to do (SENT) and what the shop has confirmed (ACK).

const PIN = '739164';
const TAX_RATE = sql`SELECT id FROM tax_rates WHERE is_default = 1`;
const SALE_LINE = sql`SELECT id FROM transaction_items WHERE transaction_id = :saleId ORDER BY position LIMIT 1`;
const INSERT_CUSTOMER = sql`
  INSERT INTO customers (id, merchant_id, customer_code, created_at_ms, updated_at_ms)
  VALUES (:id, :merchantId, :id, 0, 0)`;
const FIND_CUSTOMER = sql`SELECT id FROM customers LIMIT 1`;

interface WriterOptions {
  readonly dataFolder: string;
  /** Sales to make; endless when absent. */
  readonly sales?: number;
  /** Negative control: commits that do not wait for the disk. */
  readonly unsafe?: boolean;
}

interface Sent {
  readonly operationId: string;
  readonly kind: 'sale' | 'refund';
  readonly input: unknown;
}

const options = JSON.parse(process.argv[2] ?? '{}') as WriterOptions;

function say(word: string, fact: unknown): void {
  writeSync(1, `${word} ${JSON.stringify(fact)}\n`);
}

async function run(): Promise<void> {
  const backend = await openBackend({
    dataFolder: options.dataFolder,
    host: 'web',
    appVersion: '0',
    workers: {
      read: join(import.meta.dirname, 'read-worker.mjs'),
      checkpoint: join(import.meta.dirname, 'checkpoint-worker.mjs'),
      copy: join(import.meta.dirname, 'copy-worker.mjs'),
    },
    devices: null,
    pinHashCost: { memoryKib: 8, passes: 1 },
  });
  const context = backend.createContext({ clientId: 'till' });
  const { env } = context;
  const caller = createCallerFactory(backend.router)(context);
  const { newId } = env;
  const op = <T>(input: T) => ({ operationId: newId(), input });
  if (backend.status().phase === 'first-run') {
    await caller.setup.createShop(
      op({
        shopName: 'Café Lapacho',
        country: 'PY',
        currency: 'PYG',
        timeZone: 'America/Asuncion',
        language: 'es' as const,
        region: 'es-PY',
        taxMode: 'inclusive' as const,
        dayStartsAtHour: 4,
        manager: { name: 'Marta', pin: PIN },
      }),
    );
  } else {
    const [first] = await caller.staff.list();
    await caller.staff.signIn(op({ staffId: first?.staffId ?? '', pin: PIN }));
  }
  const merchantId = env.shop()?.merchantId ?? '';
  const customerId = env.db.read.get<{ id: string }>(FIND_CUSTOMER)?.id ?? newId();
  if (env.db.read.get(FIND_CUSTOMER) === undefined)
    env.db.write((tx) => tx.runOne(INSERT_CUSTOMER, { id: customerId, merchantId }));
  if (options.unsafe === true) env.db.pragma('synchronous = NORMAL');
  const taxRateId = env.db.read.get<{ id: string }>(TAX_RATE)?.id ?? '';

  const send = async ({ operationId, kind, input }: Sent) => {
    say('SENT', { operationId, kind, input });
    const answer =
      kind === 'sale'
        ? await caller.till.completeSale({ operationId, input: input as never })
        : await caller.till.refund({ operationId, input: input as never });
    say('ACK', { operationId, answer });
  };
  const saleInput = (n: number) => {
    const saleId = newId();
    const lines = Array.from({ length: 1 + (n % 3) }, (_, position) => ({
      lineId: newId(),
      productId: null,
      name: 'Cortado',
      unitPriceMinor: 10_000 + 500 * position,
      quantityThousandths: 1000,
      taxRateId,
      categoryId: null,
      discount: null,
      note: '',
    }));
    const total = lines.reduce((sum, line) => sum + line.unitPriceMinor, 0);
    const isMember = n % 2 === 0;
    return {
      draft: {
        saleId,
        customerId: isMember ? customerId : null,
        customerIdentifiedBy: isMember ? ('search' as const) : null,
        customerIdentifiedAtMs: isMember ? env.time.now().bookedMs : null,
        lines,
        discount: null,
        label: '',
        note: '',
      },
      tenders: [{ tenderId: newId(), kind: 'cash' as const, amountMinor: total, receivedMinor: total }],
      expectedTotalMinor: total,
    };
  };

  say('READY', { atMs: Date.now() });
  for (let n = 1; n <= (options.sales ?? Number.POSITIVE_INFINITY); n += 1) {
    const input = saleInput(n);
    await send({ operationId: newId(), kind: 'sale', input });
    if (n % 5 === 0) {
      const line = env.db.read.get<{ id: string }>(SALE_LINE, { saleId: input.draft.saleId });
      const refund = {
        saleId: input.draft.saleId,
        lines: [{ lineId: line?.id ?? '', quantityThousandths: 1000 }],
        tenderKind: 'cash',
        reason: 'cold',
      };
      await send({ operationId: newId(), kind: 'refund', input: refund });
    }
    if (n % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await backend.close();
  say('CLOSED', {});
}

run().catch((cause: unknown) => {
  process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
  process.exit(1);
});
