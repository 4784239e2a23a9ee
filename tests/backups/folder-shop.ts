import type { BackendEnv } from '#backend/context.ts';
import { type Backend, type BackendOptions, openBackend } from '#backend/start.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { MANAGER_PIN, TEST_WORKERS, type TestCaller } from '../support/test-backend.ts';

/** A shop as a host opens it: real folder, real workers, its manager signed in. */
export interface FolderShop {
  readonly backend: Backend;
  readonly env: BackendEnv;
  readonly caller: TestCaller;
  readonly clock: FakeClock;
  op<Input>(input: Input): { operationId: string; input: Input };
  close(): Promise<void>;
}

export async function openFolderShop(
  dataFolder: string,
  options: Partial<BackendOptions> = {},
  clock = createFakeClock(),
): Promise<FolderShop> {
  const backend = await openBackend({
    dataFolder,
    host: 'web',
    appVersion: '1.0.0',
    workers: TEST_WORKERS,
    devices: null,
    clock,
    pinHashCost: { memoryKib: 8, passes: 1 },
    logError: () => undefined,
    ...options,
  });
  const context = backend.createContext({ clientId: 'manager' });
  const { env } = context;
  const caller: TestCaller = createCallerFactory(backend.router)(context);
  const op = <Input>(input: Input) => ({ operationId: env.newId(), input });
  if (backend.status().phase === 'first-run') {
    await caller.setup.createShop(
      op({
        shopName: 'Café Lapacho',
        country: 'PY',
        currency: 'PYG',
        timeZone: 'America/Asuncion',
        language: 'en' as const,
        region: 'es-PY',
        taxMode: 'inclusive' as const,
        dayStartsAtHour: 4,
        manager: { name: 'Marta Benítez', pin: MANAGER_PIN },
      }),
    );
  } else {
    const [manager] = await caller.staff.list();
    await caller.staff.signIn(op({ staffId: manager?.staffId ?? '', pin: MANAGER_PIN }));
  }
  return { backend, env, caller, clock, op, close: () => backend.close() };
}
