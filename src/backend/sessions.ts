import type { Session, SessionBook } from './context.ts';

/** Returns who is signed in where. Kept in memory: after a restart everybody signs in again. */
export function createSessionBook(): SessionBook {
  const sessions = new Map<string, Session>();
  return {
    of: (clientId) => sessions.get(clientId) ?? null,
    begin: (clientId, session) => {
      sessions.set(clientId, session);
    },
    lock: (clientId) => {
      const session = sessions.get(clientId);
      if (session !== undefined) sessions.set(clientId, { ...session, isLocked: true });
    },
    end: (clientId) => {
      sessions.delete(clientId);
    },
    endAllOf: (staffId) => {
      for (const [clientId, session] of sessions) if (session.staffId === staffId) sessions.delete(clientId);
    },
  };
}
