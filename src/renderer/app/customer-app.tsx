import type { i18n as I18n } from 'i18next';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { CustomerScreenState } from '#shop/customer-screen/screen-state.ts';
import { type CustomerApi, createCustomerApi } from '../api.ts';
import { createI18n, guessLanguage } from '../i18n/i18n.ts';
import { CustomerScreen } from '../screens/customer-screen/customer-screen.tsx';
import type { ScreenCalls } from '../screens/customer-screen/screen-calls.ts';
import { ScreenNotice } from '../screens/customer-screen/screen-notice.tsx';
import { createFormatter, FormatContext } from '../ui/format.ts';
import { useTheme } from './appearance.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import './app.css';

/** A short gap is not told; after it nothing of the customer's stays on a screen that no longer follows the till. */
const LOST_AFTER_MS = 2000;
const ASK_AGAIN_MS = 2000;

type Shown =
  | { readonly kind: 'starting' | 'lost' | 'unpaired' }
  | { readonly kind: 'state'; readonly state: CustomerScreenState };

/** True once the line has been gone for longer than a short gap. */
function useIsLost(isConnected: boolean): boolean {
  const [isLost, setIsLost] = useState(false);
  useEffect(() => {
    if (isConnected) setIsLost(false);
    const timer = isConnected ? 0 : window.setTimeout(() => setIsLost(true), LOST_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [isConnected]);
  return isLost;
}

/** Follows the till; a line that breaks is asked for again until it is back. */
function useShown(api: CustomerApi): Shown {
  const [state, setState] = useState<CustomerScreenState | null>(null);
  const [isConnected, setIsConnected] = useState(true);
  const [isUnpaired, setIsUnpaired] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const isLost = useIsLost(isConnected);
  useEffect(() => api.whenAccessLost(() => setIsUnpaired(true)), [api]);
  useEffect(() => api.whenConnectionChanges(setIsConnected), [api]);
  useEffect(() => {
    if (attempt < 0) return;
    let timer = 0;
    const subscription = api.client.state.subscribe(undefined, {
      onData: (next) => {
        setIsConnected(true);
        setState(next);
      },
      onError: () => {
        setIsConnected(false);
        timer = window.setTimeout(() => setAttempt((count) => count + 1), ASK_AGAIN_MS);
      },
    });
    return () => {
      subscription.unsubscribe();
      window.clearTimeout(timer);
    };
  }, [api, attempt]);
  if (isUnpaired) return { kind: 'unpaired' };
  if (isLost) return { kind: 'lost' };
  return state === null ? { kind: 'starting' } : { kind: 'state', state };
}

function callsOf({ client }: CustomerApi): ScreenCalls {
  return {
    scan: (code, source) => client.scan.mutate({ code, source }),
    chooseVoucher: (voucherId) => client.chooseVoucher.mutate({ voucherId }),
    answer: (answerId, score) => client.answer.mutate({ answerId, score }),
  };
}

function useFormatterOf(state: CustomerScreenState | null) {
  const { language = 'en', region = 'en-US', currency = 'USD', timeZone = 'UTC' } = state ?? {};
  return useMemo(
    () => createFormatter({ language, region, currency, timeZone }),
    [language, region, currency, timeZone],
  );
}

function Following({ api, i18n }: { api: CustomerApi; i18n: I18n }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const shown = useShown(api);
  const state = shown.kind === 'state' ? shown.state : null;
  const calls = useMemo(() => callsOf(api), [api]);
  const format = useFormatterOf(state);
  const language = state?.language ?? null;
  useTheme('system');
  useEffect(() => {
    if (language === null) return;
    document.documentElement.lang = language;
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [i18n, language]);
  const title = state === null ? t('title') : `${t('title')} – ${state.shopName}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (shown.kind === 'state')
    return (
      <FormatContext value={format}>
        <CustomerScreen state={shown.state} calls={calls} />
      </FormatContext>
    );
  return <ScreenNotice kind={shown.kind} />;
}

/** The customer's window: follows one till and shows nothing else. */
export function CustomerApp(): ReactNode {
  const [{ api, i18n }] = useState(() => ({
    api: createCustomerApi(),
    i18n: createI18n(guessLanguage(navigator.languages)),
  }));
  return (
    <I18nextProvider i18n={i18n}>
      <ErrorBoundary>
        <Following api={api} i18n={i18n} />
      </ErrorBoundary>
    </I18nextProvider>
  );
}
