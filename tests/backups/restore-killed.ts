import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { MANAGER_PIN } from '../support/test-backend.ts';
import { openFolderShop } from './folder-shop.ts';

const CHILD = join(import.meta.dirname, 'restore-child.ts');

/** A folder that waits for its restore: the copy's state in light, the later one in dark, the last of it in the log alone. */
export async function folderThatWaits(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-killed-'));
  const shop = await openFolderShop(folder);
  const { caller, op, env } = shop;
  await caller.settings.update(op({ changes: { theme: 'light' as const } }));
  const { name } = await env.copies.make('manual', 0);
  await caller.settings.update(op({ changes: { theme: 'dark' as const } }));
  await caller.backups.restore(op({ name, pin: MANAGER_PIN }));
  // As a power cut leaves it: what came last stands in the log alone.
  const template = mkdtempSync(join(tmpdir(), 'regulars-killed-'));
  cpSync(folder, template, { recursive: true });
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
  return template;
}

/** Starts the restore in a copy of the folder, dying at the n-th thing that it does to the disk (0: not at all). */
export function startAndDie(template: string, dieAt: number): { folder: string; calls: number } {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-killed-'));
  cpSync(template, folder, { recursive: true });
  const { stdout } = spawnSync(process.execPath, [CHILD, folder, String(dieAt)], { encoding: 'utf8' });
  return { folder, calls: Number(stdout.trim()) };
}

/** What a folder holds after the next start has ended the restore; it is removed. */
export async function afterNextStart(folder: string) {
  const shop = await openFolderShop(folder, { appVersion: '1.0.0' });
  const { env, caller } = shop;
  const theme = env.settings().theme;
  const phase = (await caller.backups.list()).restore?.phase;
  const chain = (await caller.activity.verifyChain()).ok;
  await shop.close();
  const connection = new Database(join(folder, 'regulars.sqlite'));
  const whole = connection.pragma('integrity_check', { simple: true });
  const life = connection.prepare('SELECT incarnation FROM terminal_state').pluck().get();
  const noted = connection.prepare("SELECT COUNT(*) FROM outbox WHERE type = 'backups.restored'").pluck().get();
  connection.close();
  const isLeft = existsSync(join(folder, 'restoring.sqlite'));
  rmSync(folder, { recursive: true, force: true });
  return { theme, phase, chain, whole, life, noted, isLeft };
}

export const RESTORED = { theme: 'light', phase: 'noted', chain: true, whole: 'ok', life: 2, noted: 1, isLeft: false };
