import type { SaleDraft, SaleLineDraft, TenderDraft } from '#shop/till/sale.ts';
import { refusalOf } from '../support/test-backend.ts';
import type { OddCampaign, OddSale, Waiting } from './hostile-world.ts';
import type { ValueHistory } from './value-laws.ts';
import { asking, type ValueShop } from './value-shop.ts';

// The shop of a hostile clerk, and what they ring up in it.

export interface World {
  readonly shop: ValueShop;
  readonly customers: readonly string[];
  readonly campaigns: readonly string[];
  readonly products: { readonly [name: string]: (pieces?: number) => SaleLineDraft };
  readonly sold: SaleDraft[];
  readonly waiting: Waiting[];
  /** Declined, and not tried again yet. */
  readonly declined: Waiting[];
  readonly merges: string[];
  readonly history: ValueHistory;
}

export const SEEN = new Map<string, number>();
export const note = (what: string): void => void SEEN.set(what, (SEEN.get(what) ?? 0) + 1);

/** What was answered, or the reason why it was refused; anything else is a failure. */
export async function attempt<Answer>(
  call: Promise<Answer>,
): Promise<{ answer: Answer } | { refused: string; facts: object }> {
  try {
    return { answer: await call };
  } catch (error) {
    const refusal = await refusalOf(Promise.reject(error));
    if (refusal === null) throw error;
    return { refused: refusal.reason, facts: refusal.facts };
  }
}

export const idsOf = ({ shop }: World, from: string): string[] =>
  shop.env.db.read.all<{ id: string }>(`SELECT id FROM ${from} ORDER BY id` as never).map(({ id }) => id);
/** One of them; -1: the last. */
export const one = <Each>(all: readonly Each[], pick: number): Each | undefined =>
  all.at(pick % Math.max(1, all.length));

/** The gift cards that are good, the newest last. */
export const cardsOf = ({ shop }: World): { id: string; code: string }[] =>
  shop.env.db.read.all(
    `SELECT id, code FROM credit_accounts WHERE kind = 'gift-card' AND status = 'active' ORDER BY id` as never,
  );

function linesOf(world: World, sale: OddSale): SaleLineDraft[] {
  const { shop, products } = world;
  return sale.lines.flatMap(({ what, priceMinor, pieces, discount }) => {
    const by = { discount: discount === null ? null : { kind: 'percent' as const, rateBasisPoints: discount } };
    if (what === 'open' || what === 'weighed') {
      const quantityThousandths = what === 'open' ? pieces * 1000 : pieces * 1000 - 667;
      return [shop.line(priceMinor, { quantityThousandths, ...by })];
    }
    if (what === 'credit') return [shop.line(priceMinor, { sells: { kind: what } })];
    if (what === 'gift-card') {
      // A card that is there is filled, or a new one sold.
      const code = pieces === 1 ? (cardsOf(world).at(-1)?.code ?? null) : null;
      return [shop.line(priceMinor, { sells: { kind: what, code } })];
    }
    const line = products[what]?.(pieces);
    return line === undefined ? [] : [{ ...line, ...(what === 'package' ? {} : by) }];
  });
}

export function draftOf(world: World, sale: OddSale): SaleDraft {
  const { shop, customers } = world;
  const customerId = customers[sale.customer] ?? null;
  // Mostly what could be theirs; now and then anybody's.
  const own = `vouchers WHERE holder_customer_id IS NULL OR holder_customer_id = '${customerId}'`;
  const known = idsOf(world, sale.units === 3 ? 'vouchers' : own);
  const voucherIds = new Set(sale.vouchers.flatMap((at) => one(known, at) ?? []));
  const lines = linesOf(world, sale).filter(({ sells }) => sells?.kind !== 'credit' || customerId !== null);
  const [passId] = idsOf(world, `customer_packages WHERE customer_id = '${customerId}'`);
  const covered = lines.find(({ sells, quantityThousandths }) => sells === undefined && quantityThousandths >= 1_000);
  const units = Math.min(sale.units, (covered?.quantityThousandths ?? 0) / 1_000);
  const passUses = passId === undefined || !Number.isInteger(units) || units === 0 ? [] : [{ passId, units }];
  const uses = { passUses: passUses.map((use) => ({ ...use, lineId: covered?.lineId ?? '' })) };
  return shop.draft(lines.length === 0 ? [shop.line(1_000)] : lines, { customerId, ...asking(...voucherIds), ...uses });
}

/** What the customer and any card have, as far as asked, and what is left for the card. */
export function tendersOf({ shop }: World, { customerId }: SaleDraft, dueMinor: number, sale: OddSale) {
  const accounts = shop.env.db.read.all<{ id: string; kind: 'credit' | 'gift-card'; balanceMinor: number }>(
    `SELECT id, kind, balance_minor AS balanceMinor FROM credit_accounts
     WHERE balance_minor > 0 AND (kind = 'gift-card' OR customer_id = :customerId) ORDER BY kind, id` as never,
    { customerId },
  );
  const taken: TenderDraft[] = [];
  let leftMinor = dueMinor;
  for (const { kind, percent } of [
    { kind: 'credit' as const, percent: sale.creditPercent },
    { kind: 'gift-card' as const, percent: sale.cardPercent },
  ]) {
    const account = accounts.find((each) => each.kind === kind);
    const amountMinor = Math.min(account?.balanceMinor ?? 0, Math.ceil((leftMinor * percent) / 100));
    if (account === undefined || amountMinor <= 0) continue;
    taken.push(shop.byCredit(account.id, amountMinor, kind));
    leftMinor -= amountMinor;
  }
  return { taken, leftMinor };
}

export async function worldOf(shop: ValueShop, given: readonly OddCampaign[], a: string): Promise<World> {
  const manager = shop.caller('manager');
  const customers = ['Ana', 'Bo', 'Cy'].map((name) => shop.addCustomer(name));
  const planId = await shop.plan(4);
  const products = {
    A: await shop.product('A', 1_700),
    B: await shop.product('B', 333),
    package: await shop.product('Coffees', 2_000, { sells: 'package', sellsPlanId: planId }),
  };
  const campaigns: string[] = [];
  for (const [at, campaign] of given.entries()) {
    const isCode = campaign.trigger === 'code' && at % 2 === 0;
    const named = { name: `C${at}`, genericCode: isCode ? `CODE${at}` : null };
    const filter = JSON.parse(JSON.stringify(campaign.filter ?? {}).replaceAll(a, products.A().productId ?? ''));
    const made = await attempt(Promise.resolve().then(() => shop.publish({ ...campaign, ...named, filter }))).catch(
      () => null,
    );
    if (made === null || 'refused' in made) continue;
    campaigns.push(made.answer.campaignId);
    for (const customerId of isCode ? [] : customers) {
      await attempt(manager.vouchers.give(shop.op({ campaignId: made.answer.campaignId, customerId })));
    }
  }
  for (const customerId of customers) {
    await shop.credit(customerId, 2_500);
    await manager.passes.give(shop.op({ customerId, planId, note: 'x' }));
  }
  await manager.credit.giveCard(shop.op({ amountMinor: 3_000, days: 2, note: 'x' }));
  return { ...{ shop, customers, campaigns, products }, sold: [], waiting: [], declined: [], merges: [], history: {} };
}
