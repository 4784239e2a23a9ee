import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../durable-file.ts';

/** What is looked at, in this order. */
export type CheckedPart = 'schema' | 'ledgers' | 'voucher' | 'sale' | 'receipt';

/** One part of the check; where it is not good, the code under which the log holds why. */
export interface PartFound {
  readonly part: CheckedPart;
  readonly isGood: boolean;
  readonly errorCode: string | null;
}

/** Which version last opened the folder, when (UTC ms, by the computer's clock), and what it found; no parts before there is a shop. */
export interface VersionCheck {
  readonly appVersion: string;
  readonly atMs: number;
  readonly parts: readonly PartFound[];
}

const FILE = 'last-version.json';

/** What the version that last opened the folder left; null before any, and where it cannot be read. */
export function readLastVersion(dataFolder: string): VersionCheck | null {
  const path = join(dataFolder, FILE);
  if (!existsSync(path)) return null;
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Partial<VersionCheck>;
    const { appVersion, atMs = 0, parts = [] } = kept;
    return typeof appVersion === 'string' && Array.isArray(parts) ? { appVersion, atMs, parts } : null;
  } catch {
    return null;
  }
}

/** Keeps that this version has opened the folder, and what it found. */
export function keepLastVersion(dataFolder: string, check: VersionCheck): void {
  writeDurably(join(dataFolder, FILE), `${JSON.stringify(check)}\n`);
}
