import { BrowserWindow, session } from 'electron';

const PRINT_PARTITION = 'receipts';
const MAX_HTML_CHARS = 512 * 1024;

/**
 * Shows `html` to `action` in a hidden window, then destroys it, whatever happened.
 * The page is data and not trusted: no script runs in it, it has no preload, a memory-only session of its own, and
 * that session loads nothing at all, not even a picture from elsewhere (pictures come as `data:` inside it).
 */
export async function withPrintWindow<T>(html: string, action: (window: BrowserWindow) => Promise<T>): Promise<T> {
  if (html.length > MAX_HTML_CHARS) throw new RangeError('A receipt this long cannot be printed.');
  const own = session.fromPartition(PRINT_PARTITION);
  own.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !details.url.startsWith('data:') }));
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: own,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      javascript: false,
      spellcheck: false,
      devTools: false,
    },
  });
  try {
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`);
    return await action(window);
  } finally {
    window.destroy();
  }
}
