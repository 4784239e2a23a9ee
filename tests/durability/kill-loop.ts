import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Line } from '../support/line.ts';
import { commandsOf, type Sent, standAtCounter } from './busy-counter.ts';
import type { Confirmed } from './check-shop.ts';

/** A real host that can be started again on the same data folder after it was killed. */
export interface KillableHost {
  readonly dataFolder: string;
  open(): Promise<Line>;
  /** SIGKILL, and wait until the process is gone. */
  kill(): Promise<void>;
}

/** Opens a database as the console does and names every fault: see `faultsOf`. */
export type Check = (databasePath: string, confirmed: readonly Confirmed[], sent: ReadonlySet<string>) => string[];

export interface KillLoopResult {
  readonly cycles: number;
  readonly confirmed: number;
  /** Commands that were cut off in the middle and sent again to the next life. */
  readonly repeated: number;
  readonly faults: readonly string[];
}

interface History {
  readonly sent: Map<string, Sent>;
  readonly answers: Map<string, unknown>;
  readonly unanswered: Set<Sent>;
  readonly faults: string[];
}

const LANES = 2;
const LONGEST_LIFE_MS = 700;
/** Confirmed commands that each life is asked for again. */
const REPLAYS = 5;

/**
 * Runs a host again and again while two clients keep it busy, and kills it at a random moment of their work. Each death:
 * a copy of the disk is opened as the console opens it and checked. Each new life: what was cut off is sent again, twice,
 * and some of what was confirmed is sent again; the answers must be the same.
 */
export async function runKillLoop(
  host: KillableHost,
  check: Check,
  cycles: number,
  random: () => number,
): Promise<KillLoopResult> {
  const history: History = { sent: new Map(), answers: new Map(), unanswered: new Set(), faults: [] };
  const done = { cycles: 0, repeated: 0 };
  while (done.cycles < cycles && history.faults.length === 0) {
    const line = await host.open();
    const counter = await standAtCounter(line);
    done.repeated += history.unanswered.size;
    await askAgain(line, history, random);
    const lanes = Array.from({ length: LANES }, () => keepBusy(line, commandsOf(counter), history));
    await wait(random() * LONGEST_LIFE_MS);
    await host.kill();
    await Promise.all(lanes);
    done.cycles += 1;
    history.faults.push(
      ...faultsOnDisk(host.dataFolder, check, history).map((fault) => `cycle ${done.cycles}: ${fault}`),
    );
  }
  return { ...done, confirmed: history.answers.size, faults: history.faults };
}

/** Sends one command after another until the host is gone. */
async function keepBusy(line: Line, commands: Iterable<Sent>, history: History): Promise<void> {
  for (const sent of commands) {
    if (!(await send(line, sent, history))) return;
  }
}

/** False when no answer came. An answer that differs from an earlier one to the same id is a fault. */
async function send(line: Line, sent: Sent, history: History): Promise<boolean> {
  const { operationId, path, input } = sent;
  history.sent.set(operationId, sent);
  history.unanswered.add(sent);
  const answer = await line.call('mutation', path, { operationId, input });
  if (answer.kind === 'gone') return false;
  history.unanswered.delete(sent);
  if (answer.kind !== 'done') history.faults.push(`${path}: ${JSON.stringify(answer)}`);
  else if (!history.answers.has(operationId)) history.answers.set(operationId, answer.value);
  else if (!isDeepStrictEqual(history.answers.get(operationId), answer.value))
    history.faults.push(`another answer to ${operationId}: ${JSON.stringify(answer.value)}`);
  return true;
}

async function askAgain(line: Line, history: History, random: () => number): Promise<void> {
  const confirmed = [...history.answers.keys()];
  const picked = Array.from({ length: Math.min(REPLAYS, confirmed.length) }, () =>
    history.sent.get(confirmed[Math.floor(random() * confirmed.length)] ?? ''),
  );
  for (const sent of [...history.unanswered].flatMap((each) => [each, each]).concat(picked.filter((each) => !!each))) {
    if (!(await send(line, sent, history))) throw new Error('the host ended by itself');
  }
}

/** Checks a copy, so that the next life has to mend the original by itself. */
function faultsOnDisk(dataFolder: string, check: Check, history: History): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-copy-'));
  try {
    for (const name of ['regulars.sqlite', 'regulars.sqlite-wal']) {
      if (existsSync(join(dataFolder, name))) copyFileSync(join(dataFolder, name), join(folder, name));
    }
    const confirmed: Confirmed[] = [...history.answers].map(([operationId, answer]) => ({ operationId, answer }));
    return check(join(folder, 'regulars.sqlite'), confirmed, new Set(history.sent.keys()));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A small seeded generator (mulberry32), so that a failure can be run again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
