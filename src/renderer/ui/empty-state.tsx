import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  readonly icon?: ReactNode;
  /** One line that says what will be here, or what happened. */
  readonly title: string;
  readonly detail?: ReactNode;
  /** One button that starts it. */
  readonly action?: ReactNode;
  readonly tone?: 'accent' | 'danger' | 'neutral';
}

/** Empty, error and no-permission states share this shape. */
export function EmptyState({ icon, title, detail, action, tone = 'accent' }: EmptyStateProps): ReactNode {
  return (
    <div className={`ui-empty is-${tone}`}>
      {icon !== undefined && <span className="ui-empty-icon">{icon}</span>}
      <div className="ui-empty-words">
        <p className="ui-empty-title">{title}</p>
        {detail !== undefined && <p className="is-muted is-small">{detail}</p>}
      </div>
      {action}
    </div>
  );
}
