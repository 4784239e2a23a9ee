import type { ReactNode } from 'react';
import { KeyCap } from '../../../ui/key-cap.tsx';

export interface FunctionKey {
  /** The key printed on it; none when it has only the button. */
  readonly keys: string | null;
  readonly label: string;
  readonly isDisabled?: boolean;
  /** Something can be done with it now. */
  readonly isLit?: boolean;
  readonly onPress: () => void;
}

/** The till's function keys as touch buttons, with the key printed on them. */
export function FunctionKeys({ label, keys }: { label: string; keys: readonly FunctionKey[] }): ReactNode {
  return (
    <div className="till-keys" role="toolbar" aria-label={label}>
      {keys.map((key) => (
        <button
          key={key.label}
          type="button"
          className="till-key"
          aria-keyshortcuts={key.keys ?? undefined}
          disabled={key.isDisabled}
          data-lit={key.isLit === true}
          onClick={key.onPress}
        >
          {key.keys !== null && <KeyCap keys={key.keys} />}
          {key.label}
        </button>
      ))}
    </div>
  );
}
