import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Lapacho } from '../../ui/lapacho.tsx';
import './customer-screen.css';

/** What stands on the screen while it follows no till: nothing of any customer. */
export function ScreenNotice({ kind }: { kind: 'starting' | 'lost' | 'unpaired' }): ReactNode {
  const { t } = useTranslation('customer-screen');
  return (
    <main className="customer-screen">
      <div className="customer-whole">
        <section className="customer-hero is-notice" role="status">
          <Lapacho size={40} className="customer-mark" />
          {kind !== 'starting' && (
            <div>
              <h1>{t(`${kind}.title`)}</h1>
              <p className="customer-quiet">{t(`${kind}.detail`)}</p>
            </div>
          )}
        </section>
      </div>
    </main>
  );
}
