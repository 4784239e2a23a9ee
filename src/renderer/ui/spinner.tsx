import { type ReactNode, useEffect, useState } from 'react';
import './button.css';

const PATIENCE_MS = 300;

/** True once `PATIENCE_MS` have passed: nothing that is quick should flash a sign of waiting. */
export function usePatience(delayMs = PATIENCE_MS): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsOver(true), delayMs);
    return () => clearTimeout(timer);
  }, [delayMs]);
  return isOver;
}

/** A turning ring, after 300 ms only. */
export function Spinner(): ReactNode {
  return usePatience() ? <span className="ui-spinner" aria-hidden="true" /> : null;
}
