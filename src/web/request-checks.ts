import type { IncomingHttpHeaders } from 'node:http';

export const TOKEN_HEADER = 'x-regulars-token';
/** Names the reason on every refusal of the host itself, so that it is not taken for one of the router's. */
export const REFUSAL_HEADER = 'x-regulars-refusal';

/** What is looked at before anything else happens to a request. */
export interface RequestFacts {
  readonly method: string;
  readonly pathname: string;
  readonly headers: IncomingHttpHeaders;
  /** How often the Host header was sent. */
  readonly hostCount: number;
}

export type CheckReason =
  | 'host-not-allowed'
  | 'origin-not-allowed'
  | 'cross-site'
  | 'method-not-allowed'
  | 'content-type-not-allowed';

export interface CheckRefusal {
  readonly status: number;
  readonly reason: CheckReason;
}

export type Area = 'procedure' | 'pairing' | 'file';

/** What part of the host a path belongs to. */
export function areaOf(pathname: string): Area {
  if (pathname.startsWith('/trpc/')) return 'procedure';
  return pathname === '/pair' ? 'pairing' : 'file';
}

/**
 * Decides whether a request may go on, before its token is looked at. Null means yes.
 * The Host list stops DNS rebinding; Origin and Sec-Fetch-Site stop other pages in the same browser; JSON only and a
 * header of our own force a preflight, which is never answered. A page's own links and frames send no Origin on GET,
 * so a GET is held to Sec-Fetch-Site; every POST must name its Origin.
 */
export function checkRequest(facts: RequestFacts, allowedHosts: ReadonlySet<string>): CheckRefusal | null {
  const { host, origin } = facts.headers;
  if (facts.hostCount !== 1 || host === undefined || !allowedHosts.has(host)) {
    return { status: 421, reason: 'host-not-allowed' };
  }
  const area = areaOf(facts.pathname);
  if (!methodsOf(area, facts.headers).includes(facts.method)) return { status: 405, reason: 'method-not-allowed' };
  const isOriginRequired = facts.method === 'POST';
  if (origin === undefined ? isOriginRequired : origin !== `http://${host}`) {
    return { status: 403, reason: 'origin-not-allowed' };
  }
  if (!isSiteAllowed(facts, area)) return { status: 403, reason: 'cross-site' };
  if (facts.method === 'POST' && !isJson(facts.headers['content-type'])) {
    return { status: 415, reason: 'content-type-not-allowed' };
  }
  return null;
}

/** Queries and mutations are POST, so that nothing of theirs stands in an address; only event streams are GET. */
function methodsOf(area: Area, headers: IncomingHttpHeaders): readonly string[] {
  if (area === 'file') return ['GET', 'HEAD'];
  const isEventStream = area === 'procedure' && headers.accept === 'text/event-stream';
  return isEventStream ? ['GET'] : ['POST'];
}

function isSiteAllowed({ headers, pathname }: RequestFacts, area: Area): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return true;
  // Following the sign-in address from a terminal, a mail or a file: a page of our own at the top of a tab.
  const isTopLevel = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return area === 'file' && pathname === '/' && isTopLevel;
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json(?:;\s*charset=utf-8)?$/i.test(contentType ?? '');
}
