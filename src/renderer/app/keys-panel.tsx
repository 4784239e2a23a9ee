import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../ui/dialog.tsx';
import { KeyCap } from '../ui/key-cap.tsx';

const EVERYWHERE = [
  ['F1', 'F1'],
  ['F3', 'F3'],
  ['F4', 'F4'],
  ['Ctrl K', 'CtrlK'],
  ['Alt 1…8', 'Alt'],
  ['Alt 0', 'Alt0'],
  ['Ctrl Z', 'CtrlZ'],
  ['Ctrl L', 'CtrlL'],
  ['Ctrl ↵', 'CtrlEnter'],
  ['Esc', 'Esc'],
  ['↑ ↓ Home End', 'lists'],
] as const;

const HERE: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  till: [
    ['F2', 'F2'],
    ['F6', 'F6'],
    ['F7', 'F7'],
    ['Shift F7', 'ShiftF7'],
    ['F8', 'F8'],
    ['F9', 'F9'],
    ['+ − Del', 'line'],
    ['0…9 ↵', 'digits'],
    ['Ctrl P', 'CtrlP'],
  ],
  activity: [['Ctrl P', 'CtrlP']],
};

/** Help: the keys of this screen and those that work everywhere. */
export function KeysPanel({ screen, onClose }: { screen: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation('shell');
  const list = (title: string, keys: readonly (readonly [string, string])[]): ReactNode => (
    <section className="keys-list">
      <h3>{title}</h3>
      <dl>
        {keys.map(([caps, word]) => (
          <div key={caps}>
            <dt>{t(`keys.${word}`)}</dt>
            <dd className="is-always">
              <KeyCap keys={caps} />
              <span className="is-hidden-visually">{caps}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
  const here = HERE[screen];
  return (
    <SidePanel title={t('keys.title')} isOnlyRead onClose={onClose}>
      {here !== undefined && list(t('keys.here'), here)}
      {list(t('keys.everywhere'), EVERYWHERE)}
    </SidePanel>
  );
}
