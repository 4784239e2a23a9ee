import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface BoundaryState {
  readonly error: Error | null;
}

/** Says what happened, what is safe and what to do, in that order. */
function BrokenScreen({ error, onReopen }: { error: Error; onReopen: () => void }): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className="app-broken" role="alert">
      <EmptyState
        tone="danger"
        icon={<TriangleAlert strokeWidth={1.75} />}
        title={t('error.screen')}
        detail={t('error.screenDetail')}
        action={
          <Button kind="primary" autoFocus onPress={onReopen}>
            {t('error.reopen')}
          </Button>
        }
      />
      <details className="app-broken-details">
        <summary>{t('error.details')}</summary>
        <code>{error.message}</code>
      </details>
    </div>
  );
}

/** Keeps the frame alive when a screen breaks; drafts and saved work are not touched. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { error: null };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <BrokenScreen error={error} onReopen={() => this.setState({ error: null })} />;
  }
}
