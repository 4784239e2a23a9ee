/** How one step of a decision was rounded. Every rule that rounds says which. */
export type Rounding = 'none' | 'floor' | 'half-away-from-zero' | 'largest-remainder';

/**
 * One step of a decision, kept so that every number can say where it came from (LOYALTY.md 6).
 * `what` and `operation` are stable codes that the screens word; `inputs` hold numbers and ids only, never sentences.
 */
export interface TracedStep {
  readonly what: string;
  readonly inputs: Readonly<Record<string, string | number | null>>;
  readonly operation: string;
  readonly rounding: Rounding;
  readonly result: number;
}
