import type { ReactNode } from 'react';
import './key-cap.css';

/** Keys as printed on a control: 'F9', 'Ctrl K'. Hidden from speech; the control carries aria-keyshortcuts. */
export function KeyCap({ keys }: { keys: string }): ReactNode {
  return (
    <span className="ui-keys" aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
