import { closeSync, openSync, readSync } from 'node:fs';

/** What a traced process did to its files and said to the world, in order. */
export type DiskStep =
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'sync'; readonly path: string }
  | { readonly kind: 'say'; readonly text: string };

/** The calls to record; strings in full and in hexadecimal. */
export const STRACE_OPTIONS = [
  '-f',
  '-y',
  '-xx',
  '-s',
  '1000000',
  '-e',
  'trace=pwrite64,write,fdatasync,fsync,ftruncate',
] as const;

const CALL = /^\d+ +(pwrite64|write|fdatasync|fsync|ftruncate)\(\d+<((?:\\x[0-9a-f]{2})*)>(?:, (.*))?\) += (\d+)/;
const UNFINISHED = /^(\d+) +(.*) <unfinished \.\.\.>$/;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/;

/** Reads the log of strace line by line (it may be large). A call counts when it returned: a sync before that promises nothing. */
export function* readSteps(logPath: string): Generator<DiskStep> {
  const begun = new Map<string, string>();
  for (const line of linesOf(logPath)) {
    const unfinished = UNFINISHED.exec(line);
    if (unfinished !== null) {
      begun.set(unfinished[1] ?? '', unfinished[2] ?? '');
      continue;
    }
    const resumed = RESUMED.exec(line);
    const whole = resumed === null ? line : `${resumed[1]} ${begun.get(resumed[1] ?? '') ?? ''}${resumed[2]}`;
    const step = stepOf(whole);
    if (step !== null) yield step;
  }
}

function stepOf(line: string): DiskStep | null {
  const call = CALL.exec(line);
  if (call === null) return null;
  const [, name, hexPath = '', rest = '', returned = '0'] = call;
  const path = bytesOf(hexPath).toString();
  if (name === 'fsync' || name === 'fdatasync') return { kind: 'sync', path };
  if (name === 'ftruncate') return { kind: 'truncate', path, size: Number(rest) };
  const quoteEnd = rest.lastIndexOf('"');
  const bytes = bytesOf(rest.slice(1, quoteEnd)).subarray(0, Number(returned));
  if (name === 'write') return { kind: 'say', text: bytes.toString() };
  return { kind: 'write', path, offset: Number(rest.slice(rest.lastIndexOf(',') + 1)), bytes };
}

function bytesOf(hex: string): Buffer {
  return Buffer.from(hex.replaceAll('\\x', ''), 'hex');
}

function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(1 << 20);
  let rest = '';
  try {
    for (;;) {
      const count = readSync(file, chunk, 0, chunk.length, null);
      if (count === 0) break;
      const lines = (rest + chunk.toString('latin1', 0, count)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(file);
  }
}
