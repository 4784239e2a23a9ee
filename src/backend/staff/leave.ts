import { done, type Outcome } from '#shop/refusal.ts';
import type { RequestContext } from '../context.ts';
import { writePublic } from '../public-write.ts';

/** Ends the session of this client. Doing it twice changes nothing. */
export function signOut(
  { env, clientId }: RequestContext,
  _input: unknown,
  operationId: string,
): Outcome<{ isSignedOut: true }> {
  const shop = env.shop();
  const session = env.sessions.of(clientId);
  if (shop === null || session === null) return done({ isSignedOut: true });
  const { staffId, sessionId } = session;
  const outcome = writePublic(env, shop, { action: 'staff.signOut', operationId, staffId, sessionId }, () =>
    done({ isSignedOut: true as const }),
  );
  env.sessions.end(clientId);
  return outcome;
}

/** Locks the screen of this client; the sale being rung up stays. Whoever signs in next opens it. */
export function lockScreen(
  { env, clientId }: RequestContext,
  _input: unknown,
  operationId: string,
): Outcome<{ isLocked: true }> {
  const shop = env.shop();
  const session = env.sessions.of(clientId);
  if (shop === null || session === null || session.isLocked) return done({ isLocked: true });
  const { staffId, sessionId } = session;
  const outcome = writePublic(env, shop, { action: 'staff.lock', operationId, staffId, sessionId }, () =>
    done({ isLocked: true as const }),
  );
  env.sessions.lock(clientId);
  return outcome;
}
