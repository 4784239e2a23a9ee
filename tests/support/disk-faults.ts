import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

/** Whether the disk of a running process can be made to fail here (Linux, the Debian package strace, the right to trace). */
export function canBreakDisk(): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync('strace', ['-f', '-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0;
}

export interface DiskFault {
  /** System calls that fail. */
  readonly calls: 'pwrite64' | 'fdatasync,fsync' | 'pread64';
  readonly error: 'EIO' | 'ENOSPC';
  /** Only for this file. */
  readonly path: string;
  /** How often a thread's call fails; without it, until the fault is mended. */
  readonly times?: number;
}

/**
 * Lets the disk under a running process fail: its system calls on one file are answered with an error of the system, as a
 * broken or a full disk answers them. Resolves, once the fault is in place, with how to mend it.
 */
export function breakDisk(processId: number, fault: DiskFault): Promise<() => Promise<void>> {
  const { calls, error, path, times } = fault;
  const when = times === undefined ? '1+' : times === 1 ? '1' : `1..${times}`;
  return intercept(processId, path, calls, `error=${error}:when=${when}`);
}

/** Kills a process as it is about to write to a file for the first time from now on. */
export function killAtWrite(processId: number, path: string): Promise<() => Promise<void>> {
  return intercept(processId, path, 'pwrite64', 'signal=KILL:when=1');
}

/**
 * Holds a process for some seconds between a sync of its log, which was done, and the sync's return. Something must have
 * been committed since the log was last folded back: a log that is started over begins with a head, synced by itself.
 */
export function holdAfterCommit(processId: number, path: string): Promise<() => Promise<void>> {
  return intercept(processId, path, 'fdatasync,fsync', 'delay_exit=4000000:when=1');
}

async function intercept(processId: number, path: string, calls: string, what: string): Promise<() => Promise<void>> {
  const inject = `inject=${calls}:${what}`;
  const args = ['-f', '-P', path, '-e', `trace=${calls}`, '-e', inject, '-o', '/dev/null', '-p', String(processId)];
  const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  await attached(tracer);
  return async () => {
    if (tracer.exitCode !== null || tracer.signalCode !== null) return;
    const ended = new Promise((resolve) => tracer.once('exit', resolve));
    tracer.kill('SIGINT');
    await ended;
  };
}

function attached(tracer: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const heard: string[] = [];
    tracer.stderr?.on('data', (chunk) => {
      heard.push(String(chunk));
      if (heard.join('').includes('attached')) resolve();
    });
    tracer.once('exit', (code) => reject(new Error(`strace ended (${code}): ${heard.join('')}`)));
  });
}
