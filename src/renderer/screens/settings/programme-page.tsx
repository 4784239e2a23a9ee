import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { MoneyField, NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { PageFrame } from './page-frame.tsx';
import { useSaving } from './use-save.ts';

interface Draft {
  readonly name: string;
  readonly points: number | null;
  readonly perMinor: number | null;
  readonly minimumSpendMinor: number | null;
  readonly expiryMonths: number | null;
}

/** An amount that shows the rule well: 68 and a half times the unit. */
const SAMPLE_HALF_UNITS = 137;

/** What a sample sale would earn: floor once, nothing below the minimum. Same arithmetic as the rule of one step. */
function sampleOf(draft: Draft): { amountMinor: number; points: number } | null {
  const { points, perMinor, minimumSpendMinor } = draft;
  if (points === null || perMinor === null || perMinor <= 0) return null;
  const amountMinor = Math.round((perMinor * SAMPLE_HALF_UNITS) / 2);
  const isEnough = amountMinor >= (minimumSpendMinor ?? 0);
  return { amountMinor, points: isEnough ? Math.floor((amountMinor * points) / perMinor) : 0 };
}

function ProgrammeForm({ initial, version }: { initial: Draft; version: number }): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const mayChange = useMay('programme.edit');
  const publish = useCommand(useApiClient().points.publishProgramme);
  const saving = useSaving();
  const [draft, setDraft] = useState(initial);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const sample = sampleOf(draft);
  const isComplete = sample !== null && draft.name.trim() !== '';
  const submit = (): void => {
    const { name, points, perMinor, minimumSpendMinor, expiryMonths } = draft;
    if (points === null || perMinor === null) return;
    void saving(
      publish.run({ name: name.trim(), points, perMinor, minimumSpendMinor: minimumSpendMinor ?? 0, expiryMonths }),
    );
  };
  return (
    <>
      <div className="settings-sample" role="status">
        <p className="settings-sample-main">
          {sample === null
            ? t('programme.incomplete')
            : t('programme.sample', { amount: format.money(sample.amountMinor), points: format.points(sample.points) })}
        </p>
        <p className="is-muted is-small">{t('programme.version', { version })}</p>
      </div>
      <Card className="settings-card">
        <TextField
          label={t('programme.name')}
          value={draft.name}
          maxLength={80}
          isDisabled={!mayChange}
          onChange={(name) => change({ name })}
        />
        <div className="settings-pair">
          <NumberField
            label={t('programme.points')}
            value={draft.points}
            isDisabled={!mayChange}
            onChange={(points) => change({ points })}
          />
          <MoneyField
            label={t('programme.per')}
            minor={draft.perMinor}
            isDisabled={!mayChange}
            onChange={(perMinor) => change({ perMinor })}
          />
        </div>
        <div className="settings-pair">
          <MoneyField
            label={t('programme.minimum')}
            hint={t('programme.minimumHint')}
            minor={draft.minimumSpendMinor}
            isDisabled={!mayChange}
            onChange={(minimumSpendMinor) => change({ minimumSpendMinor })}
          />
          <NumberField
            label={t('programme.expiry')}
            hint={t('programme.expiryHint')}
            value={draft.expiryMonths}
            isDisabled={!mayChange}
            onChange={(expiryMonths) => change({ expiryMonths })}
          />
        </div>
        {mayChange && (
          <div className="settings-buttons">
            <Button kind="primary" isBusy={publish.isRunning} isDisabled={!isComplete} onPress={submit}>
              {t('programme.publish')}
            </Button>
          </div>
        )}
      </Card>
    </>
  );
}

/** The loyalty program, with a live example sentence. */
export function ProgrammePage(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const programme = useQuery(useApi().points.programme.queryOptions());
  const shown = programme.data;
  return (
    <PageFrame title={t('pages.programme')} detail={t('programme.detail')}>
      {programme.isPending && <Skeleton />}
      {programme.isError && (
        <EmptyState
          tone="danger"
          title={t('common:error.load')}
          detail={t('common:error.loadDetail')}
          action={<Button onPress={() => void programme.refetch()}>{t('common:retry')}</Button>}
        />
      )}
      {shown !== undefined && (
        <ProgrammeForm
          key={shown.versionId}
          version={shown.version}
          initial={{
            name: shown.name,
            points: shown.pointsPerUnit.points,
            perMinor: shown.pointsPerUnit.perMinor,
            minimumSpendMinor: shown.minimumSpendMinor,
            expiryMonths: shown.expiryMonths,
          }}
        />
      )}
    </PageFrame>
  );
}
