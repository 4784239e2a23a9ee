// What is worth knowing before a host starts: can the data folder be written, is the port free.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Stop } from './sentences.mjs';

/** Stops with a sentence when `folder` cannot be made or written. */
export function checkDataFolder(folder) {
  const probe = join(folder, `.can-write-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(probe, '');
    rmSync(probe);
  } catch (error) {
    throw new Stop(`The data folder ${folder} cannot be written (${error.code}): choose another with --data FOLDER.`);
  }
}

/** Stops with a sentence when `port` is taken or may not be used. */
export async function checkPort(port) {
  const code = await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve(null)));
  });
  if (code === 'EADDRINUSE') throw new Stop(`Port ${port} is in use by another program: choose another with --port.`);
  if (code !== null) throw new Stop(`Port ${port} cannot be used (${code}): choose another with --port.`);
}
