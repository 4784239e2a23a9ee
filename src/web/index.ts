import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Devices } from '#backend/context.ts';
import { openBackend } from '#backend/start.ts';
import { createSystemClock } from '#backend/time/system-clock.ts';
import { type HostSettings, readHostSettings } from '../host/host-settings.ts';
import { installedStamp } from '../host/installed-stamp.ts';
import { openRendererFiles } from '../host/renderer-files.ts';
import { describeStartFailure, START_FAILED_EXIT_CODE } from '../host/start-failure.ts';
import { startWebServer, type WebServer, type WebServerDeps } from './http.ts';
import { openBrowser } from './open-browser.ts';
import { createPairing, type Pairing } from './pairing.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const OUT = join(HERE, '..');
const USUAL_PORT = 47_600;
/** A browser prints for itself: this host has no paper of its own. Its second screen is a tab that is paired as one. */
const browserDevices = (customerAddress: () => string): Devices => ({
  printReceipt: async () => 'use-browser-print',
  saveReceiptPdf: async () => 'use-browser-print',
  openCustomerScreen: async () => ({ kind: 'address', address: customerAddress() }),
  closeCustomerScreen: () => undefined,
});

const settings = readHostSettings(process.env, null);
run(settings).catch((error: unknown) => {
  process.stderr.write(`${describeStartFailure(error).sentence}\n`);
  process.exit(START_FAILED_EXIT_CODE);
});

async function run({ dataFolder, isDemo, nativeBinding, port }: HostSettings): Promise<void> {
  const late = { customerAddress: (): string => '', stop: (): void => undefined };
  const backend = await openBackend({
    dataFolder,
    host: 'web',
    appVersion: process.env.REGULARS_VERSION ?? '0.0.0',
    nativeBinding: nativeBinding ?? undefined,
    demo: isDemo,
    workers: {
      read: join(HERE, 'read-worker.cjs'),
      checkpoint: join(HERE, 'checkpoint-worker.cjs'),
      copy: join(HERE, 'copy-worker.cjs'),
    },
    restart: {
      isByItself: false,
      run: () => {
        process.stdout.write('A copy is put back at the next start: start the console again.\n');
        late.stop();
      },
    },
    installedStamp: () => installedStamp(join(HERE, 'web.cjs')),
    devices: browserDevices(() => late.customerAddress()),
  });
  const pairing = createPairing({ nowMs: createSystemClock().monotonicMs, onClientGone: backend.onClientGone });
  const files = openRendererFiles(OUT);
  const { router, customerRouter, createContext } = backend;
  const deps = { router, customerRouter, createContext, pairing, files };
  const server = await listenWhereWeMay(deps, port).catch(async (error: unknown) => {
    await backend.close();
    throw error;
  });
  late.customerAddress = () => `http://127.0.0.1:${server.port}/#/customer?pair=${pairing.issueCode('customer')}`;
  const forget = announce(server, pairing, dataFolder);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop());
  }
  const stop = once(async () => {
    forget?.();
    await server.close();
    await backend.close();
    process.exit(0);
  });
  late.stop = () => void stop();
}

async function listenWhereWeMay(deps: Omit<WebServerDeps, 'port'>, port: number | null): Promise<WebServer> {
  try {
    return await startWebServer({ ...deps, port: port ?? USUAL_PORT });
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (isTaken && port === null) return startWebServer({ ...deps, port: 0 });
    if (!isTaken) throw error;
    throw Object.assign(new Error(`Port ${port} is in use by another program: choose another with --port.`), {
      code: 'port-in-use',
    });
  }
}

function announce(server: WebServer, pairing: Pairing, dataFolder: string): (() => void) | null {
  const newAddress = () => `http://127.0.0.1:${server.port}/#/?pair=${pairing.issueCode('till')}`;
  const print = (address: string) =>
    process.stdout.write(`Open this address once to sign this browser in (good for 10 minutes):\n  ${address}\n`);
  const address = newAddress();
  print(address);
  if (process.stdin.isTTY) {
    process.stdout.write('Press Enter for a new address, Ctrl C to stop.\n');
    process.stdin.on('data', () => print(newAddress())).unref();
  }
  return openBrowser(address, { folder: dataFolder, env: process.env });
}

function once<T>(action: () => T): () => T | undefined {
  const done = { yet: false };
  return () => {
    if (done.yet) return undefined;
    done.yet = true;
    return action();
  };
}
