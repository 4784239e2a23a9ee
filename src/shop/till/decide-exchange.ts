import { type CashRounding, roundCashBack } from '../money/cash-rounding.ts';
import type { TracedStep } from '../money/trace.ts';
import { must } from '../must.ts';
import type { TenderKind } from './sale.ts';

/** How the money of goods that come back meets the money of goods that go out. */
export interface Exchange {
  /** What the returned goods pay of the new ones. */
  readonly exchangedMinor: number;
  /** What the customer still pays, before cash rounding. */
  readonly dueMinor: number;
  /** What is handed back, as it can be paid. */
  readonly handedMinor: number;
  readonly trace: readonly TracedStep[];
}

/**
 * Returns how an exchange in one ticket settles (T9): what comes back pays the new goods first; only the difference is paid
 * or handed back, in cash by the region's rule and never beyond `mostHandedMinor`, what was paid and not given back yet.
 */
export function decideExchange(given: {
  readonly returnedMinor: number;
  readonly totalMinor: number;
  readonly tenderKind: TenderKind;
  readonly cashRounding: CashRounding;
  readonly mostHandedMinor: number;
}): Exchange {
  const { returnedMinor, totalMinor, tenderKind, cashRounding, mostHandedMinor } = given;
  must(returnedMinor >= 0 && totalMinor >= 0, 'an exchange goes both ways');
  const exchangedMinor = Math.min(returnedMinor, totalMinor);
  const backMinor = returnedMinor - exchangedMinor;
  const payableMinor = tenderKind === 'cash' ? roundCashBack(backMinor, cashRounding) : backMinor;
  const handedMinor = Math.min(payableMinor, Math.max(backMinor, mostHandedMinor - exchangedMinor));
  return {
    exchangedMinor,
    dueMinor: totalMinor - exchangedMinor,
    handedMinor,
    trace: exchangeSteps({ returnedMinor, totalMinor, exchangedMinor, handedMinor }),
  };
}

function exchangeSteps(given: {
  readonly returnedMinor: number;
  readonly totalMinor: number;
  readonly exchangedMinor: number;
  readonly handedMinor: number;
}): TracedStep[] {
  const { returnedMinor, totalMinor, exchangedMinor, handedMinor } = given;
  const pays: TracedStep = {
    what: 'exchanged',
    inputs: { wantedMinor: returnedMinor, upToMinor: totalMinor },
    operation: 'amount-up-to',
    rounding: 'none',
    result: exchangedMinor,
  };
  if (returnedMinor <= totalMinor) return [pays];
  const inputs = { returnedMinor, exchangedMinor, cashRoundingMinor: exchangedMinor + handedMinor - returnedMinor };
  return [
    pays,
    { what: 'handed-back', inputs, operation: 'returned-less-exchanged', rounding: 'none', result: handedMinor },
  ];
}
