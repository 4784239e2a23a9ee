import { localDateOf, localTimeOf } from '#shop/time/business-day.ts';
import { addDays } from '#shop/time/civil-date.ts';
import type { ScanSource } from '#shop/scanning/classify.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { type Campaign, campaignSchema } from '#shop/vouchers/campaign.ts';
import type { z } from 'zod';
import type { RunThen } from '../command.ts';
import type { Session } from '../context.ts';
import { giveCard } from '../credit/gift-cards.ts';
import { handleScan } from '../scanning/submit-scan.ts';
import { saveCampaignDraft } from '../vouchers/campaign-drafts.ts';
import { claimVoucher } from '../vouchers/claim-voucher.ts';
import { giveVoucher } from '../vouchers/give-voucher.ts';
import { publishCampaignDraft, setCampaignStatus } from '../vouchers/publish-campaign.ts';
import { redeemVoucher } from '../vouchers/redeem-voucher.ts';
import type { Chance } from './chance.ts';
import type { SoldProduct } from './demo-catalogue.ts';
import type { EnrolledRegular } from './demo-customers.ts';

const SAVE = { action: 'vouchers.saveDraft', permission: 'vouchers.edit', handle: saveCampaignDraft } as const;
const PUBLISH = { action: 'vouchers.publish', permission: 'vouchers.edit', handle: publishCampaignDraft } as const;
const STATUS = { action: 'vouchers.setStatus', permission: 'vouchers.edit', handle: setCampaignStatus } as const;
const SCAN = { action: 'scanning.submit', permission: 'scan', handle: handleScan } as const;
const CLAIM = { action: 'vouchers.claim', permission: 'vouchers.redeem', handle: claimVoucher } as const;
const GIVE = { action: 'vouchers.give', permission: 'vouchers.give', handle: giveVoucher } as const;
const REDEEM = { action: 'vouchers.redeem', permission: 'vouchers.redeem', handle: redeemVoucher } as const;
const CARD = { action: 'credit.giveCard', permission: 'credit.adjust', handle: giveCard } as const;

const BREAKFAST = { code: 'BREK10', rateBasisPoints: 1_000, minimumMinor: 30_000, untilHour: 11 } as const;
const LUNCH = { code: 'ALMUE20', amountMinor: 20_000, minimumMinor: 60_000, fromHour: 11, toHour: 15 } as const;
/** The place of the last of the vouchers that stand in wallets on the last day. */
const LAST_GIFT = 15;
const SATURDAY = 6;
const SOURCES: readonly ScanSource[] = ['CAMERA', 'HID', 'LINK', 'MANUAL'];

type CampaignInput = z.input<typeof campaignSchema>;

/** What a voucher does to a sale of the story. */
export interface UsedVoucher {
  readonly vouchers: NonNullable<SaleDraft['vouchers']>;
  readonly offMinor: number;
}

/** The vouchers of the sample shop while its history is written. */
export interface DemoVouchers {
  /** Reads, claims and uses a voucher in some of the sales that it fits; null in the others. */
  use(
    sale: { readonly run: RunThen; readonly cashier: Session; readonly atMs: number; readonly hour: number },
    customer: EnrolledRegular | null,
    totalMinor: number,
  ): UsedVoucher | null;
  /** What stands in wallets on the last day: credit, a gift card, passes; and a campaign that rests. */
  finish(run: RunThen, atMs: number, customers: readonly EnrolledRegular[]): void;
}

/**
 * Publishes the café's campaigns, as the mock-up of the Vouchers page has them, and says who uses what. Its chances are its
 * own, so that the rest of the history stays as it is.
 */
export function publishDemoCampaigns(
  run: RunThen,
  given: {
    /** Makes the campaigns, and does not stand at the till. */
    readonly owner: Session;
    readonly manager: Session;
    readonly cashier: Session;
    readonly atMs: number;
    readonly nowMs: number;
    readonly timeZone: string;
    readonly language: 'en' | 'es';
    readonly products: readonly SoldProduct[];
    readonly chance: Chance;
  },
): DemoVouchers {
  const { owner, manager, atMs, timeZone, chance } = given;
  const ids = new Map<string, string>();
  for (const [key, campaign] of Object.entries(demoCampaigns(given)).toReversed()) {
    const parsed: Campaign = campaignSchema.parse(campaign);
    const draft = { campaignId: null, campaign: parsed, revision: 0, standsOnLatest: false };
    const { campaignId, revision } = run(SAVE, owner, atMs, draft);
    run(PUBLISH, owner, atMs, { campaignId, revision });
    ids.set(key, campaignId);
  }
  const campaignOf = (key: string): string => ids.get(key) ?? '';
  const claimed = new Set<string>();
  return {
    use: ({ run: then, cashier, atMs: saleMs, hour }, customer, totalMinor) => {
      if (customer === null || cashier.staffId === manager.staffId) return null;
      const weekday = localTimeOf(saleMs, timeZone).weekday;
      const isBreakfast = hour < BREAKFAST.untilHour && weekday <= SATURDAY && totalMinor >= BREAKFAST.minimumMinor;
      const isLunch = hour >= LUNCH.fromHour && hour < LUNCH.toHour && totalMinor >= LUNCH.minimumMinor;
      const fitting = isBreakfast ? BREAKFAST : isLunch ? LUNCH : null;
      if (fitting === null || !chance.isTrue(0.5)) return null;
      const { customerId } = customer;
      const source = chance.pick(SOURCES, (one) => ({ CAMERA: 60, HID: 25, LINK: 10, MANUAL: 5 })[one as 'HID']);
      const read = { text: fitting.code, source, screen: 'till' as const, atMs: saleMs, customerId };
      const { finding } = then(SCAN, cashier, saleMs, read);
      const key = `${fitting.code} ${customerId}`;
      if (finding.kind !== 'voucher' || claimed.has(key) || chance.isTrue(0.3)) return null;
      const { voucherId } = finding;
      claimed.add(key);
      then(CLAIM, cashier, saleMs, { voucherId, customerId, saleId: null });
      if (chance.isTrue(0.33)) return null;
      const offMinor = fitting === BREAKFAST ? (totalMinor * BREAKFAST.rateBasisPoints) / 10_000 : LUNCH.amountMinor;
      return { vouchers: [{ voucherId, choice: null }], offMinor };
    },
    finish: (then, lastMs, customers) => {
      const { cashier } = given;
      for (const [index, { customerId }] of customers.slice(0, LAST_GIFT + 1).entries()) {
        const campaignId = campaignOf(index % 2 === 0 ? 'credit' : 'coffees');
        // The last one is from the manager's own hand: at the till it is refused to them, and to nobody else.
        const giver = index === LAST_GIFT ? manager : owner;
        const { code } = then(GIVE, giver, lastMs, { campaignId, customerId, note: '' });
        const isUsed = index < 12;
        if (isUsed) then(REDEEM, cashier, lastMs, { code, customerId, accountId: null, source: null });
      }
      then(CARD, manager, lastMs, { amountMinor: 100_000, days: null, note: 'demo' });
      then(STATUS, manager, lastMs, { campaignId: campaignOf('coldBrew'), to: 'paused' });
    },
  };
}

function demoCampaigns({
  language,
  products,
  nowMs,
  timeZone,
}: {
  readonly language: 'en' | 'es';
  readonly products: readonly SoldProduct[];
  readonly nowMs: number;
  readonly timeZone: string;
}): Record<string, CampaignInput> {
  const say = (en: string, es: string): string => (language === 'es' ? es : en);
  const on = (days: number): string => addDays(localDateOf(nowMs, timeZone), days);
  const category = (part: number) => ({
    categoryIds: products
      .filter((one) => one.part === part)
      .slice(0, 1)
      .map((one) => one.categoryId),
  });
  const forAll = (total: number) => ({ usesPerCode: null, perCustomer: 1, total });
  return {
    breakfast: {
      name: say('10% off breakfast', '10 % en el desayuno'),
      benefit: { kind: 'percent', rateBasisPoints: BREAKFAST.rateBasisPoints },
      genericCode: BREAKFAST.code,
      validity: {
        endsOn: on(10),
        windows: [{ weekdays: [0, 1, 2, 3, 4, 5], fromMinute: 390, toMinute: BREAKFAST.untilHour * 60 }],
      },
      limits: forAll(500),
      minimum: { amountMinor: BREAKFAST.minimumMinor, of: 'sale' },
      remindDays: 3,
    },
    medialuna: {
      name: say('Free medialuna', 'Medialuna gratis'),
      benefit: { kind: 'product' },
      genericCode: 'MEDIA1',
      filter: category(2),
      validity: { endsOn: on(25) },
      limits: forAll(1_500),
    },
    lunch: {
      name: say('₲ 20.000 off lunch', '₲ 20.000 menos en el almuerzo'),
      benefit: { kind: 'amount', amountMinor: LUNCH.amountMinor },
      genericCode: LUNCH.code,
      validity: { endsOn: on(2), windows: [{ fromMinute: LUNCH.fromHour * 60, toMinute: LUNCH.toHour * 60 }] },
      limits: forAll(300),
      minimum: { amountMinor: LUNCH.minimumMinor, of: 'sale' },
    },
    birthday: {
      name: say('Birthday cake slice', 'Porción de torta de cumpleaños'),
      benefit: { kind: 'product' },
      filter: category(4),
      distribution: { kind: 'birthday' },
      validity: { claimDays: 30 },
    },
    credit: {
      name: say('Store credit ₲ 20.000', 'Crédito de ₲ 20.000'),
      benefit: { kind: 'credit', amountMinor: 20_000, days: 180 },
      limits: { total: 40 },
      validity: { endsOn: on(41) },
    },
    coldBrew: {
      name: say('2-for-1 cold brew', 'Cold brew 2 × 1'),
      benefit: { kind: 'buy-take', buyUnits: 1, takeUnits: 1 },
      genericCode: 'FRIO21',
      filter: category(1),
      validity: { endsOn: on(22) },
      limits: forAll(400),
    },
    friend: {
      name: say('Bring a friend', 'Traé a un amigo'),
      benefit: { kind: 'percent', rateBasisPoints: 2_500 },
      genericCode: 'AMIGO25',
      validity: { startsOn: on(11) },
      limits: forAll(600),
    },
    coffees: {
      name: say('Ten coffees', 'Diez cafés'),
      benefit: { kind: 'package', name: say('Ten coffees', 'Diez cafés'), uses: 10, days: 60, filter: category(0) },
    },
  };
}
