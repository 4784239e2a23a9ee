import type { ReactNode } from 'react';
import { useKeys } from '../ui/keys.ts';
import { useOverlays } from '../ui/overlay-depth.ts';
import { navigateTo, useRoute } from '../ui/route.ts';
import { undoLast } from '../ui/toast.tsx';
import { useLock } from './person-menu.tsx';
import type { ScreenEntry } from './screens.ts';
import type { ShellLayer } from './shell.tsx';

/** Whether something lies over the screen. The payment is a part of it: it keeps the sale's keys back and hears scans. */
function isScreenCovered(): boolean {
  return useOverlays.getState().layers.some(({ needsAnswer, hearsScans }) => !(needsAnswer && hearsScans));
}

/** The keys of the frame. F3 and F4 go to a screen unless the open one binds them itself. */
export function AppKeys({
  screens,
  onOpen,
}: {
  screens: readonly ScreenEntry[];
  onOpen: (layer: ShellLayer) => void;
}): ReactNode {
  const lock = useLock();
  const route = useRoute();
  const places = Object.fromEntries(screens.map((entry, index) => [`Alt+${index + 1}`, () => navigateTo(entry.route)]));
  const goes = (screen: string) => () => (route.screen === screen ? false : navigateTo(screen));
  useKeys({
    ...places,
    F3: goes('customers'),
    F4: goes('award'),
    'Ctrl+Z': () => undoLast(),
  });
  useKeys({ F1: () => (isScreenCovered() ? false : onOpen('help')) }, { isEverywhere: true });
  useKeys({ 'Ctrl+K': () => onOpen('palette'), 'Ctrl+L': () => void lock() }, { isEverywhere: true });
  return null;
}
