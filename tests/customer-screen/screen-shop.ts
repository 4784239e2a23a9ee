import { expect, vi } from 'vitest';
import { customerRouter } from '#backend/customer-screen/customer-router.ts';
import { createCallerFactory } from '#backend/trpc.ts';
import type { CustomerScreenState } from '#shop/customer-screen/screen-state.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { createValueShop, type ValueShop } from '../till/value-shop.ts';

const createScreen = createCallerFactory(customerRouter);
type OfMoment<Moment> = Extract<CustomerScreenState, { moment: Moment }>;

export interface ScreenShop extends ValueShop {
  readonly screen: ReturnType<typeof createScreen>;
  /** Every state that the screen was ever sent. */
  readonly states: readonly CustomerScreenState[];
  /** Shows a sale as the cashier's till does. */
  show(draft: SaleDraft | null, moment?: 'order' | 'paying'): Promise<unknown>;
  /** The newest state, once it is of this moment and fits. */
  seen<Moment extends CustomerScreenState['moment']>(
    moment: Moment,
    fits?: (state: OfMoment<Moment>) => boolean,
  ): Promise<OfMoment<Moment>>;
  /** What the customer asked the till for. */
  requests(): Promise<Awaited<ReturnType<ValueShop['cashier']['devices']['customerScreen']>>['requests']>;
  /** Enrols a customer as the counter does. */
  enrol(fullName: string, more?: object): Promise<{ customerId: string; code: string }>;
  leave(): void;
}

/** A shop in dollars whose till has a customer's screen that listens. */
export async function createScreenShop(): Promise<ScreenShop> {
  const shop = await createValueShop();
  const { env, cashier } = shop;
  const leaving = new AbortController();
  const screen = createScreen({ env, clientId: 'customer-1' }, { signal: leaving.signal });
  const states: CustomerScreenState[] = [];
  const listening = (async () => {
    for await (const state of await screen.state()) states.push(state);
  })();
  listening.catch(() => undefined);
  await vi.waitFor(() => expect(states).not.toEqual([]));
  return {
    ...shop,
    screen,
    states,
    show: (draft, moment = 'order') =>
      cashier.devices.showOnScreen(shop.op({ draft, moment, tenderKind: 'cash' }) as never),
    seen: (moment, fits = () => true) =>
      vi.waitFor(
        () => {
          const last = states.at(-1);
          expect(last).toMatchObject({ moment });
          expect(fits(last as never), JSON.stringify(last)).toBe(true);
          return last as never;
        },
        { timeout: 3000, interval: 10 },
      ),
    requests: async () => (await cashier.devices.customerScreen()).requests,
    enrol: async (fullName, more = {}) => {
      const { customerId, code } = await cashier.customers.enrol(
        shop.op({ name: fullName, consentMarketing: false, ...more }) as never,
      );
      return { customerId, code };
    },
    leave: () => {
      leaving.abort();
      shop.close();
    },
  };
}
