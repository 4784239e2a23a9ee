import { Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Label } from 'react-aria-components/Label';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.tsx';
import { SwitchField } from '../../ui/choice-field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { type SoundKind, setPreferences, usePreferences } from '../../ui/preferences.ts';
import { playSound } from '../../ui/sounds.ts';
import { PageFrame } from './page-frame.tsx';

const KINDS: readonly SoundKind[] = ['found', 'item', 'unknown', 'refused', 'busy', 'paid'];

/** Volume, which sounds are heard, and the edge flash for noisy shops. */
export function SoundsPage(): ReactNode {
  const { t } = useTranslation('settings');
  const { soundVolume, mutedSounds, hasEdgeFlash } = usePreferences();
  return (
    <PageFrame title={t('pages.sounds')} detail={t('sounds.detail')}>
      <Card className="settings-card">
        <Slider
          className="settings-slider"
          value={soundVolume}
          minValue={0}
          maxValue={100}
          step={5}
          onChange={(value) => setPreferences({ soundVolume: value })}
          onChangeEnd={() => playSound('found')}
        >
          <Label className="ui-field-label">{t('sounds.volume')}</Label>
          <SliderOutput className="is-muted" />
          <SliderTrack className="settings-slider-track">
            <SliderThumb className="settings-slider-thumb" />
          </SliderTrack>
        </Slider>
        <div>
          {KINDS.map((kind) => (
            <div key={kind} className="settings-sound">
              <SwitchField
                isSelected={!mutedSounds.includes(kind)}
                onChange={(isOn) =>
                  setPreferences({
                    mutedSounds: isOn ? mutedSounds.filter((one) => one !== kind) : [...mutedSounds, kind],
                  })
                }
              >
                {t(`sounds.kinds.${kind}`)}
              </SwitchField>
              <IconButton
                label={t('sounds.play', { kind: t(`sounds.kinds.${kind}`) })}
                icon={<Play size={18} />}
                onPress={() => playSound(kind)}
              />
            </div>
          ))}
        </div>
        <SwitchField isSelected={hasEdgeFlash} onChange={(isOn) => setPreferences({ hasEdgeFlash: isOn })}>
          {t('sounds.edge')}
        </SwitchField>
      </Card>
    </PageFrame>
  );
}
