import type { BenchCaller } from './bench-shop.ts';

/** A sale of three lines, paid in cash: what a café sells all day. */
export async function threeLineSale(
  caller: BenchCaller,
): Promise<(newId: () => string, customerId: string | null) => Parameters<BenchCaller['till']['completeSale']>[0]> {
  const { taxRates } = await caller.catalogue.list();
  const taxRateId = taxRates.find((rate) => rate.isDefault)?.taxRateId ?? taxRates[0]?.taxRateId;
  if (taxRateId === undefined) throw new Error('the bench shop has no tax rate');
  const lines = [
    { name: 'Flat white', unitPriceMinor: 22_000 },
    { name: 'Medialuna', unitPriceMinor: 8_000 },
    { name: 'Cold brew', unitPriceMinor: 18_000 },
  ];
  return (newId, customerId) => ({
    operationId: newId(),
    input: {
      draft: {
        saleId: newId(),
        customerId,
        customerIdentifiedBy: customerId === null ? null : ('scan' as const),
        customerIdentifiedAtMs: null,
        lines: lines.map((line) => ({
          lineId: newId(),
          productId: null,
          ...line,
          quantityThousandths: 1000,
          taxRateId,
          categoryId: null,
          discount: null,
          note: '',
        })),
        discount: null,
        label: '',
        note: '',
      },
      tenders: [{ tenderId: newId(), kind: 'cash' as const, amountMinor: 48_000, receivedMinor: 50_000 }],
      expectedTotalMinor: 48_000,
    },
  });
}
