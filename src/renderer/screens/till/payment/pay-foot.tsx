import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useReadyButton } from '../order/use-ready-button.ts';

interface PayFootProps {
  /** What stands above the button: the change, what is left. */
  readonly children?: ReactNode;
  /** Names the amount: 'Pay 8.000'. */
  readonly label: string;
  /** What was typed or chosen so far: the button takes the focus anew, so that Enter always means it. */
  readonly typed: string;
  readonly isBusy: boolean;
  readonly onPress: () => void;
}

/** The foot of every way to pay: the one big button, with Enter, F9 and Ctrl Enter. */
export function PayFoot({ children, label, typed, isBusy, onPress }: PayFootProps): ReactNode {
  const ready = useReadyButton(typed);
  useKeys({ F9: onPress, 'Ctrl+Enter': onPress });
  return (
    <div className="till-panel-foot shell-dock">
      {children}
      <Button
        ref={ready}
        kind="primary"
        size="primary"
        keys="Enter"
        isFullWidth
        autoFocus
        isBusy={isBusy}
        onPress={onPress}
      >
        {label}
      </Button>
    </div>
  );
}
