import type { Session } from 'electron';
import type { RendererFiles } from '../host/renderer-files.ts';
import { SECURITY_HEADERS } from '../host/security-headers.ts';

export const APP_SCHEME = 'app';
const APP_HOST = 'till';
const LAST_PIECE_MS = 10;
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`;

/**
 * What our scheme may do, registered before Electron is ready. `corsEnabled` is absent on purpose: setting it would
 * permit other origins to read our files. No service workers, no bypassing of the content security policy.
 */
export const APP_PRIVILEGES = { standard: true, secure: true, supportFetchAPI: true, stream: true } as const;

/** True when `url` is a page of ours: our scheme and our one host, compared after parsing. */
export function isAppUrl(url: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(url);
    return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === '';
  } catch {
    return false;
  }
}

/**
 * Serves the renderer in `session`: GET of listed files, everything else is 404 or 405. Returns when the page has all that
 * it asks for before its own code runs.
 */
export function serveApp(session: Session, files: RendererFiles): Promise<void> {
  const missing = new Set(files.first);
  return new Promise((resolve) => {
    serveFiles(session, files, (path) => {
      missing.delete(path);
      // Its last piece goes out in turns of its own.
      if (missing.size === 0) setTimeout(resolve, LAST_PIECE_MS);
    });
  });
}

function serveFiles(session: Session, files: RendererFiles, onGiven: (path: string) => void): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    if (!isAppUrl(request.url)) return refuse(404);
    if (request.method !== 'GET') return refuse(405);
    const file = files.find(new URL(request.url).pathname);
    if (file === null) return refuse(404);
    try {
      const headers = { ...SECURITY_HEADERS, 'content-type': file.type, 'cache-control': 'no-store' };
      const content = await file.read();
      onGiven(file.path);
      return new Response(content, { headers });
    } catch {
      return refuse(404);
    }
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}
