import { app, type Session, type WebContents } from 'electron';
import { isAppUrl } from './app-protocol.ts';

/**
 * Denies by default, for every session and every page there will ever be, whoever makes it.
 * Call before the app is ready, so that no session is older than its rules.
 */
export function denyByDefault(): void {
  app.on('session-created', lockSession);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
}

/** The one permission granted: the camera, asked for by our own top-level page, without the microphone. */
function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const wantsVideoOnly =
      'mediaTypes' in details && details.mediaTypes?.length === 1 && details.mediaTypes[0] === 'video';
    callback(
      permission === 'media' && wantsVideoOnly === true && details.isMainFrame && isAppUrl(details.requestingUrl),
    );
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const isCamera = permission === 'media' && details.mediaType === 'video';
    return isCamera && details.isMainFrame && isAppUrl(requestingOrigin);
  });
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }));
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isLocal(details.url) }));
  session.on('will-download', (event, item) => {
    // Exports are made in the page and saved from there; nothing is ever downloaded from elsewhere.
    if (!item.getURL().startsWith('blob:app://till/')) event.preventDefault();
  });
  session.setSpellCheckerEnabled(false);
}

/** Pages stay where they are, open nothing, embed nothing. External links are never opened. */
function lockContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event, url) => {
    if (!isAppUrl(url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}

/** What a page may load: our own files, and data it made itself. `devtools:` exists only while developing. */
function isLocal(url: string): boolean {
  if (isAppUrl(url) || url.startsWith('data:') || url.startsWith('blob:app://till/')) return true;
  return !app.isPackaged && url.startsWith('devtools:');
}
