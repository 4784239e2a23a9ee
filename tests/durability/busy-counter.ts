import { createUuidV7Source } from '#shop/ids/uuid.ts';
import { randomFillSync } from 'node:crypto';
import { ask, command, type Line } from '../support/line.ts';

/** A command as it was sent; whoever never heard its answer sends it again, with the same id. */
export interface Sent {
  readonly operationId: string;
  readonly path: 'till.completeSale' | 'till.refund' | 'points.award';
  readonly input: unknown;
}

export const newId = createUuidV7Source(
  () => Date.now(),
  (bytes) => void randomFillSync(bytes),
);

const MANAGER = { name: 'Marta', pin: '739164' };
const SHOP = {
  shopName: 'Café Lapacho',
  country: 'PY',
  currency: 'PYG',
  timeZone: 'America/Asuncion',
  language: 'es',
  region: 'es-PY',
  taxMode: 'inclusive',
  dayStartsAtHour: 4,
};

/** What the commands of one shop are made of. */
export interface Counter {
  readonly customerId: string;
  readonly taxRateId: string;
}

/** Makes the shop and its first customer on a new folder, or signs in at the one that is there. */
export async function standAtCounter(line: Line): Promise<Counter> {
  const [first] = await ask<{ staffId: string }[]>(line, 'staff.list');
  if (first === undefined) {
    await command(line, 'setup.createShop', newId(), { ...SHOP, manager: MANAGER });
    await command(line, 'customers.enrol', newId(), { name: 'Ana Benítez', consentMarketing: false });
  } else {
    await command(line, 'staff.signIn', newId(), { staffId: first.staffId, pin: MANAGER.pin });
  }
  const { taxRates } = await ask<{ taxRates: { taxRateId: string }[] }>(line, 'catalogue.list');
  const found = await ask<{ customerId: string }[]>(line, 'customers.search', { text: 'Ana', limit: 1 });
  return { customerId: found[0]?.customerId ?? '', taxRateId: taxRates[0]?.taxRateId ?? '' };
}

/** Endless commands of a busy counter: sales with and without a member, awards, and refunds of what was just sold. */
export function* commandsOf({ customerId, taxRateId }: Counter): Generator<Sent> {
  for (let n = 1; ; n += 1) {
    const sale = saleOf(taxRateId, n % 2 === 0 ? customerId : null, 1 + (n % 3));
    yield sale;
    if (n % 3 === 0) {
      const input = { customerId, reason: 'purchase', amountMinor: 7_000 + n };
      yield { operationId: newId(), path: 'points.award', input };
    }
    if (n % 4 === 0) yield refundOf(sale.input);
  }
}

type SaleInput = ReturnType<typeof saleOf>['input'];

/** A sale of `lineCount` lines paid in cash to the last guaraní. */
export function saleOf(taxRateId: string, customerId: string | null, lineCount: number) {
  const lines = Array.from({ length: lineCount }, (_, position) => ({
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
  const input = {
    draft: {
      saleId: newId(),
      customerId,
      customerIdentifiedBy: customerId === null ? null : 'search',
      customerIdentifiedAtMs: customerId === null ? null : Date.now(),
      lines,
      discount: null,
      label: '',
      note: '',
    },
    tenders: [{ tenderId: newId(), kind: 'cash', amountMinor: total, receivedMinor: total }],
    expectedTotalMinor: total,
  };
  return { operationId: newId(), path: 'till.completeSale' as const, input };
}

function refundOf({ draft }: SaleInput): Sent {
  const input = {
    saleId: draft.saleId,
    lines: [{ lineId: draft.lines[0]?.lineId ?? '', quantityThousandths: 1000 }],
    tenderKind: 'cash',
    reason: 'cold',
  };
  return { operationId: newId(), path: 'till.refund', input };
}
