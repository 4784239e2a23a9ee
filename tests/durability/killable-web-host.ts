import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pairWith } from '../support/line.ts';
import { startWebProcess, type WebProcess } from '../support/web-process.ts';
import type { KillableHost } from './kill-loop.ts';

/** The web host on a folder of its own; the caller removes it at the end. */
export function killableWebHost(): KillableHost & { remove(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-kill-'));
  const running: { host: WebProcess | null } = { host: null };
  const kill = async () => {
    await running.host?.end('SIGKILL');
    running.host = null;
  };
  return {
    dataFolder: folder,
    open: async () => {
      running.host = await startWebProcess({ dataFolder: folder });
      return pairWith(running.host.address);
    },
    kill,
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
