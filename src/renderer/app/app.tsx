import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { type Api, createApi } from '../api.ts';
import { createI18n, guessLanguage } from '../i18n/i18n.ts';
import { ApiProvider } from '../ui/api-context.ts';
import { usePreferences } from '../ui/preferences.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Gate } from './gate.tsx';
import { createQueryClient } from './live-data.ts';
import './app.css';

interface Parts {
  readonly api: Api;
  readonly queryClient: ReturnType<typeof createQueryClient>;
  readonly i18n: ReturnType<typeof createI18n>;
}

function createParts(): Parts {
  const queryClient = createQueryClient(() => {
    void queryClient.invalidateQueries({
      predicate: (query) => JSON.stringify(query.queryKey[0]) === '["system","status"]',
    });
  });
  const language = usePreferences.getState().language ?? guessLanguage(navigator.languages);
  return { api: createApi(), queryClient, i18n: createI18n(language) };
}

/** Everything a window needs, put together once. */
export function App(): ReactNode {
  const [{ api, queryClient, i18n }] = useState(createParts);
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <ApiProvider trpcClient={api.client} queryClient={queryClient}>
          <ErrorBoundary>
            <Gate api={api} queryClient={queryClient} i18n={i18n} />
          </ErrorBoundary>
          <ToastRegion />
        </ApiProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}
