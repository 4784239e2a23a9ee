import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { ComboField } from '../../ui/choice-field.tsx';
import { createFormatter, FormatContext } from '../../ui/format.ts';
import { setPreferences } from '../../ui/preferences.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { COUNTRIES, guessCountry } from './countries.ts';
import { changeFirstRun, moveStep, useFirstRun } from './first-run-state.ts';
import { SampleReceipt } from './sample-receipt.tsx';
import { StepFrame } from './step-frame.tsx';

function useGuess(): void {
  const { i18n } = useTranslation();
  const country = useFirstRun((draft) => draft.country);
  useEffect(() => {
    if (country !== '') return;
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    changeFirstRun({ ...guessCountry(zone, navigator.languages), language: i18n.language === 'es' ? 'es' : 'en' });
  }, [country, i18n]);
}

function SampleShop(): ReactNode {
  const { t } = useTranslation('first-run');
  const api = useApi();
  const queryClient = useQueryClient();
  const load = useCommand(useApiClient().setup.loadDemo);
  const report = useReport();
  const language = useFirstRun((draft) => draft.language);
  const start = async (): Promise<void> => {
    if (report(await load.run({ language }))) await queryClient.invalidateQueries(api.system.status.queryFilter());
  };
  return (
    <Button kind="ghost" isBusy={load.isRunning} onPress={() => void start()}>
      {t('region.sample')}
    </Button>
  );
}

/** Step 1: words, country, currency and how numbers look, shown on a receipt. */
export function RegionStep(): ReactNode {
  const { t, i18n } = useTranslation('first-run');
  useGuess();
  const draft = useFirstRun();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
    return COUNTRIES.map((one) => ({ id: one.country, label: names.of(one.country) ?? one.country })).toSorted((a, b) =>
      a.label.localeCompare(b.label, i18n.language),
    );
  }, [i18n.language]);
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'currency' });
    return Intl.supportedValuesOf('currency').map((code) => ({
      id: code,
      label: `${code} · ${names.of(code) ?? code}`,
    }));
  }, [i18n.language]);
  if (draft.country === '') return null;
  const format = createFormatter({
    language: draft.language,
    region: draft.region,
    currency: draft.currency,
    timeZone: draft.timeZone,
  });
  return (
    <StepFrame
      title={t('region.title')}
      detail={t('region.detail')}
      nextLabel={t('next')}
      onNext={() => moveStep(1)}
      extra={<SampleShop />}
    >
      <div className="first-run-split">
        <div className="first-run-column">
          <Segmented
            label={t('region.language')}
            isWide
            segments={[
              { id: 'es', label: 'Español' },
              { id: 'en', label: 'English' },
            ]}
            value={draft.language}
            onChange={(language) => {
              changeFirstRun({ language });
              setPreferences({ language });
            }}
          />
          <ComboField
            key={`country-${i18n.language}`}
            label={t('region.country')}
            choices={countries}
            value={draft.country}
            onChange={(id) => {
              const chosen = COUNTRIES.find((one) => one.country === id);
              if (chosen !== undefined) changeFirstRun(chosen);
            }}
          />
          <ComboField
            key={`currency-${i18n.language}-${draft.country}`}
            label={t('region.currency')}
            choices={currencies}
            value={draft.currency}
            onChange={(currency) => changeFirstRun({ currency })}
          />
        </div>
        <FormatContext value={format}>
          <SampleReceipt />
        </FormatContext>
      </div>
    </StepFrame>
  );
}
