// Runs another program in the foreground, as if it were this one: same terminal, same signals, same exit code.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves with { code, signal, ranMs } when the program has ended. */
export function runInForeground(command, args, { env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const startedAtMs = Date.now();
    const child = spawn(command, args, { stdio: 'inherit', env, cwd });
    const state = { wasStopped: false };
    const passOn = (signal) => {
      state.wasStopped = true;
      child.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, passOn);
    const leave = () => {
      for (const signal of PASSED_ON) process.off(signal, passOn);
    };
    child.on('error', (error) => {
      leave();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      leave();
      resolve({ code, signal, ranMs: Date.now() - startedAtMs, wasStopped: state.wasStopped });
    });
  });
}

/** The exit code a shell would report; a program we were asked to stop and that stopped has ended well. */
export function exitCodeOf({ code, signal, wasStopped }) {
  if (signal === null) return code;
  return wasStopped ? 0 : 128 + (constants.signals[signal] ?? 0);
}
