import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './card.css';

interface CardProps {
  readonly children: ReactNode;
  /** Heading of the panel; makes it a labelled region. */
  readonly title?: string;
  /** What stands at the right of the heading. */
  readonly actions?: ReactNode;
  readonly className?: string;
}

/** A panel on the canvas. */
export function Card({ children, title, actions, className }: CardProps): ReactNode {
  if (title === undefined) return <div className={classNames('ui-card', className)}>{children}</div>;
  return (
    <section className={classNames('ui-card', className)} aria-label={title}>
      <header className="ui-card-head">
        <h2>{title}</h2>
        {actions}
      </header>
      {children}
    </section>
  );
}
