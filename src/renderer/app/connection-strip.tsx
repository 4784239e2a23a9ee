import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Api } from '../api.ts';

const SHOW_AFTER_MS = 1500;
const GOOD_NEWS_MS = 3000;

/** Says when the window lost the engine that keeps the data; it reconnects by itself. */
export function ConnectionStrip({ api }: { api: Api }): ReactNode {
  const { t } = useTranslation('shell');
  const [isConnected, setIsConnected] = useState(true);
  const [shown, setShown] = useState<'nothing' | 'lost' | 'back'>('nothing');
  const queryClient = useQueryClient();
  useEffect(() => api.whenConnectionChanges(setIsConnected), [api]);
  useEffect(() => {
    // What could not be read meanwhile, and what changed unseen, is asked again.
    if (shown === 'back') void queryClient.invalidateQueries();
  }, [shown, queryClient]);
  useEffect(() => {
    if (isConnected) {
      setShown((before) => (before === 'lost' ? 'back' : before));
      const timer = setTimeout(() => setShown((before) => (before === 'back' ? 'nothing' : before)), GOOD_NEWS_MS);
      return () => clearTimeout(timer);
    }
    const timer = setTimeout(() => setShown('lost'), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [isConnected]);
  if (shown === 'nothing') return null;
  return (
    <div className={`app-strip is-${shown}`} role="status">
      {shown === 'lost' && <CloudOff size={20} strokeWidth={1.75} aria-hidden="true" />}
      {t(`connection.${shown}`)}
    </div>
  );
}
