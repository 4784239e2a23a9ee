import type { Session, SessionBook } from './context.ts';

/** Returns who is signed in where; onChange is told of each change. Kept in memory: after a restart everybody signs in again. */
export function createSessionBook(onChange: () => void): SessionBook {
  const sessions = new Map<string, Session>();
  return {
    of: (clientId) => sessions.get(clientId) ?? null,
    isAnybodyAtWork: () => [...sessions.values()].some(({ isLocked }) => !isLocked),
    begin: (clientId, session) => {
      sessions.set(clientId, session);
      onChange();
    },
    lock: (clientId) => {
      const session = sessions.get(clientId);
      if (session !== undefined) sessions.set(clientId, { ...session, isLocked: true });
      onChange();
    },
    end: (clientId) => {
      sessions.delete(clientId);
      onChange();
    },
    endAllOf: (staffId) => {
      for (const [clientId, session] of sessions) if (session.staffId === staffId) sessions.delete(clientId);
      onChange();
    },
  };
}
