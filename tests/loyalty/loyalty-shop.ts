import { type Programme, programmeSchema } from '#shop/points/programme.ts';
import type { RedemptionDraft, SaleLineDraft } from '#shop/till/sale.ts';
import type { TestBackendOptions } from '../support/test-backend.ts';
import { createTillShop, DOLLAR_SHOP, type TillShop } from '../till/till-shop.ts';

type ProgrammeInput = Parameters<typeof programmeSchema.parse>[0] & object;

export interface LoyaltyShop extends TillShop {
  readonly programId: string;
  /** Publishes the next version of the main programme: 1 point per 1.00 and what is given. */
  publish(more?: ProgrammeInput): Promise<void>;
  /** Publishes a further programme and returns its id. */
  another(programme: ProgrammeInput): Promise<string>;
  /** Sells lines to a customer, with rewards, and returns what was answered and asked for. */
  sellTo(
    customerId: string,
    lines: readonly (SaleLineDraft | number)[],
    rewards?: readonly (Partial<RedemptionDraft> & { rewardId: string })[],
  ): Promise<Sold>;
  refund(sold: Sold, lines?: readonly { index: number; quantityThousandths?: number }[]): Promise<Refunded>;
  /** Gives points by hand. */
  give(customerId: string, points: number): Promise<void>;
  position(
    customerId: string,
  ): Promise<Awaited<ReturnType<ReturnType<TillShop['caller']>['points']['position']>>['programmes'][number]>;
  /** Kinds, points and reasons of the customer's entries, the oldest first. */
  entries(customerId: string): { kind: string; points: number; reason: string }[];
  /** Types of the customer's tier events with where they led. */
  tierEvents(customerId: string): string[];
}

type TillCaller = ReturnType<TillShop['caller']>['till'];
export type Sold = Awaited<ReturnType<TillCaller['completeSale']>> & { readonly lineIds: readonly string[] };
export type Refunded = Awaited<ReturnType<TillCaller['refund']>>;

export const SPEND_RULE = { ruleId: 'base', kind: 'spend', points: 1, perMinor: 100 } as const;

/** 1.00 off for each 50 points. */
export const RATE = {
  rewardId: 'rate',
  kind: 'rate',
  name: 'Money off',
  pointsPerStep: 50,
  minorPerStep: 100,
} as const;

export function programmeOf(more: ProgrammeInput = {}): Programme {
  return programmeSchema.parse({ name: 'Points', rules: [SPEND_RULE], ...more });
}

/** A shop that counts in 1.00 and short words for what a test of the engine does at the counter. */
export async function createLoyaltyShop(options: TestBackendOptions = {}): Promise<LoyaltyShop> {
  const till = await createTillShop({ ...options, shop: { ...DOLLAR_SHOP, ...options.shop } });
  const { caller, op, env, clock } = till;
  const rows = <Row>(statement: string, parameters: Record<string, string>) =>
    env.db.read.all<Row>(statement as never, parameters);
  const [main] = rows<{ id: string }>('SELECT id FROM loyalty_programs WHERE is_main = 1', {});
  const programId = main?.id ?? '';
  const publish = async (id: string | null, programme: Programme): Promise<string> => {
    clock.advance(1000);
    const manager = caller('manager');
    const saved = await manager.points.saveProgrammeDraft(op({ programId: id, programme, revision: 0 }));
    await manager.points.publishProgrammeDraft(op({ programId: saved.programId, revision: saved.revision }));
    return saved.programId;
  };
  return {
    ...till,
    programId,
    publish: async (more = {}) => {
      await publish(programId, programmeOf(more));
    },
    another: (programme) => publish(null, programmeOf(programme)),
    sellTo: async (customerId, lines, rewards = []) => {
      const full = lines.map((line) => (typeof line === 'number' ? till.line(line) : line));
      const redemptions = rewards.map((reward) => ({ programId, points: null, choice: null, ...reward }));
      const sold = await till.sell(till.draft(full, { customerId, customerIdentifiedBy: 'search', redemptions }));
      return { ...sold, lineIds: full.map(({ lineId }) => lineId) };
    },
    refund: async (sold, lines) => {
      clock.advance(1000);
      const all = sold.lineIds.map((_, index) => ({ index }));
      return caller('manager').till.refund(
        op({
          saleId: sold.saleId,
          lines: (lines ?? all).map(({ index, ...more }) => ({
            lineId: sold.lineIds[index] ?? '',
            quantityThousandths: 1000,
            ...more,
          })),
          tenderKind: 'cash' as const,
          reason: '',
        }),
      );
    },
    give: async (customerId, points) => {
      clock.advance(1000);
      await caller('manager').points.award(op({ customerId, reason: 'correction' as const, points, note: 'before' }));
    },
    position: async (customerId) => {
      const { programmes } = await caller('manager').points.position({ customerId });
      const [first] = programmes;
      if (first === undefined) throw new Error('the shop has a programme');
      return first;
    },
    entries: (customerId) =>
      rows('SELECT kind, points, reason FROM points_transactions WHERE customer_id = :customerId ORDER BY seq', {
        customerId,
      }),
    tierEvents: (customerId) =>
      rows<{ type: string; tier: string }>(
        `SELECT event_type AS type, json_extract(data, '$.toTierId') AS tier FROM customer_events
         WHERE customer_id = :customerId AND event_type LIKE 'customer.tier.%' ORDER BY created_at_ms, id`,
        { customerId },
      ).map(({ type, tier }) => `${type.replace('customer.tier.', '')} ${tier}`),
  };
}
