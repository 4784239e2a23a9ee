import { must, mustHave } from '#shop/must.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import { campaignSchema } from '#shop/vouchers/campaign.ts';
import { selectTaxRates } from '../catalogue/tax-rates-store.ts';
import type { RunThen } from '../command.ts';
import type { BackendEnv, Session, ShopIdentity } from '../context.ts';
import type { ReadableDb, WritableDb } from '../db/database.ts';
import { rehearse } from '../rehearse.ts';
import { insertStaff } from '../staff/staff-store.ts';
import { completeSale, completeSaleSchema } from '../till/complete-sale.ts';
import { showPreview } from '../till/show-preview.ts';
import { showReceipt } from '../till/show-receipt.ts';
import { momentOf } from '../time/moment.ts';
import { saveCampaignDraft } from '../vouchers/campaign-drafts.ts';
import { checkVoucher, checkVoucherSchema } from '../vouchers/check-voucher.ts';
import { publishCampaignDraft } from '../vouchers/publish-campaign.ts';
import type { CheckedPart, PartFound } from './last-version.ts';

const SAVE = { action: 'vouchers.saveDraft', permission: 'vouchers.edit', handle: saveCampaignDraft } as const;
const PUBLISH = { action: 'vouchers.publish', permission: 'vouchers.edit', handle: publishCampaignDraft } as const;
const CHECK = { action: 'vouchers.check', permission: 'vouchers.read', handle: checkVoucher } as const;
const SELL = { action: 'till.completeSale', permission: 'sale.make', handle: completeSale } as const;

/** Small, so that no allowance of a till or of a day is in its way; in minor units. */
const PRICE_MINOR = 100;
/** So much that no promotion of the shop saves more. */
const OFF_BASIS_POINTS = 9_000;

type Found = (part: CheckedPart, look: () => void) => PartFound;

/**
 * Makes a campaign, checks its voucher, sells with it and prepares the receipt, by the commands of the till and by people who
 * are made for it; then all of it is taken back. A part that fails ends the rehearsal, the parts after it are not good either.
 */
export function rehearseSale(env: BackendEnv, shop: ShopIdentity, found: Found): PartFound[] {
  const parts: PartFound[] = [];
  try {
    rehearse(env, shop, (run, db) => {
      const atMs = env.time.now().bookedMs;
      const stage = { env, shop, run, db, atMs, cashier: newPerson(env, shop, db, 'cashier') };
      const kept = { voucherId: '', saleId: '' };
      const steps: readonly (readonly [CheckedPart, () => void])[] = [
        ['voucher', () => Object.assign(kept, { voucherId: readyVoucher(stage) })],
        ['sale', () => Object.assign(kept, { saleId: sellWith(stage, kept.voucherId) })],
        ['receipt', () => prepareReceipt(stage, kept.saleId)],
      ];
      for (const [part, look] of steps) parts.push(found(part, look));
    });
  } catch (cause) {
    const throwIt = (): never => {
      throw cause;
    };
    return [...parts, found('sale', throwIt)];
  }
  return parts;
}

interface Stage {
  readonly env: BackendEnv;
  readonly shop: ShopIdentity;
  readonly run: RunThen;
  readonly db: WritableDb;
  readonly atMs: number;
  readonly cashier: Session;
}

function newPerson(
  env: BackendEnv,
  { merchantId }: ShopIdentity,
  db: WritableDb,
  role: 'cashier' | 'manager',
): Session {
  const staffId = env.newId();
  const name = 'Check';
  insertStaff(db, { staffId, merchantId, name, roles: [role], pinHash: 'none', atMs: env.time.now().bookedMs });
  return { sessionId: env.newId(), staffId, name, roles: [role], isLocked: false };
}

/** Publishes a campaign with a code for everybody and checks the code; returns the voucher. */
function readyVoucher({ env, shop, run, db, atMs, cashier }: Stage): string {
  const code = `CHECK${env.newId().replaceAll('-', '').slice(-16).toUpperCase()}`;
  const campaign = campaignSchema.parse({
    name: 'Check',
    benefit: { kind: 'percent', rateBasisPoints: OFF_BASIS_POINTS },
    genericCode: code,
    limits: { usesPerCode: null },
  });
  const owner = newPerson(env, shop, db, 'manager');
  const { campaignId, revision } = run(SAVE, owner, atMs, {
    ...{ campaignId: null, campaign, revision: 0, standsOnLatest: false },
  });
  run(PUBLISH, owner, atMs, { campaignId, revision });
  const asked = checkVoucherSchema.parse({ code, customerId: null, saleId: null, source: null });
  return run(CHECK, cashier, atMs, asked).voucherId;
}

function sellWith({ env, shop, run, db, atMs, cashier }: Stage, voucherId: string): string {
  const [rate] = selectTaxRates(db, shop.merchantId);
  const line = {
    ...{ lineId: env.newId(), productId: null, name: 'Check', unitPriceMinor: PRICE_MINOR, quantityThousandths: 1_000 },
    ...{ taxRateId: mustHave(rate, 'a shop has a tax rate').taxRateId, categoryId: null, discount: null, note: '' },
  };
  const draft: SaleDraft = {
    ...{ saleId: env.newId(), customerId: null, customerIdentifiedBy: null, customerIdentifiedAtMs: null },
    ...{ lines: [line], discount: null, redemptions: [], label: '', note: '' },
    vouchers: [{ voucherId, choice: null }],
  };
  const preview = showPreview(scopeOver(env, shop, db, cashier), { draft });
  if (preview.kind === 'refused') throw new Error(`the preview was refused: ${preview.reason}`);
  const { totalMinor } = preview.value.priced;
  must(totalMinor < PRICE_MINOR, 'the voucher takes something off');
  const tender = { tenderId: env.newId(), kind: 'card', amountMinor: totalMinor, reference: 'CHECK' };
  const input = completeSaleSchema.parse({ draft, tenders: [tender], expectedTotalMinor: totalMinor });
  return run(SELL, cashier, atMs, input).saleId;
}

function prepareReceipt({ env, shop, db, cashier }: Stage, saleId: string): void {
  const receipt = showReceipt(scopeOver(env, shop, db, cashier), { saleId });
  if (receipt.kind === 'refused') throw new Error(`the receipt was refused: ${receipt.reason}`);
}

function scopeOver(env: BackendEnv, shop: ShopIdentity, db: ReadableDb, session: Session) {
  return { db, env, shop, session, moment: momentOf(env, shop), clientId: '' };
}
