import { mustHave } from '#shop/must.ts';
import type { StoredValueKind, StoredValueReturn } from '#shop/till/stored-value.ts';
import type { ClaimStatus } from '#shop/vouchers/life-cycle.ts';
import type { ShopIdentity } from '../context.ts';
import type { ReadableDb } from '../db/database.ts';
import { selectPass } from '../passes/passes-store.ts';
import { selectCampaign } from '../vouchers/campaigns-store.ts';
import { selectVoucher } from '../vouchers/vouchers-store.ts';
import type { GiveBackScope, ValueToGiveBack } from './decide-give-back.ts';
import { campaignNameOf, type IssueOfSale } from './give-back-store.ts';

/** What of vouchers, credit and passes a refund moves, for people. */
export interface ValueBackPreview {
  /** Money that goes back to where it came from; units and the pass's name where that was a pass. */
  readonly stored: readonly {
    readonly kind: StoredValueKind;
    readonly amountMinor: number;
    readonly passName: string | null;
    readonly units: number;
  }[];
  /** Vouchers (code) and promotions (no code) with what they took off that comes back; becomes: how the voucher stands then,
   * and endsAtMs (UTC ms) until when it can be used again. */
  readonly vouchers: readonly {
    readonly code: string | null;
    readonly name: string;
    readonly amountMinor: number;
    readonly uses: number;
    readonly becomes: ClaimStatus;
    readonly endsAtMs: number | null;
  }[];
  /** What lines had sold, taken back: minor units, or units of a pass. */
  readonly takenBack: readonly { readonly kind: 'credit' | 'gift-card' | 'package'; readonly amount: number }[];
  /** Vouchers that the sale had given, which are void then, and codes for everybody that leave the wallet with it. */
  readonly revokedVouchers: number;
  /** Those of them that were used before: so many uses stay used, the rest goes. */
  readonly partlyUsed: readonly { readonly code: string; readonly name: string; readonly usedUses: number }[];
}

/** Says what goes the other way, by what was decided; writes nothing. */
export function previewValueBack(
  { db, shop }: GiveBackScope,
  value: ValueToGiveBack,
  returns: readonly StoredValueReturn[],
): ValueBackPreview {
  const { paid, units, rolledBack, takenBack, revoked, closedClaims } = value;
  const moneyOf = (tenderId: string) => returns.find((each) => each.tenderId === tenderId)?.amountMinor ?? 0;
  const stored = paid.map(({ tenderId, kind, passId }) => ({
    kind,
    amountMinor: moneyOf(tenderId),
    passName: passId === null ? null : (selectPass(db, shop.merchantId, passId)?.name ?? null),
    units: units.find((each) => each.tenderId === tenderId)?.units ?? 0,
  }));
  return {
    stored: stored.filter((each) => each.amountMinor + each.units > 0),
    vouchers: rolledBack.map(({ redemption, rollback, endsAtMs }) => ({
      code:
        redemption.voucherId === null ? null : (selectVoucher(db, shop.merchantId, redemption.voucherId)?.code ?? null),
      name: campaignNameOf(redemption),
      amountMinor: rollback.amountMinor,
      uses: rollback.uses,
      becomes: rollback.claimStatus,
      endsAtMs: rollback.claimStatus === 'CLAIMED' ? endsAtMs : null,
    })),
    takenBack: takenBack.map(({ subject, entries }) => ({
      kind: subject.kind,
      amount: entries.reduce((sum, each) => sum + each.amount, 0),
    })),
    revokedVouchers: revoked.length + closedClaims.length,
    partlyUsed: revoked.filter(({ usageCount }) => usageCount > 0).map((issue) => partlyUsed(db, shop, issue)),
  };
}

function partlyUsed(
  db: ReadableDb,
  { merchantId }: ShopIdentity,
  { voucherId, usageCount: usedUses }: IssueOfSale,
): ValueBackPreview['partlyUsed'][number] {
  const { code, campaignId } = mustHave(selectVoucher(db, merchantId, voucherId), 'a voucher that a sale gave');
  return { code, name: selectCampaign(db, merchantId, campaignId)?.version?.campaign.name ?? '', usedUses };
}
