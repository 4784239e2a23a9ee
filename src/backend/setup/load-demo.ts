import { z } from 'zod';
import { done, type Outcome, refuse } from '#shop/refusal.ts';
import type { RequestContext } from '../context.ts';
import { makeDemoShop } from '../demo/make-demo.ts';

export const loadDemoSchema = z.strictObject({ language: z.enum(['en', 'es']) });

/** The same café on every machine. */
export const DEMO_SEED = 20_261_121;

/** Fills an empty console with the sample shop; people then sign in with the PINs that its sign-in screen tells. Refuses 'not-in-first-run'. */
export async function loadDemo(
  { env }: RequestContext,
  { language }: z.output<typeof loadDemoSchema>,
): Promise<Outcome<{ staffId: string }>> {
  if (env.shop() !== null) return refuse('not-in-first-run');
  const made = await makeDemoShop(env, { language, seed: DEMO_SEED, nowMs: env.time.now().bookedMs });
  // Ninety days were written at once: the log is cut before the first customer comes.
  env.db.checkpoint();
  return done(made);
}
