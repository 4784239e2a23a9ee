import { BrowserWindow, screen, type WebContents } from 'electron';
import { APP_URL } from './app-protocol.ts';
import { type PageOptions, pagePreferences, reloadAfterCrash } from './window.ts';

const CUSTOMER_URL = `${APP_URL}#/customer`;
const USUAL_SIZE = { width: 1024, height: 640, minWidth: 480, minHeight: 320 };

/** The window that faces the customer: at most one, and it is known by this alone what its page may ask for. */
export interface CustomerWindow {
  /** Opens it, or shows the one that is open. */
  open(): void;
  close(): void;
  /** Whether a page is the customer's; for good, also while it closes. */
  isCustomers(contents: WebContents): boolean;
}

/**
 * Returns the customer's window, closed. On a second display it fills it and never takes the keyboard, which the hand scanner types
 * on; where there is one display it is an ordinary window.
 */
export function createCustomerWindow(options: PageOptions, till: () => BrowserWindow | null): CustomerWindow {
  const customers = new WeakSet<WebContents>();
  const open: { window: BrowserWindow | null } = { window: null };

  function make(): BrowserWindow {
    const window = new BrowserWindow({
      ...USUAL_SIZE,
      ...placeOn(till()),
      show: false,
      title: 'Regulars',
      autoHideMenuBar: true,
      webPreferences: pagePreferences(options),
    });
    customers.add(window.webContents);
    window.once('ready-to-show', () => window.showInactive());
    window.once('closed', () => {
      open.window = null;
    });
    reloadAfterCrash(window, CUSTOMER_URL);
    void window.loadURL(CUSTOMER_URL);
    return window;
  }

  return {
    open: () => {
      if (open.window === null) open.window = make();
      else open.window.showInactive();
    },
    close: () => open.window?.close(),
    isCustomers: (contents) => customers.has(contents),
  };
}

/** The whole of the first display on which the till's window is not. */
function placeOn(till: BrowserWindow | null): Electron.BrowserWindowConstructorOptions {
  if (till === null || till.isDestroyed()) return {};
  const { id } = screen.getDisplayMatching(till.getBounds());
  const other = screen.getAllDisplays().find((display) => display.id !== id);
  return other === undefined ? {} : { ...other.bounds, frame: false, fullscreen: true, focusable: false };
}
