import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Opens `address` in the person's browser where there is one. The address holds a secret and a program's arguments
 * can be read by everyone on the machine, so the browser is given a file of ours (readable by its owner alone) that
 * leads there. Returns a function that removes the file, or null when there is no browser to open.
 */
export function openBrowser(
  address: string,
  { folder, env }: { folder: string; env: Readonly<Record<string, string | undefined>> },
): (() => void) | null {
  const command = browserCommand(process.platform, env);
  if (command === null) return null;
  const file = join(folder, 'sign-in.html');
  rmSync(file, { force: true });
  writeFileSync(file, `<!doctype html><meta http-equiv="refresh" content="0;url=${address}">\n`, { mode: 0o600 });
  const child = spawn(command.program, [...command.args, pathToFileURL(file).href], {
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => rmSync(file, { force: true }));
  child.unref();
  return () => rmSync(file, { force: true });
}

function browserCommand(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): { program: string; args: string[] } | null {
  if (env.REGULARS_NO_BROWSER === '1') return null;
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  if (platform === 'darwin') return { program: 'open', args: [] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { program: 'xdg-open', args: [] } : null;
}
