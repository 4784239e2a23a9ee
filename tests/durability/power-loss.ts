import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Confirmed, faultsOf } from './check-shop.ts';
import { CrashDisk } from './crash-disk.ts';
import { readSteps, STRACE_OPTIONS } from './syscall-log.ts';

const DATABASE = 'regulars.sqlite';
const LOG = 'regulars.sqlite-wal';

export interface Recording {
  readonly folder: string;
  readonly logPath: string;
  readonly base: ReadonlyMap<string, Buffer>;
  remove(): void;
}

export interface ReplayResult {
  readonly steps: number;
  readonly syncs: number;
  readonly confirmed: number;
  readonly images: number;
  /** Images in which a confirmed command was missing. */
  readonly lostImages: number;
  readonly faults: readonly string[];
}

/** Whether this machine can record system calls (the Debian package strace). */
export function canTrace(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;
}

/** Makes a shop, then sells in it while every write, sync and word of the process is recorded. */
export function record(writer: string, sales: number, isUnsafe: boolean): Recording {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-power-'));
  const dataFolder = join(folder, 'data');
  sell([writer, JSON.stringify({ dataFolder, sales: 3 })], process.execPath);
  const base = new Map([[join(dataFolder, DATABASE), readFileSync(join(dataFolder, DATABASE))]]);
  const logPath = join(folder, 'strace.log');
  const options = JSON.stringify({ dataFolder, sales, unsafe: isUnsafe });
  sell([...STRACE_OPTIONS, '-o', logPath, process.execPath, writer, options], 'strace');
  return { folder, logPath, base, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function sell(args: string[], command: string): void {
  const run = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  if (run.status !== 0) throw new Error(`the sale writer failed: ${run.stderr.slice(0, 2000)}`);
}

/**
 * Cuts the power at many moments of a recording: at each, the disk holds what was synced and a random part of what was
 * not; the database is opened as the console opens it, and everything confirmed by then must be there.
 */
export function replay(recording: Recording, wantedImages: number, random: () => number): ReplayResult {
  const dataFolder = join(recording.folder, 'data');
  const total = [...readSteps(recording.logPath)].length;
  const disk = new CrashDisk(recording.base);
  const confirmed: Confirmed[] = [];
  const sent = sentBefore(dataFolder, recording);
  const faults: string[] = [];
  const done = { steps: 0, syncs: 0, images: 0, lostImages: 0 };
  for (const step of readSteps(recording.logPath)) {
    done.steps += 1;
    if (step.kind === 'sync') done.syncs += 1;
    if (step.kind === 'say') hear(step.text, confirmed, sent);
    disk.apply(step);
    if (confirmed.length === 0 && sent.size === 0) continue;
    const chance = wantedImages / total;
    for (let copies = Math.floor(chance) + (random() < chance % 1 ? 1 : 0); copies > 0; copies -= 1) {
      done.images += 1;
      const found = faultsOfImage(disk, dataFolder, recording.folder, { confirmed, sent }, random);
      if (found.some((fault) => fault.startsWith('D1'))) done.lostImages += 1;
      if (found.length > 0) faults.push(`at step ${done.steps}: ${found.join('; ')}`);
    }
  }
  return { ...done, confirmed: confirmed.length, faults };
}

function hear(text: string, confirmed: Confirmed[], sent: Set<string>): void {
  for (const line of text.split('\n')) {
    if (line.startsWith('SENT ')) sent.add((JSON.parse(line.slice(5)) as Confirmed).operationId);
    if (line.startsWith('ACK ')) confirmed.push(JSON.parse(line.slice(4)) as Confirmed);
  }
}

/** The commands of the shop before the recording: they were sent too. */
function sentBefore(dataFolder: string, recording: Recording): Set<string> {
  const sent = new Set<string>();
  const path = join(recording.folder, 'before.sqlite');
  writeFileSync(path, recording.base.get(join(dataFolder, DATABASE)) ?? '');
  for (const fault of faultsOf(path, [], sent)) sent.add(fault.replace('D2 never sent: ', ''));
  return sent;
}

function faultsOfImage(
  disk: CrashDisk,
  dataFolder: string,
  folder: string,
  said: { confirmed: readonly Confirmed[]; sent: ReadonlySet<string> },
  random: () => number,
): string[] {
  // In memory where there is such a folder: what counts is what the image holds, not how fast it syncs.
  const image = join(existsSync('/dev/shm') ? '/dev/shm' : folder, `regulars-image-${process.pid}`);
  rmSync(image, { recursive: true, force: true });
  mkdirSync(image);
  writeFileSync(join(image, DATABASE), disk.image(join(dataFolder, DATABASE), random));
  const log = disk.image(join(dataFolder, LOG), random);
  if (log.length > 0) writeFileSync(join(image, LOG), log);
  try {
    return faultsOf(join(image, DATABASE), said.confirmed, said.sent);
  } catch (cause) {
    return [`cannot be opened: ${cause instanceof Error ? cause.message : String(cause)}`];
  } finally {
    rmSync(image, { recursive: true, force: true });
  }
}
