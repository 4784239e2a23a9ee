import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { useFormat } from '../../ui/format.ts';
import { setPreferences } from '../../ui/preferences.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useMay, useShop } from '../../ui/shop-context.ts';
import { PageFrame } from './page-frame.tsx';
import { useSaveSettings } from './use-save.ts';

const REGION_LANGUAGES = ['es', 'en', 'pt'] as const;
const SAMPLE_MINOR = 1_234_500;

/** Words for this till, numbers for the shop: two separate choices. */
export function LanguagePage(): ReactNode {
  const { t, i18n } = useTranslation('settings');
  const shop = useShop();
  const format = useFormat();
  const mayChange = useMay('settings.shop');
  const { save } = useSaveSettings();
  const [nowMs] = useState(() => Date.now());
  const language = i18n.language === 'es' ? 'es' : 'en';
  const regions = [...new Set([shop.region, ...REGION_LANGUAGES.map((one) => `${one}-${shop.country}`)])];
  const names = new Intl.DisplayNames(i18n.language, { type: 'language' });
  const languages = [
    { id: 'es', label: 'Español' },
    { id: 'en', label: 'English' },
  ] as const;
  return (
    <PageFrame title={t('pages.language')} detail={t('language.detail')}>
      <Card title={t('language.here')} className="settings-card">
        <Segmented
          label={t('language.here')}
          isWide
          segments={languages}
          value={language}
          onChange={(chosen) => setPreferences({ language: chosen })}
        />
      </Card>
      <Card title={t('language.shop')} className="settings-card">
        <SelectField
          label={t('language.receipts')}
          isDisabled={!mayChange}
          choices={languages}
          value={shop.language}
          onChange={(chosen) => void save({ language: chosen })}
        />
        <SelectField
          label={t('language.numbers')}
          isDisabled={!mayChange}
          choices={regions.map((id) => ({ id, label: names.of(id) ?? id }))}
          value={shop.region}
          onChange={(region) => void save({ region })}
        />
        <p className="is-muted">
          {t('language.sample', {
            money: format.money(SAMPLE_MINOR),
            date: format.longDay(nowMs),
            time: format.time(nowMs),
          })}
        </p>
      </Card>
    </PageFrame>
  );
}
