import type { TracedStep } from '../money/trace.ts';
import type { RefundDecision } from './decide-refund.ts';

/** The derivation of the money of a refund. */
export function refundSteps(
  lines: RefundDecision['lines'],
  amounts: Pick<RefundDecision, 'amountMinor' | 'cashRoundingMinor' | 'storedValue' | 'deductedMinor'>,
  deductMinor: number,
): TracedStep[] {
  const { amountMinor, cashRoundingMinor, storedValue, deductedMinor } = amounts;
  const steps: TracedStep[] = lines.map((line) => ({
    what: 'refund-line',
    inputs: { lineId: line.lineId, quantityThousandths: line.quantityThousandths, netMinor: line.netMinor },
    operation: 'share-of-units',
    rounding: 'largest-remainder',
    result: line.amountMinor,
  }));
  steps.push({
    what: 'refund',
    inputs: { linesMinor: amountMinor - cashRoundingMinor, cashRoundingMinor },
    operation: 'paid-minus-kept',
    rounding: 'none',
    result: amountMinor,
  });
  for (const { tenderId, kind, amountMinor: backMinor, wantedMinor, upToMinor } of storedValue) {
    steps.push({
      what: 'refund-stored-value',
      inputs: { tenderId, kind, wantedMinor, upToMinor },
      operation: 'amount-up-to',
      rounding: 'none',
      result: backMinor,
    });
  }
  if (deductedMinor > 0) {
    steps.push({
      what: 'refund-deducted',
      inputs: { wantedMinor: deductMinor, upToMinor: deductedMinor },
      operation: 'amount-up-to',
      rounding: 'none',
      result: deductedMinor,
    });
  }
  return steps;
}
