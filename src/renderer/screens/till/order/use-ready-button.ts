import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus on the button that goes on while an amount is typed or chosen, so that Enter always means that button.
 * A text field keeps its focus.
 */
export function useReadyButton(typed: string): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is when, not what
  useEffect(() => {
    if (document.activeElement instanceof HTMLInputElement) return;
    if (button.current?.disabled === false) button.current.focus();
  }, [typed]);
  return button;
}
