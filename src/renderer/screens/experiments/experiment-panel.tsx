import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { experimentSchema } from '#shop/experiments/experiment.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { type ListedExperiment, useShowable } from './experiments-data.ts';

const NOTHING = 'nothing';
const MOST_ARMS = 6;
const letterOf = (index: number): string => 'ABCDEF'.charAt(index);

interface TypedArm {
  readonly name: string;
  readonly weight: string;
  readonly campaignId: string | null;
}

interface ExperimentPanelProps {
  /** Null for a new one. */
  readonly before: ListedExperiment | null;
  /** With the experiment to go on looking at. */
  readonly onClose: (experimentId: string | null) => void;
}

/** Makes or changes the draft of an experiment: its arms, their shares, and what counts. */
export function ExperimentPanel({ before, onClose }: ExperimentPanelProps): ReactNode {
  const { t } = useTranslation('experiments');
  const [name, setName] = useState(before?.experiment.name ?? '');
  const [conversion, setConversion] = useState<'sale' | 'redemption'>(before?.experiment.conversion ?? 'sale');
  const [windowDays, setWindowDays] = useState(String(before?.experiment.windowDays ?? 30));
  const [arms, setArms] = useState<readonly TypedArm[]>(
    before?.experiment.variants.map((arm) => ({ ...arm, weight: String(arm.weight) })) ?? [
      { name: t('starterA'), weight: '50', campaignId: null },
      { name: t('starterB'), weight: '50', campaignId: null },
    ],
  );
  const save = useCommand(useApiClient().experiments.saveDraft);
  const report = useReport();
  const read = experimentSchema.safeParse({
    name,
    conversion,
    windowDays: Number(windowDays),
    variants: arms.map((arm, index) => ({
      variantId: letterOf(index),
      name: arm.name,
      weight: Number(arm.weight),
      campaignId: arm.campaignId,
    })),
  });
  const isShowing = arms.some(({ campaignId }) => campaignId !== null);
  const store = async (): Promise<void> => {
    if (!read.success) return;
    const experimentId = before?.experimentId ?? null;
    const result = await save.run({ experimentId, experiment: read.data, revision: before?.revision ?? 0 });
    if (!report(result) || result.kind !== 'done') return;
    showToast({ tone: 'success', title: t('saved') });
    onClose(result.value.experimentId);
  };
  return (
    <SidePanel
      title={before === null ? t('add') : t('editTitle', { name: before.experiment.name })}
      onClose={() => onClose(before?.experimentId ?? null)}
      needsAnswer
      footer={
        <>
          <Button onPress={() => onClose(before?.experimentId ?? null)}>{t('cancel')}</Button>
          <Button
            kind="primary"
            isBusy={save.isRunning}
            isDisabled={!read.success || !isShowing}
            onPress={() => void store()}
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <div className="experiment-form">
        <TextField label={t('name')} autoFocus value={name} maxLength={120} onChange={setName} />
        <Segmented
          label={t('metric')}
          isWide
          value={conversion}
          onChange={setConversion}
          segments={[
            { id: 'sale', label: t('metrics.sale') },
            { id: 'redemption', label: t('metrics.redemption') },
          ]}
        />
        <TextField
          label={t('windowDays')}
          hint={t('windowHint')}
          inputMode="numeric"
          value={windowDays}
          maxLength={3}
          onChange={setWindowDays}
        />
        <Arms arms={arms} onChange={setArms} />
        {conversion === 'redemption' && arms.some(({ campaignId }) => campaignId === null) && (
          <p className="experiment-problem">{t('needsVouchers')}</p>
        )}
      </div>
    </SidePanel>
  );
}

function Arms({
  arms,
  onChange,
}: {
  arms: readonly TypedArm[];
  onChange: (arms: readonly TypedArm[]) => void;
}): ReactNode {
  const { t } = useTranslation('experiments');
  const showable = useShowable();
  const choices = [{ id: NOTHING, label: t('nothing') }, ...showable];
  const sum = arms.reduce((total, { weight }) => total + (Number(weight) || 0), 0);
  const change = (index: number, given: Partial<TypedArm>): void =>
    onChange(arms.map((arm, at) => (at === index ? { ...arm, ...given } : arm)));
  return (
    <>
      {arms.map((arm, index) => {
        const letter = letterOf(index);
        return (
          <fieldset key={letter} className="experiment-arm-fields">
            <legend>{t('arm', { letter })}</legend>
            <TextField
              label={t('armName', { letter })}
              value={arm.name}
              maxLength={60}
              onChange={(text) => change(index, { name: text })}
            />
            <TextField
              label={t('weight')}
              inputMode="numeric"
              value={arm.weight}
              maxLength={2}
              onChange={(text) => change(index, { weight: text })}
            />
            <SelectField
              className="experiment-shows"
              label={t('campaign')}
              choices={choices}
              value={arm.campaignId ?? NOTHING}
              onChange={(id) => change(index, { campaignId: id === NOTHING ? null : id })}
            />
            {arms.length > 2 && (
              <IconButton
                label={t('removeArm', { letter })}
                icon={<X size={20} strokeWidth={1.75} />}
                onPress={() => onChange(arms.filter((_, at) => at !== index))}
              />
            )}
          </fieldset>
        );
      })}
      <p className={sum > 100 ? 'experiment-problem' : 'experiment-counts'} role="status">
        {sum > 100 ? t('tooMuch', { sum }) : sum === 100 ? t('exact') : t('rest', { count: 100 - sum })}
      </p>
      {arms.length < MOST_ARMS && (
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          onPress={() =>
            onChange([...arms, { name: t('arm', { letter: letterOf(arms.length) }), weight: '10', campaignId: null }])
          }
        >
          {t('addArm')}
        </Button>
      )}
    </>
  );
}
