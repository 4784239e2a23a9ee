import { Gift, Minus, Plus, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RedemptionDraft } from '#shop/till/sale.ts';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { setRedemption, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';

/** The rewards taken with this sale, each a line with what it costs in points and what it takes off. */
export function RewardLines({ preview }: { preview: TillPreview | null }): ReactNode {
  const redemptions = useTillState((state) => state.draft.redemptions);
  return redemptions.map((redemption, place) => (
    <RewardLine
      // biome-ignore lint/suspicious/noArrayIndexKey: a reward of a sale is its place
      key={place}
      place={place}
      redemption={redemption}
      preview={preview}
    />
  ));
}

interface RewardLineProps {
  readonly place: number;
  readonly redemption: RedemptionDraft;
  readonly preview: TillPreview | null;
}

function RewardLine({ place, redemption, preview }: RewardLineProps): ReactNode {
  const { t } = useTranslation('rewards');
  const format = useFormat();
  const wordsOf = useRefusalText();
  const programme = preview?.programmes.find((each) => each.programId === redemption.programId);
  const reward = programme?.rewards.find((each) => each.rewardId === redemption.rewardId);
  const taken = preview?.takenRewards.find((each) => each.place === place);
  const refused = preview?.refusedRewards.find((each) => each.place === place);
  const name = reward === undefined || reward.name === '' ? t(`kind.${reward?.kind ?? 'fixed'}`) : reward.name;
  const points = taken?.points ?? 0;
  const stepPoints = reward?.step?.points ?? 0;
  const asked = redemption.points ?? points;
  const ask = (wanted: number): void => setRedemption(place, { ...redemption, points: wanted });
  const canGrow =
    redemption.points !== null && asked <= points && points + stepPoints <= (programme?.spendablePoints ?? 0);
  return (
    <li className="order-line order-line-reward" data-refused={refused !== undefined}>
      <span className="order-line-discount-icon">
        {refused === undefined ? (
          <Gift size={18} strokeWidth={1.75} aria-hidden="true" />
        ) : (
          <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" />
        )}
      </span>
      <span className="order-line-words">
        <span className="order-line-name">{name}</span>
        <span className="order-line-small" role={refused === undefined ? undefined : 'alert'}>
          {refused === undefined ? t('costs', { count: points, points: format.points(points) }) : wordsOf(refused)}
        </span>
      </span>
      {reward?.step != null && taken !== undefined && (
        <span className="order-reward-steps">
          <button
            type="button"
            aria-label={t('fewer', { name })}
            disabled={points - stepPoints < reward.step.leastPoints}
            onClick={() => ask(points - stepPoints)}
          >
            <Minus size={16} strokeWidth={2} aria-hidden="true" />
          </button>
          <button
            type="button"
            aria-label={t('more', { name })}
            disabled={!canGrow}
            onClick={() => ask(points + stepPoints)}
          >
            <Plus size={16} strokeWidth={2} aria-hidden="true" />
          </button>
        </span>
      )}
      <span className="order-line-amount">{taken !== undefined && <Money minor={-taken.amountMinor} />}</span>
      <button
        type="button"
        className="order-line-remove"
        aria-label={t('remove', { name })}
        onClick={() => setRedemption(place, null)}
      >
        <X size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </li>
  );
}
