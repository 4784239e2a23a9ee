import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { i18n as I18n } from 'i18next';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '../api.ts';
import { isFirstRunOpen, useFirstRun } from '../screens/first-run/first-run-state.ts';
import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx';
import { useApi } from '../ui/api-context.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { createFormatter, FormatContext, type FormatSettings } from '../ui/format.ts';
import { setShopClock } from '../ui/shop-clock.ts';
import { ShopContext, type ShopInfo, type ShopState } from '../ui/shop-context.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useAppearance, useLanguage } from './appearance.ts';
import { SignInClockNotice } from './clock-notice.tsx';
import { CommandHostProvider } from './command-host.tsx';
import { ConnectionStrip } from './connection-strip.tsx';
import { useLiveData } from './live-data.ts';

interface GateProps {
  readonly api: Api;
  readonly queryClient: QueryClient;
  readonly i18n: I18n;
}

const loadShell = async () => ({ default: (await import('./shell.tsx')).Shell });
const Shell = lazy(loadShell);
const FirstRunScreen = lazy(async () => ({
  default: (await import('../screens/first-run/first-run-screen.tsx')).FirstRunScreen,
}));

/** Fetches what comes after signing in while the person looks for their name: the first picture does not wait for it. */
function useShellAhead(isShown: boolean): void {
  useEffect(() => {
    if (isShown) void loadShell();
  }, [isShown]);
}

const NO_SHOP_FORMAT: Omit<FormatSettings, 'language'> = { region: 'en-US', currency: 'USD', timeZone: 'UTC' };

function useFormatter(shop: ShopInfo | null, language: 'en' | 'es') {
  return useMemo(() => {
    const { region, currency, timeZone } = shop ?? NO_SHOP_FORMAT;
    return createFormatter({ language, region, currency, timeZone });
  }, [shop, language]);
}

function useAccessLost(api: Api): boolean {
  const [isLost, setIsLost] = useState(false);
  useEffect(() => api.whenAccessLost(() => setIsLost(true)), [api]);
  return isLost;
}

function AccessLost(): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <main className="app-full">
      <EmptyState title={t('access.title')} detail={t('access.detail')} tone="neutral" />
    </main>
  );
}

function Starting(): ReactNode {
  return (
    <main className="app-full">
      <Skeleton />
    </main>
  );
}

/** Decides what the window shows: first run, sign-in, or the shell (locked or not). */
export function Gate({ api, queryClient, i18n }: GateProps): ReactNode {
  const { t } = useTranslation('shell');
  const calls = useApi();
  const status = useQuery(calls.system.status.queryOptions(undefined, { staleTime: 5000, retry: 5 }));
  const shop: ShopInfo | null = status.data?.shop ?? null;
  const language = useLanguage(i18n, shop?.language ?? null);
  const format = useFormatter(shop, language);
  const isAccessLost = useAccessLost(api);
  const isSettingUp = useFirstRun(isFirstRunOpen);
  useAppearance(shop?.theme ?? null);
  useLiveData(queryClient);
  const clock = status.data?.clock;
  useEffect(() => {
    if (clock !== undefined) setShopClock(clock.bookedMs - clock.wallMs);
  }, [clock]);
  useShellAhead(status.data !== undefined);
  if (isAccessLost) return <AccessLost />;
  if (status.data === undefined) {
    if (!status.isError) return <Starting />;
    return (
      <main className="app-full">
        <EmptyState
          tone="danger"
          title={t('engine.title')}
          detail={t('engine.detail')}
          action={<Button onPress={() => void status.refetch()}>{t('engine.retry')}</Button>}
        />
      </main>
    );
  }
  const { session, openShift, host, demo, appVersion } = status.data;
  const state: ShopState | null =
    shop === null || session === null ? null : { shop, session, openShift, host, isDemo: demo, appVersion };
  return (
    <FormatContext value={format}>
      <CommandHostProvider>
        <ConnectionStrip api={api} />
        <Suspense fallback={<Starting />}>
          {status.data.phase === 'first-run' || shop === null || (isSettingUp && session !== null) ? (
            <FirstRunScreen />
          ) : state === null ? (
            <SignInScreen shop={shop} isDemo={demo} notice={<SignInClockNotice />} />
          ) : (
            <ShopContext value={state}>
              <Shell />
            </ShopContext>
          )}
        </Suspense>
      </CommandHostProvider>
    </FormatContext>
  );
}
