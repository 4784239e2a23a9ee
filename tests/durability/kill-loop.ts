import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Confirmed, faultsOf } from './check-shop.ts';
import type { Sent } from './sale-writer.ts';

export interface KillLoopResult {
  readonly cycles: number;
  readonly confirmed: number;
  /** Commands that were cut off in the middle and sent again by the next life. */
  readonly repeated: number;
  readonly faults: readonly string[];
}

interface History {
  readonly sent: Set<string>;
  readonly confirmed: Confirmed[];
  unconfirmed: Sent | null;
}

/**
 * Starts the sale writer on one folder again and again and kills it (SIGKILL) at a random moment; after each death the
 * database is opened as the console opens it and checked. The next life first repeats the command that was cut off.
 */
export async function runKillLoop(
  writer: string,
  folder: string,
  cycles: number,
  random: () => number,
): Promise<KillLoopResult> {
  const history: History = { sent: new Set(), confirmed: [], unconfirmed: null };
  const faults: string[] = [];
  let repeated = 0;
  for (let cycle = 1; cycle <= cycles && faults.length === 0; cycle += 1) {
    if (history.unconfirmed !== null) repeated += 1;
    await liveAndDie(writer, folder, history, 20 + random() * 700);
    const found = faultsOf(join(folder, 'regulars.sqlite'), history.confirmed, history.sent);
    faults.push(...found.map((fault) => `cycle ${cycle}: ${fault}`));
  }
  return { cycles, confirmed: history.confirmed.length, repeated, faults };
}

async function liveAndDie(writer: string, folder: string, history: History, livesForMs: number): Promise<void> {
  const options = { dataFolder: folder, unconfirmed: history.unconfirmed };
  const child = spawn(process.execPath, [writer, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
  const lines = createInterface({ input: child.stdout });
  const finished = new Promise<void>((resolve) => lines.once('close', resolve));
  lines.on('line', (line) => {
    const [word, fact] = [line.slice(0, line.indexOf(' ')), JSON.parse(line.slice(line.indexOf(' ') + 1))];
    if (word === 'READY') setTimeout(() => child.kill('SIGKILL'), livesForMs);
    if (word === 'SENT') {
      history.sent.add((fact as Sent).operationId);
      history.unconfirmed = fact as Sent;
    }
    if (word === 'ACK') {
      history.confirmed.push(fact as Confirmed);
      history.unconfirmed = null;
    }
  });
  const signal = await ended;
  await finished;
  if (signal !== 'SIGKILL') throw new Error(`the sale writer ended by itself (${signal})`);
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
