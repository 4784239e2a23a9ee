import { statSync } from 'node:fs';

/**
 * Returns what tells the program file that is in place now from the one before it; null while it cannot be read, as in the
 * middle of an installation.
 */
export function installedStamp(path: string): string | null {
  // Electron would show an archive as the folder inside it; the file itself is meant.
  const electronProcess = process as NodeJS.Process & { noAsar?: boolean };
  const noAsar = electronProcess.noAsar ?? false;
  electronProcess.noAsar = true;
  try {
    const { ino, size, mtimeMs } = statSync(path);
    return `${ino}-${size}-${mtimeMs}`;
  } catch {
    return null;
  } finally {
    electronProcess.noAsar = noAsar;
  }
}
