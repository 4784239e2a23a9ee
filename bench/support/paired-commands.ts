import type Database from 'better-sqlite3';
import { type Paired, pairs, report, round, sample } from './measure.ts';
import { createReplay, type NotedCommand } from './noted-writes.ts';

const COMMANDS_PER_SAMPLE = 60;

/** A command to be measured: as the app runs it, and again over a database that notes its statements. */
export interface MeasuredCommand<Given> {
  run(): Promise<unknown>;
  /** Says what it was given, for the raw side to begin with. */
  runNoted(): Promise<Given>;
  take(): NotedCommand;
}

/**
 * Ours against raw, in alternating samples: the command as the app runs it, against the noted statements of as many others
 * like it on a copy. The noting is not timed: it is on neither side's bill. `before` is what the raw side does ahead of the
 * statements of each command, with what that one was given.
 */
export async function againstReplay<Given>(
  command: MeasuredCommand<Given>,
  raw: Database.Database,
  how: { readonly withReads: boolean; before?(given: Given): void },
): Promise<Paired> {
  const replay = createReplay(raw);
  const ours = () => sample(COMMANDS_PER_SAMPLE, command.run);
  const base = async () => {
    const waiting: { given: Given; noted: NotedCommand }[] = [];
    command.take();
    for (let next = 0; next < COMMANDS_PER_SAMPLE; next += 1) {
      const given = await command.runNoted();
      waiting.push({ given, noted: command.take() });
    }
    return sample(COMMANDS_PER_SAMPLE, (index) => {
      const { given, noted } = waiting[index] as { given: Given; noted: NotedCommand };
      how.before?.(given);
      replay(noted, how.withReads);
    });
  };
  return pairs(9, base, ours);
}

/** Prints the p50 and the cpu of a pair as multiples of raw; `most` is the target. */
export function reportPaired(
  measure: string,
  { ratio, ours, raw }: Paired,
  most: number,
  unit: string,
  more = '',
): void {
  for (const [what, value] of [
    ['p50', ratio.p50],
    ['cpu', ratio.cpu],
  ] as const) {
    report({
      measure: `${measure}, ${what}`,
      value: round(value, 2),
      unit: `x ${unit}`,
      target: `codes: <= ${most}`,
      isMet: value <= most,
      note: `${round(ours.p50Ms, 3)} ms against ${round(raw.p50Ms, 3)} ms${more === '' ? '' : `, ${more}`}`,
    });
  }
}
