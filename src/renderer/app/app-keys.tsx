import type { ReactNode } from 'react';
import { useKeys } from '../ui/keys.ts';
import { navigateTo, useRoute } from '../ui/route.ts';
import { undoLast } from '../ui/toast.tsx';
import { useLock } from './person-menu.tsx';
import type { ScreenEntry } from './screens.ts';
import type { ShellLayer } from './shell.tsx';

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
    F1: () => onOpen('help'),
    F3: goes('customers'),
    F4: goes('award'),
    'Ctrl+Z': () => undoLast(),
  });
  useKeys({ 'Ctrl+K': () => onOpen('palette'), 'Ctrl+L': () => void lock() }, { isEverywhere: true });
  return null;
}
