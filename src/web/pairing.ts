import { createHash, randomBytes, randomUUID } from 'node:crypto';

const CODE_LIFETIME_MS = 10 * 60_000;
const TOKEN_IDLE_LIMIT_MS = 24 * 60 * 60_000;
const MAX_TOKENS = 32;
const SECRET_BYTES = 32;

/** As what a browser tab is paired: the till, or the screen that faces the customer, which may hardly anything. */
export type ClientRole = 'till' | 'customer';

export interface Pairing {
  /** Makes a new one-time code; the one before it for the same role is void from now on. */
  issueCode(role: ClientRole): string;
  /** The token for `code`, once and within its lifetime; else null. */
  exchange(code: string): string | null;
  /** The client that holds `token`, as what it was paired, or null when nobody does. Counts as use. */
  clientOf(token: string): { readonly clientId: string; readonly role: ClientRole } | null;
}

interface Deps {
  /** Any clock that nobody can set, in ms: a clock set forward signs nobody out (fault F11). */
  readonly nowMs: () => number;
  /** Called when a client's token is dropped, because it lay unused for a day or too many newer ones came. */
  readonly onClientGone: (clientId: string) => void;
}

/**
 * Hands browsers their tokens. Codes and tokens carry 256 random bits, live in memory only and die with the process.
 * They are kept and compared as hashes, so that how long a comparison takes says nothing about them.
 */
export function createPairing({ nowMs, onClientGone }: Deps): Pairing {
  const clients = new Map<string, { clientId: string; role: ClientRole; usedAtMs: number }>();
  const codes = new Map<string, { role: ClientRole; expiresAtMs: number }>();

  function dropStale(): void {
    const oldestFirst = [...clients].sort(([, a], [, b]) => a.usedAtMs - b.usedAtMs);
    const surplus = clients.size - MAX_TOKENS;
    oldestFirst.forEach(([hash, client], index) => {
      // The customer's screen shows and asks for nothing for days.
      const isIdle = client.role === 'till' && nowMs() - client.usedAtMs >= TOKEN_IDLE_LIMIT_MS;
      if (index >= surplus && !isIdle) return;
      clients.delete(hash);
      onClientGone(client.clientId);
    });
  }

  return {
    issueCode(role) {
      const code = newSecret();
      for (const [hash, known] of codes) if (known.role === role) codes.delete(hash);
      codes.set(hashOf(code), { role, expiresAtMs: nowMs() + CODE_LIFETIME_MS });
      return code;
    },
    exchange(code) {
      const hash = hashOf(code);
      const known = codes.get(hash);
      if (known === undefined) return null;
      codes.delete(hash);
      if (nowMs() >= known.expiresAtMs) return null;
      const token = newSecret();
      const { role } = known;
      clients.set(hashOf(token), { clientId: `browser-${randomUUID()}`, role, usedAtMs: nowMs() });
      dropStale();
      return token;
    },
    clientOf(token) {
      dropStale();
      const client = clients.get(hashOf(token));
      if (client === undefined) return null;
      client.usedAtMs = nowMs();
      return { clientId: client.clientId, role: client.role };
    },
  };
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
