import type { ScreenCustomer, ScreenLine, ScreenReduction } from '#shop/customer-screen/screen-state.ts';
import { sumOf } from '#shop/money/money.ts';
import type { SaleDraft } from '#shop/till/sale.ts';
import type { TillPreview } from '../till/show-preview.ts';

/** The lines as they are rung up, before anything is taken off. */
export function linesOf({ lines }: SaleDraft, { priced }: TillPreview): ScreenLine[] {
  const gross = new Map(priced.lines.map(({ lineId, grossMinor }) => [lineId, grossMinor]));
  return lines.map(({ lineId, name, quantityThousandths }) => ({
    id: lineId,
    name,
    quantityThousandths,
    amountMinor: gross.get(lineId) ?? 0,
  }));
}

/**
 * All that is taken off, so that lines, added tax and reductions come to what is to be paid: what a rule took off by its name,
 * and what is left of the discounts, given by hand, without one.
 */
export function reductionsOf(draft: SaleDraft, preview: TillPreview): ScreenReduction[] {
  const { priced, passes, exchange } = preview;
  const vouchers = preview.vouchers.flatMap(({ name, amountMinor, refusal }): ScreenReduction[] =>
    refusal === null ? [{ kind: 'voucher', name, amountMinor }] : [],
  );
  const promotions = preview.promotions.map(
    ({ name, amountMinor }): ScreenReduction => ({ kind: 'promotion', name, amountMinor }),
  );
  const rewards = preview.takenRewards.map(
    ({ place, amountMinor }): ScreenReduction => ({
      kind: 'reward',
      name: rewardName(draft, preview, place),
      amountMinor,
    }),
  );
  const named = [...vouchers, ...promotions, ...rewards].filter(({ amountMinor }) => amountMinor > 0);
  const byHandMinor = priced.discountMinor - sumOf(named.map(({ amountMinor }) => amountMinor));
  return [
    ...named,
    ...part('discount', byHandMinor),
    ...passesOf(passes),
    ...part('returned', exchange?.refusal === null ? exchange.exchangedMinor : 0),
  ];
}

function part(kind: ScreenReduction['kind'], amountMinor: number): ScreenReduction[] {
  return amountMinor > 0 ? [{ kind, name: '', amountMinor }] : [];
}

/** Each pass once, whatever it pays of how many lines. */
function passesOf(passes: TillPreview['passes']): ScreenReduction[] {
  const byId = new Map<string, ScreenReduction>();
  for (const { passId, name, amountMinor, refusal } of passes) {
    if (refusal !== null || amountMinor === 0) continue;
    byId.set(passId, { kind: 'pass', name, amountMinor: amountMinor + (byId.get(passId)?.amountMinor ?? 0) });
  }
  return [...byId.values()];
}

function rewardName({ redemptions }: SaleDraft, { programmes }: TillPreview, place: number): string {
  const taken = redemptions[place];
  const programme = programmes.find(({ programId }) => programId === taken?.programId);
  return programme?.rewards.find(({ rewardId }) => rewardId === taken?.rewardId)?.name ?? '';
}

/** What the sale does for its customer in the main programme. */
export function customerOf(preview: TillPreview, firstName: string): ScreenCustomer {
  const { points, credit } = preview;
  const [main] = preview.programmes;
  const earnsPoints = points?.points ?? 0;
  const next = main?.nextReward ?? null;
  const open = credit.filter(({ isFrozen, availableMinor }) => !isFrozen && availableMinor > 0);
  return {
    firstName,
    earnsPoints,
    balancePoints: points?.balanceBefore ?? 0,
    nextReward:
      next === null
        ? null
        : {
            name: next.name,
            costPoints: next.pointsNeeded,
            // The preview counts the points of this sale already.
            missingPoints: next.pointsMissing,
          },
    creditMinor: open.length === 0 ? null : sumOf(open.map(({ availableMinor }) => availableMinor)),
  };
}
