import { Gift } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindRow, SoughtRow } from '../find-dialog.tsx';
import { useFormat } from '../../../ui/format.ts';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { closeOverlay, setRedemption, useTillState } from '../till-state.ts';
import type { ProgrammePreview, TillPreview } from '../till-types.ts';

interface Offered {
  readonly programme: ProgrammePreview;
  readonly reward: ProgrammePreview['rewards'][number];
}

/** What can be had now comes first, then what the fewest points are missing for. */
function sorted(programmes: readonly ProgrammePreview[]): Offered[] {
  return programmes
    .flatMap((programme) => programme.rewards.map((reward) => ({ programme, reward })))
    .sort(
      (a, b) =>
        Number(b.reward.isAvailable) - Number(a.reward.isAvailable) ||
        (a.reward.isAvailable ? 0 : a.reward.pointsMissing - b.reward.pointsMissing),
    );
}

/** A reward with a free choice, whose item is being chosen. */
export interface ChoosingReward extends Offered {
  readonly name: string;
}

/** The rewards of this customer as rows, and, of one that is being chosen for, its items. `onAsk` is told to ask for the item. */
export function useRewardRows(
  preview: TillPreview | null,
  choosing: ChoosingReward | null,
  onAsk: (choosing: ChoosingReward) => void,
): { readonly rows: readonly SoughtRow[]; readonly choiceRows: FindRow[] } {
  const take = (offered: Offered, choice: string | null): void => {
    const { programme, reward } = offered;
    const place = useTillState.getState().draft.redemptions.length;
    setRedemption(place, { programId: programme.programId, rewardId: reward.rewardId, points: null, choice });
    closeOverlay();
  };
  const choose = (offered: Offered): void => {
    const { choiceLineIds, name } = offered.reward;
    if (choiceLineIds.length > 1) onAsk({ ...offered, name });
    else take(offered, choiceLineIds[0] ?? null);
  };
  const rows = sorted(preview?.programmes ?? []).map((each): SoughtRow => {
    const { programme, reward } = each;
    return {
      id: `${programme.programId} ${reward.rewardId}`,
      sought: reward.name,
      isDisabled: !reward.isAvailable,
      onChoose: () => choose(each),
      content: <RewardRow offered={each} hasSeveralProgrammes={(preview?.programmes.length ?? 0) > 1} />,
    };
  });
  return { rows, choiceRows: useChoiceRows(choosing, (lineId) => choosing !== null && take(choosing, lineId)) };
}

function useChoiceRows(choosing: Offered | null, onChoose: (lineId: string) => void): FindRow[] {
  const lines = useTillState((state) => state.draft.lines);
  if (choosing === null) return [];
  return choosing.reward.choiceLineIds.flatMap((lineId) => {
    const line = lines.find((each) => each.lineId === lineId);
    if (line === undefined) return [];
    const content = (
      <>
        <RewardIcon />
        <b>{line.name}</b>
        <span className="till-find-row-end">
          <Money minor={line.unitPriceMinor} />
        </span>
      </>
    );
    return [{ id: lineId, onChoose: () => onChoose(lineId), content }];
  });
}

function RewardIcon(): ReactNode {
  return (
    <span className="till-find-plus">
      <Gift size={20} strokeWidth={1.75} aria-hidden="true" />
    </span>
  );
}

function RewardRow({ offered, hasSeveralProgrammes }: { offered: Offered; hasSeveralProgrammes: boolean }): ReactNode {
  const { t } = useTranslation('rewards');
  const format = useFormat();
  const wordsOf = useRefusalText();
  const { programme, reward } = offered;
  const costs = t(reward.kind === 'rate' && reward.isAvailable ? 'upTo' : 'costs', {
    count: reward.pointsNeeded,
    points: format.points(reward.pointsNeeded),
  });
  const why = reward.reason === null ? null : wordsOf({ reason: reward.reason, facts: reward.facts });
  return (
    <>
      <RewardIcon />
      <span>
        <b>{reward.name === '' ? t(`kind.${reward.kind}`) : reward.name}</b>
        <small>{[why ?? costs, hasSeveralProgrammes ? programme.name : ''].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="till-find-row-end">
        {reward.isAvailable ? (
          <Money minor={-reward.amountMinor} />
        ) : (
          reward.pointsMissing > 0 && (
            <small>{t('missing', { count: reward.pointsMissing, points: format.points(reward.pointsMissing) })}</small>
          )
        )}
      </span>
    </>
  );
}
