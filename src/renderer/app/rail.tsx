import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Lapacho } from '../ui/lapacho.tsx';
import { hrefTo } from '../ui/route.ts';
import type { ScreenEntry } from './screens.ts';

/** Where the window is narrower than all screens beside each other, the one that is open is in sight. */
function showIt(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The screens this person may open; icon and word always. */
export function Rail({ screens, current }: { screens: readonly ScreenEntry[]; current: string }): ReactNode {
  const { t } = useTranslation('shell');
  const link = (entry: ScreenEntry, place: number): ReactNode => (
    <a
      key={entry.route}
      href={hrefTo(entry.route)}
      className={entry.route === current ? 'rail-link is-current' : 'rail-link'}
      aria-current={entry.route === current ? 'page' : undefined}
      aria-keyshortcuts={`Alt+${place}`}
      ref={entry.route === current ? showIt : undefined}
    >
      <entry.icon size={22} strokeWidth={1.75} aria-hidden="true" />
      <span>{t(`screens.${entry.route}`)}</span>
    </a>
  );
  const place = (entry: ScreenEntry): number => screens.indexOf(entry) + 1;
  return (
    <nav className="rail" aria-label={t('rail')} data-scrolls-sideways>
      <div className="rail-mark">
        <Lapacho size={32} />
      </div>
      {screens
        .filter((entry) => entry.isAtBottom !== true && entry.isInTopBar !== true)
        .map((entry) => link(entry, place(entry)))}
      <div className="rail-space" />
      {screens.filter((entry) => entry.isAtBottom === true).map((entry) => link(entry, place(entry)))}
    </nav>
  );
}
