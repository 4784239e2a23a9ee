import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { setPreferences, type Theme, usePreferences } from '../../ui/preferences.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { useShop } from '../../ui/shop-context.ts';
import { PageFrame } from './page-frame.tsx';

const SCALES = ['auto', '90', '100', '115', '130', '150'] as const;

/** Theme and size of this window. */
export function AppearancePage(): ReactNode {
  const { t } = useTranslation('settings');
  const shop = useShop();
  const { theme, scalePercent } = usePreferences();
  const scale = SCALES.find((one) => one === String(scalePercent)) ?? 'auto';
  return (
    <PageFrame title={t('pages.appearance')} detail={t('appearance.detail')}>
      <Card title={t('appearance.theme')} className="settings-card">
        <Segmented
          label={t('appearance.theme')}
          isWide
          segments={[
            { id: 'system', label: t('appearance.system'), icon: <Monitor size={18} /> },
            { id: 'light', label: t('appearance.light'), icon: <Sun size={18} /> },
            { id: 'dark', label: t('appearance.dark'), icon: <Moon size={18} /> },
          ]}
          value={theme ?? (shop.theme as Theme)}
          onChange={(chosen) => setPreferences({ theme: chosen })}
        />
      </Card>
      <Card title={t('appearance.scale')} className="settings-card">
        <Segmented
          label={t('appearance.scale')}
          isWide
          segments={SCALES.map((id) => ({ id, label: id === 'auto' ? t('appearance.auto') : `${id} %` }))}
          value={scale}
          onChange={(chosen) => setPreferences({ scalePercent: chosen === 'auto' ? null : Number(chosen) })}
        />
      </Card>
    </PageFrame>
  );
}
