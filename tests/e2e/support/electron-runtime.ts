import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standInFolder } from '../../../scripts/stand-in/runtime.mjs';
import { addonPath } from '../../../scripts/stand-in/sqlite-addon.mjs';

/** The user that Electron runs as when the tests run as root, so that its sandbox stays on. */
const PLAIN_USER = 65_534;

export interface ElectronRuntime {
  readonly executable: string;
  readonly env: Readonly<Record<string, string>>;
  /** True when the sandbox is on, as it always is in the product. */
  readonly isSandboxed: boolean;
}

/** True when there is an Electron to test with: the one `npm test` found, or a stand-in fetched before. */
export function hasElectron(): boolean {
  return existsSync(electronExecutable());
}

/**
 * How to start Electron with its files in `folder`. Root cannot have a sandbox, so for root it is started as a plain
 * user who owns the folder; only where that user cannot read the project the sandbox is switched off, here and
 * nowhere in the product.
 */
export function prepareElectron(folder: string): ElectronRuntime {
  const executable = electronExecutable();
  const addon = process.env.REGULARS_SQLITE_ADDON ?? addonPath();
  const env: Record<string, string> = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
  if (existsSync(addon)) env.REGULARS_SQLITE_ADDON = addon;
  if (process.getuid?.() !== 0) return { executable, env, isSandboxed: true };
  if (!canPlainUserRun(executable)) return { executable, env, isSandboxed: false };
  chownSync(folder, PLAIN_USER, PLAIN_USER);
  const keys = process.env.XAUTHORITY;
  if (keys !== undefined && existsSync(keys)) {
    env.XAUTHORITY = join(folder, 'display-keys');
    copyFileSync(keys, env.XAUTHORITY);
    chownSync(env.XAUTHORITY, PLAIN_USER, PLAIN_USER);
  }
  const wrapper = join(folder, 'electron-as-plain-user');
  const change = `setpriv --reuid=${PLAIN_USER} --regid=${PLAIN_USER} --clear-groups`;
  writeFileSync(wrapper, `#!/bin/sh\nexec ${change} '${executable}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  return { executable: wrapper, env, isSandboxed: true };
}

/** Gives what root made in the folder to the plain user, where the tests run as root. */
export function giveToPlainUser(folder: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', `${PLAIN_USER}:${PLAIN_USER}`, folder]);
}

function electronExecutable(): string {
  return process.env.REGULARS_ELECTRON ?? join(standInFolder(), 'electron');
}

function canPlainUserRun(executable: string): boolean {
  const asPlainUser = ['--reuid', String(PLAIN_USER), '--regid', String(PLAIN_USER), '--clear-groups'];
  const probe = ['sh', '-c', `test -x '${executable}' && test -r out/main/index.cjs && unshare -Ur true`];
  return spawnSync('setpriv', [...asPlainUser, ...probe], { stdio: 'ignore' }).status === 0;
}
