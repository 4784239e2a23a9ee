/** The disk refused a write: full, or broken. Nothing of the command was kept; `cause` is what SQLite said. */
export class DiskFaultError extends Error {
  readonly fault: 'disk-full' | 'disk-broken';

  constructor(fault: 'disk-full' | 'disk-broken', cause: unknown) {
    super(fault === 'disk-full' ? 'the disk is full' : 'the disk does not answer as it should', { cause });
    this.fault = fault;
  }
}

/** Which fault of the disk an error of the database stands for; null for any other error. */
export function diskFaultOf(cause: unknown): DiskFaultError['fault'] | null {
  const code = (cause as { code?: unknown } | null)?.code;
  if (code === 'SQLITE_FULL') return 'disk-full';
  return typeof code === 'string' && code.startsWith('SQLITE_IOERR') ? 'disk-broken' : null;
}
