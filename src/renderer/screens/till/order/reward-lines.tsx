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
  const wordsOf = useRefusalText();
  const programme = preview?.programmes.find((each) => each.programId === redemption.programId);
  const reward = programme?.rewards.find((each) => each.rewardId === redemption.rewardId);
  const taken = preview?.takenRewards.find((each) => each.place === place);
  const refused = preview?.refusedRewards.find((each) => each.place === place);
  const name = reward === undefined || reward.name === '' ? t(`kind.${reward?.kind ?? 'fixed'}`) : reward.name;
  const Icon = refused === undefined ? Gift : TriangleAlert;
  const points = taken?.points ?? 0;
  const step = reward?.step ?? null;
  // Without a number of points the reward already takes as many as may be.
  const canGrow =
    redemption.points !== null &&
    redemption.points <= points &&
    points + (step?.points ?? 0) <= (programme?.spendablePoints ?? 0);
  return (
    <li className="order-line order-line-less" data-refused={refused !== undefined}>
      <span className="order-line-icon">
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
      </span>
      <span className="order-line-words">
        <span className="order-line-name">{name}</span>
        {refused !== undefined && (
          <span className="order-line-small" role="alert">
            {wordsOf(refused)}
          </span>
        )}
        {taken !== undefined && (
          <Cost
            name={name}
            points={points}
            step={step}
            canGrow={canGrow}
            onAsk={(wanted) => setRedemption(place, { ...redemption, points: wanted })}
          />
        )}
      </span>
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

interface CostProps {
  readonly name: string;
  readonly points: number;
  readonly step: { readonly points: number; readonly leastPoints: number } | null;
  readonly canGrow: boolean;
  readonly onAsk: (points: number) => void;
}

/** What a reward costs; points as money go up and down by their steps. */
function Cost({ name, points, step, canGrow, onAsk }: CostProps): ReactNode {
  const { t } = useTranslation('rewards');
  const format = useFormat();
  const words = t('costs', { count: points, points: format.points(points) });
  if (step === null) return <span className="order-line-small">{words}</span>;
  return (
    <span className="order-reward-steps">
      <button
        type="button"
        aria-label={t('fewer', { name })}
        disabled={points - step.points < step.leastPoints}
        onClick={() => onAsk(points - step.points)}
      >
        <Minus size={16} strokeWidth={2} aria-hidden="true" />
      </button>
      <span>{words}</span>
      <button
        type="button"
        aria-label={t('more', { name })}
        disabled={!canGrow}
        onClick={() => onAsk(points + step.points)}
      >
        <Plus size={16} strokeWidth={2} aria-hidden="true" />
      </button>
    </span>
  );
}
