import { useQueryClient } from '@tanstack/react-query';
import { ScanLine } from 'lucide-react';
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offerScannedText, ScanRouter } from '../scanning/scan-router.tsx';
import { ScannerPanel } from '../scanning/scanner-panel.tsx';
import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { listenForKeys } from '../ui/keys.ts';
import { useOverlay } from '../ui/overlay-depth.ts';
import { useRoute } from '../ui/route.ts';
import { useShopState } from '../ui/shop-context.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { AppKeys } from './app-keys.tsx';
import { ClockNotice, SignInClockNotice } from './clock-notice.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { HelpPanel } from './help/help-panel.tsx';
import { IdleLock } from './idle-lock.tsx';
import { LastReceiptKey } from './last-receipt-key.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { SCREENS, type ScreenEntry } from './screens.ts';
import { TopBar } from './top-bar.tsx';
import './shell.css';

export type ShellLayer = 'palette' | 'help' | 'scanner' | null;

/** Over everything, the open sale kept below it; anybody may sign in to go on. */
function LockScreen(): ReactNode {
  const { shop, isDemo, session } = useShopState();
  useOverlay('lock', true);
  return (
    <div className="shell-lock">
      <SignInScreen shop={shop} isDemo={isDemo} locked={{ staffId: session.staffId }} notice={<SignInClockNotice />} />
    </div>
  );
}

function useHeadingFocus(screen: string): (heading: HTMLHeadingElement | null) => void {
  const heading = useRef<HTMLHeadingElement | null>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && screen !== '') heading.current?.focus();
    isFirst.current = false;
  }, [screen]);
  return (element) => {
    heading.current = element;
  };
}

const LOAD_AHEAD_AFTER_MS = 2000;

/** Fetches every screen's code once the first one stands, so that none is missing when the engine is lost. */
function useLoadAhead(screens: readonly ScreenEntry[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const { load } of screens) load().catch(() => undefined);
    }, LOAD_AHEAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [screens]);
}

/** What was asked while the till was locked was refused; ask again once somebody is back. */
function useRefreshOnUnlock(isLocked: boolean): void {
  const queryClient = useQueryClient();
  const wasLocked = useRef(isLocked);
  useEffect(() => {
    if (wasLocked.current && !isLocked) void queryClient.invalidateQueries();
    wasLocked.current = isLocked;
  }, [isLocked, queryClient]);
}

function NoSuchScreen(): ReactNode {
  const { t } = useTranslation('common');
  return (
    <EmptyState tone="neutral" icon={<ScanLine />} title={t('noPermission.title')} detail={t('noPermission.detail')} />
  );
}

/** Rail, top bar and the screen of the address. */
export function Shell(): ReactNode {
  const { session } = useShopState();
  const route = useRoute();
  const [layer, setLayer] = useState<ShellLayer>(null);
  const screens = useMemo(() => SCREENS.filter((entry) => session.permissions.includes(entry.permission)), [session]);
  const current = screens.find((entry) => entry.route === route.screen);
  const headingRef = useHeadingFocus(route.screen);
  const isLocked = session.isLocked;
  useEffect(listenForKeys, []);
  useRefreshOnUnlock(isLocked);
  useLoadAhead(screens);
  return (
    <>
      <div className="shell" inert={isLocked}>
        <Rail screens={screens} current={route.screen} />
        <div className="shell-main">
          <TopBar current={current?.route ?? null} headingRef={headingRef} onOpen={setLayer} />
          <ClockNotice />
          <main className="shell-screen">
            <ErrorBoundary key={route.screen}>
              <Suspense fallback={<Skeleton />}>
                {current === undefined ? <NoSuchScreen /> : <current.Screen key={current.route} />}
              </Suspense>
            </ErrorBoundary>
          </main>
        </div>
      </div>
      {layer === 'palette' && <Palette screens={screens} onClose={() => setLayer(null)} onOpen={setLayer} />}
      {layer === 'help' && <HelpPanel onClose={() => setLayer(null)} />}
      {layer === 'scanner' && <ScannerPanel onClose={() => setLayer(null)} onScan={offerScannedText} />}
      <AppKeys screens={screens} onOpen={setLayer} />
      <LastReceiptKey screen={route.screen} />
      <ScanRouter screen={isLocked ? 'sign-in' : route.screen} />
      {isLocked ? <LockScreen /> : <IdleLock />}
    </>
  );
}
