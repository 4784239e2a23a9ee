import { z } from 'zod';
import { idSchema } from '#shop/ids/ids.ts';
import { done, type Outcome, type RefusalReason } from '#shop/refusal.ts';
import { saleDraftSchema, tenderKindSchema } from '#shop/till/sale-draft-schema.ts';
import type { ReadScope, RequestContext } from '../context.ts';
import { tellTill } from './follow-state.ts';
import type { ScreenRequest } from './screen-book.ts';

export const showOnScreenSchema = z.strictObject({
  /** The sale on the till's screen; null where there is none. */
  draft: saleDraftSchema.nullable(),
  moment: z.enum(['order', 'paying']),
  tenderKind: tenderKindSchema.default('cash'),
});

/** Leaves the sale that this window shows with the customer's screen: in memory, and only while one listens. */
export function showOnScreen(
  { env, clientId }: RequestContext,
  { draft, moment, tenderKind }: z.output<typeof showOnScreenSchema>,
): Outcome<{ readonly isWatched: boolean }> {
  const isWatched = env.screens.isWatched;
  if (isWatched) env.screens.show({ clientId, draft, moment, tenderKind });
  return done({ isWatched });
}

export interface TillsScreen {
  /** Whether a screen listens: then the till shows it what it does. */
  readonly isOpen: boolean;
  /** Whether the host opens a window; else a browser tab is paired. */
  readonly isWindow: boolean;
  /** What the customer did, for this window to do. */
  readonly requests: readonly ScreenRequest[];
}

/** What the till's window is to know of the customer's screen. */
export function readScreen({ env, clientId }: ReadScope): TillsScreen {
  const isOwn = env.screens.shown?.clientId === clientId;
  return {
    isOpen: env.screens.isWatched,
    isWindow: env.host === 'electron',
    requests: isOwn ? env.screens.requests : [],
  };
}

export const finishRequestSchema = z.strictObject({
  requestId: idSchema,
  /** Why it was not done; null where it was. */
  reason: z.string().max(60).nullable(),
});

/** Takes a request off the list, done or refused; false where there is no such request any more. */
export function finishRequest(
  { env }: RequestContext,
  { requestId, reason }: z.output<typeof finishRequestSchema>,
): Outcome<{ readonly isOpen: boolean }> {
  const isOpen = env.screens.finish(requestId, reason as RefusalReason | null);
  if (isOpen) tellTill(env);
  return done({ isOpen });
}
