// Runs other programs and keeps their last words for the message when one fails.
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Resolves with the standard output. Rejects with the last line of the error output when it exits non-zero. */
export function run(command, args, options = {}) {
  const { timeoutMs = 0, ...spawnOptions } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs, ...spawnOptions });
    const heard = { stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk) => {
      heard.stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      heard.stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(heard.stdout);
      const last = heard.stderr.trim().split('\n').at(-1) || `${command} ended with ${signal ?? code}`;
      reject(new Error(last.slice(0, 300)));
    });
  });
}

/** True when `command` is a program on this machine's path. */
export function commandExists(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
