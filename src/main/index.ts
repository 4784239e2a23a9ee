import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, type BrowserWindow, dialog, Menu, protocol, session } from 'electron';
import type { Backend } from '#backend/start.ts';
import { installedStamp } from '../host/installed-stamp.ts';
import { readHostSettings } from '../host/host-settings.ts';
import { openRendererFiles } from '../host/renderer-files.ts';
import { describeStartFailure, START_FAILED_EXIT_CODE } from '../host/start-failure.ts';
import { APP_PRIVILEGES, APP_SCHEME, serveApp } from './app-protocol.ts';
import { createReceiptDevices } from './devices/receipt-devices.ts';
import { createCustomerWindow, type CustomerWindow } from './customer-window.ts';
import { serveRouterOverIpc } from './ipc.ts';
import { denyByDefault } from './security.ts';
import { focusWindow, openTillWindow } from './window.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A page that does not come does not keep the shop closed for longer than this. */
const LONGEST_PAGE_WAIT_MS = 1000;
const settings = readHostSettings(process.env, app.isPackaged ? process.resourcesPath : null);

// Root on Linux cannot have a sandbox; only a development build may be told to go without, by the tests.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: APP_PRIVILEGES }]);
denyByDefault();
// Electron's own answer is a dialog that stops this thread, and with it the shop, until somebody presses its button.
process.on('uncaughtException', (error) => process.stderr.write(`Went on after ${error.stack ?? error}\n`));
// The profile lies in the data folder: one shop, one lock, nothing of it left elsewhere on the machine.
try {
  mkdirSync(join(settings.dataFolder, 'window'), { recursive: true, mode: 0o700 });
  app.setPath('userData', join(settings.dataFolder, 'window'));
} catch (error) {
  fail(error);
}

if (app.requestSingleInstanceLock()) {
  run().catch(fail);
} else {
  process.stdout.write('The console is already open: its window is in front now.\n');
  app.exit(0);
}

async function run(): Promise<void> {
  const open: { window: BrowserWindow | null } = { window: null };
  app.on('second-instance', () => open.window && focusWindow(open.window));
  app.on('window-all-closed', () => app.quit());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  Menu.setApplicationMenu(process.platform === 'darwin' ? macMenu() : null);
  await app.whenReady();

  // A session of its own, in memory: nothing a page shows is kept on disk outside the database.
  const tillSession = session.fromPartition('till');
  // The page first, then the shop: opening it keeps this thread busy while the page's own process runs its code.
  const hear = { awake: (): void => undefined };
  const awake = new Promise<void>((resolve) => Object.assign(hear, { awake: resolve }));
  const page = Promise.all([serveApp(tillSession, openRendererFiles(join(HERE, '..'))), awake]);
  const preload = join(HERE, '../preload/index.cjs');
  const windows = { preload, session: tillSession, isPackaged: app.isPackaged };
  const customers = createCustomerWindow(windows, () => open.window);
  const opening = Promise.race([page, sleep(LONGEST_PAGE_WAIT_MS)]).then(() => openShop(customers));
  serveRouterOverIpc({
    served: opening,
    onAwake: () => hear.awake(),
    isCustomers: customers.isCustomers,
    onRefused: (channel, url) =>
      process.stderr.write(`Refused a message on ${channel} from ${url ?? 'a lost frame'}.\n`),
  });
  open.window = openTillWindow(windows);
  open.window.once('closed', () => {
    open.window = null;
    customers.close();
  });

  const backend = await opening;
  if (backend.wantsCustomerScreen() && open.window !== null) customers.open();
  app.on('will-quit', (event) => {
    event.preventDefault();
    void backend.close().finally(() => app.exit(0));
  });
}

/** Opens the shop of the data folder. Its code is loaded here and not before: it is most of what there is to load. */
async function openShop(customers: CustomerWindow): Promise<Backend> {
  const { openBackend } = await import('#backend/start.ts');
  return openBackend({
    dataFolder: settings.dataFolder,
    host: 'electron',
    appVersion: app.getVersion(),
    nativeBinding: settings.nativeBinding ?? undefined,
    demo: settings.isDemo,
    workers: {
      read: join(HERE, 'read-worker.cjs'),
      checkpoint: join(HERE, 'checkpoint-worker.cjs'),
      copy: join(HERE, 'copy-worker.cjs'),
    },
    restart: {
      isByItself: true,
      run: () => {
        app.relaunch();
        app.quit();
      },
    },
    installedStamp: () => installedStamp(app.isPackaged ? app.getAppPath() : join(HERE, 'index.cjs')),
    devices: {
      ...createReceiptDevices(),
      openCustomerScreen: async () => {
        customers.open();
        return { kind: 'window' };
      },
      closeCustomerScreen: customers.close,
    },
  });
}

/** macOS has no clipboard keys without these two menus. */
function macMenu(): Menu {
  return Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]);
}

function fail(error: unknown): void {
  const { sentence } = describeStartFailure(error);
  process.stderr.write(`${sentence}\n`);
  if (app.isPackaged) dialog.showErrorBox('Regulars', sentence);
  app.exit(START_FAILED_EXIT_CODE);
}
