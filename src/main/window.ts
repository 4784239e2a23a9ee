import { BrowserWindow, type Session, type WebPreferences } from 'electron';
import { APP_URL } from './app-protocol.ts';

const USUAL_SIZE = { width: 1440, height: 900 };
const SMALLEST_SIZE = { minWidth: 1024, minHeight: 700 };
const MANY_CRASHES = 3;
const CRASH_WINDOW_MS = 5 * 60_000;
const CALM_DOWN_MS = 10_000;

/** What every window of ours is made of. */
export interface PageOptions {
  readonly preload: string;
  readonly session: Session;
  readonly isPackaged: boolean;
}

/** Makes the till's window. */
export function openTillWindow(options: PageOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...USUAL_SIZE,
    ...SMALLEST_SIZE,
    show: false,
    title: 'Regulars',
    autoHideMenuBar: true,
    webPreferences: pagePreferences(options),
  });
  window.once('ready-to-show', () => window.show());
  reloadAfterCrash(window, APP_URL);
  void window.loadURL(APP_URL);
  return window;
}

/** What a page of ours may: nothing but run, and speak by the preload script. The same for every window. */
export function pagePreferences({ preload, session, isPackaged }: PageOptions): WebPreferences {
  return {
    preload,
    session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    devTools: !isPackaged,
  };
}

/** Brings the window to the front, for a second start of the same shop. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** A crashed page comes back at once: the sale in progress is kept by the back end. Many crashes slow it down. */
export function reloadAfterCrash(window: BrowserWindow, url: string): void {
  const crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit' || window.isDestroyed()) return;
    const nowMs = performance.now();
    crashes.push(nowMs);
    const recent = crashes.filter((atMs) => nowMs - atMs < CRASH_WINDOW_MS).length;
    setTimeout(
      () => {
        if (!window.isDestroyed()) void window.loadURL(url);
      },
      recent >= MANY_CRASHES ? CALM_DOWN_MS : 0,
    );
  });
}
