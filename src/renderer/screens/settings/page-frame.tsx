import type { ReactNode } from 'react';

interface PageFrameProps {
  readonly title: string;
  readonly detail?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** Title, one sentence, actions, then the page's cards. */
export function PageFrame({ title, detail, actions, children }: PageFrameProps): ReactNode {
  return (
    <section aria-label={title} className="settings-frame">
      <header className="settings-head">
        <div>
          <h2>{title}</h2>
          {detail !== undefined && <p className="is-muted">{detail}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
