import type { CustomerScreenState } from '#shop/customer-screen/screen-state.ts';
import type { BackendEnv } from '../context.ts';
import { composeState } from './compose-state.ts';

/** So often what follows from the time alone is looked at: the end of what was paid, a day that begins. */
const LOOK_AGAIN_MS = 500;
const LOOK_AGAIN_IDLE_MS = 30_000;

/** Yields what the customer's screen shows, whole, whenever it is another; ends when the signal aborts. */
export async function* followState(
  env: BackendEnv,
  signal: AbortSignal,
): AsyncGenerator<CustomerScreenState, void, undefined> {
  const state = { isChanged: true, wake: (): void => undefined, shown: '' };
  const change = (): void => {
    state.isChanged = true;
    // A turn later: the answer to the till goes first.
    setImmediate(() => state.wake());
  };
  const stop = (): void => state.wake();
  const unwatch = env.screens.watch(change);
  signal.addEventListener('abort', stop);
  tellTill(env);
  void followFeed(env, change, signal);
  try {
    while (!signal.aborted) {
      state.isChanged = false;
      const composed = composedOrNull(env);
      const text = JSON.stringify(composed);
      if (composed !== null && text !== state.shown) {
        state.shown = text;
        yield composed;
      }
      if (!state.isChanged && !signal.aborted) await wakened(state, composed?.moment === 'paid');
    }
  } finally {
    signal.removeEventListener('abort', stop);
    unwatch();
    tellTill(env);
  }
}

/** What it shows now; null where there is no shop, or where it could not be read: the screen keeps what it has, and looks again. */
function composedOrNull(env: BackendEnv): CustomerScreenState | null {
  try {
    return composeState(env);
  } catch (cause) {
    env.logError('customer-screen-state', cause);
    return null;
  }
}

async function wakened(state: { wake: () => void }, isSoon: boolean): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, isSoon ? LOOK_AGAIN_MS : LOOK_AGAIN_IDLE_MS);
    timer.unref();
    state.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

async function followFeed(env: BackendEnv, change: () => void, signal: AbortSignal): Promise<void> {
  for await (const _ of env.feed.follow(signal)) change();
}

/** The till asks again whether a screen listens, and for what its customer did. */
export function tellTill(env: BackendEnv): void {
  env.feed.announce(new Set(['customer-screen']));
}
