import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// A start that dies at the n-th thing it does to the disk: before it is done, as a power cut would have it. Prints how many there were.

const [folder = '', dieAt = '0'] = process.argv.slice(2);
const NAMES = [
  ...['copyFileSync', 'chmodSync', 'renameSync', 'mkdirSync', 'rmSync', 'writeSync', 'fsyncSync', 'openSync'],
] as const;
const state = { done: 0 };
const calls = fs as unknown as Record<string, (...args: unknown[]) => unknown>;
for (const name of NAMES) {
  const real = calls[name];
  calls[name] = (...args) => {
    state.done += 1;
    if (state.done === Number(dieAt)) process.kill(process.pid, 'SIGKILL');
    return real?.(...args);
  };
}
syncBuiltinESMExports();

const { carryOutRestore } = await import('#backend/backups/carry-out-restore.ts');
carryOutRestore(folder, null, Date.UTC(2026, 10, 22));
process.stdout.write(`${state.done}\n`);
