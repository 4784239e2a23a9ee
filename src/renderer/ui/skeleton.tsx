import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePatience } from './spinner.tsx';
import './skeleton.css';

const SLOW_AFTER_MS = 3000;

interface SkeletonProps {
  /** Rows in the shape of the content. */
  readonly rows?: number;
  readonly shape?: 'person' | 'row' | 'card';
}

/** Nothing for 300 ms, then shapes of the content, after 3 s a line that says it is slow. */
export function Skeleton({ rows = 4, shape = 'row' }: SkeletonProps): ReactNode {
  const { t } = useTranslation('common');
  const isShown = usePatience();
  const isSlow = usePatience(SLOW_AFTER_MS);
  return (
    <div className="ui-skeleton" role="status" aria-busy="true" aria-label={t('loading')}>
      {isShown &&
        Array.from({ length: rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: identical placeholders in a fixed order
          <span key={index} className={`ui-skeleton-item is-${shape}`} />
        ))}
      {isSlow && <p className="is-muted is-small">{t('loadingSlow')}</p>}
    </div>
  );
}
