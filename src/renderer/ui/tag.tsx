import type { ReactNode } from 'react';
import './tag.css';

export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info' | 'accent' | 'gold';

/** A small word with an optional icon; colour only repeats what the word says. */
export function Tag({
  tone = 'neutral',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <span className={`ui-tag tone-${tone}`}>
      {icon}
      {children}
    </span>
  );
}
