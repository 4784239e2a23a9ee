import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { useSaveSettings, useSettings } from './use-save.ts';

const ASK_EVERY_MS = 15_000;
/** What a shop begins with that lets new versions take over by themselves: nobody is there. */
const USUAL_WINDOW = { fromHour: 2, untilHour: 5 };
const HOURS = Array.from({ length: 24 }, (_, hour) => ({
  id: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}));

/** Whether a new version is in place, and when it may take over by itself. */
export function UpdateCard(): ReactNode {
  const { t } = useTranslation('settings');
  const settings = useSettings();
  const { save } = useSaveSettings();
  const mayChange = useMay('settings.shop');
  if (settings === undefined) return null;
  const { updateWindow } = settings;
  const hourField = (label: string, part: 'fromHour' | 'untilHour'): ReactNode => (
    <SelectField
      label={label}
      isDisabled={!mayChange}
      choices={HOURS}
      value={String(updateWindow?.[part] ?? 0)}
      onChange={(hour) => void save({ updateWindow: { ...(updateWindow ?? USUAL_WINDOW), [part]: Number(hour) } })}
    />
  );
  return (
    <Card title={t('update.title')} className="settings-card">
      <Standing />
      <SwitchField
        isSelected={updateWindow !== null}
        isDisabled={!mayChange}
        onChange={(isOn) => void save({ updateWindow: isOn ? USUAL_WINDOW : null })}
      >
        {t('update.byItself')}
      </SwitchField>
      {updateWindow !== null && (
        <>
          <div className="settings-pair">
            {hourField(t('update.from'), 'fromHour')}
            {hourField(t('update.until'), 'untilHour')}
          </div>
          <p className="is-muted is-small">{t('update.byItselfDetail')}</p>
        </>
      )}
    </Card>
  );
}

/** What is in place now, what it waits for, and the button for who does not want to wait. */
function Standing(): ReactNode {
  const { t } = useTranslation('settings');
  const start = useCommand(useApiClient().system.startUpdate);
  const report = useReport();
  const mayStart = useMay('settings.shop');
  const update = useQuery({ ...useApi().system.update.queryOptions(), refetchInterval: ASK_EVERY_MS }).data;
  if (update === undefined) return null;
  if (!update.isInPlace) return <p className="is-muted">{t('update.none')}</p>;
  const { waitsFor, startsByItself } = update;
  const startNow = async (): Promise<void> => {
    if (report(await start.run({}))) showToast({ tone: 'success', title: t('update.starting') });
  };
  return (
    <>
      <p role="status">
        <b className="is-strong">{t('update.inPlace')}</b>{' '}
        {startsByItself ? t(`update.waits.${waitsFor ?? 'soon'}`) : t('update.startAgain')}
      </p>
      {startsByItself && mayStart && (
        <div className="settings-buttons">
          <Button isBusy={start.isRunning} onPress={() => void startNow()}>
            {t('update.startNow')}
          </Button>
        </div>
      )}
    </>
  );
}
