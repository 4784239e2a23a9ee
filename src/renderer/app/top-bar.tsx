import { useQuery } from '@tanstack/react-query';
import { ScanLine, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useScannerState } from '../scanning/scanner-state.ts';
import { useApi } from '../ui/api-context.ts';
import { useFormat } from '../ui/format.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { setTopBarPlace, useTopBar } from '../ui/top-bar-slot.tsx';
import { AlertBell } from './alert-bell.tsx';
import { PersonMenu } from './person-menu.tsx';
import type { ShellLayer } from './shell.tsx';

interface TopBarProps {
  readonly current: string | null;
  readonly headingRef: (heading: HTMLHeadingElement | null) => void;
  readonly onOpen: (layer: ShellLayer) => void;
}

const HEALTH_EVERY_MS = 60_000;

function SavedChip(): ReactNode {
  const { t } = useTranslation('shell');
  const api = useApi();
  const format = useFormat();
  const health = useQuery(api.system.health.queryOptions(undefined, { refetchInterval: HEALTH_EVERY_MS }));
  const count = health.data?.pendingOps ?? 0;
  return (
    <span className="top-chip is-plain" title={t('saved.detail')}>
      <i className="top-led" aria-hidden="true" />
      <span>{t('saved.word')}</span>
      {count > 0 && <span className="top-chip-count">{format.number(count)}</span>}
    </span>
  );
}

function ScannerChip({ onPress }: { onPress: () => void }): ReactNode {
  const { t } = useTranslation('shell');
  const readiness = useScannerState((state) => state.readiness);
  return (
    <Button className="top-chip" aria-label={t(`scanner.${readiness}`)} onPress={onPress}>
      <ScanLine size={18} strokeWidth={1.75} aria-hidden="true" />
      <i className={`top-led is-${readiness}`} aria-hidden="true" />
    </Button>
  );
}

/** Title and the screen's own controls at the left; search, alerts, scanner, saved work and the person at the right. */
export function TopBar({ current, headingRef, onOpen }: TopBarProps): ReactNode {
  const { t } = useTranslation('shell');
  const hasOwnTitle = useTopBar((state) => state.titleOwners > 0);
  return (
    <header className="top">
      {!hasOwnTitle && (
        <h1 ref={headingRef} tabIndex={-1}>
          {current === null ? '' : t(`titles.${current}`)}
        </h1>
      )}
      <div className="top-slot" ref={setTopBarPlace} />
      <div className="top-space" />
      <Button className="top-search" aria-keyshortcuts="Control+K" onPress={() => onOpen('palette')}>
        <Search size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className="top-search-words">{t('search')}</span>
        <KeyCap keys="Ctrl K" />
      </Button>
      <AlertBell />
      <ScannerChip onPress={() => onOpen('scanner')} />
      <SavedChip />
      <PersonMenu onOpen={onOpen} />
    </header>
  );
}
