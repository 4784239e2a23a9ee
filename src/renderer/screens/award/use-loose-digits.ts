import { useEffect, useRef } from 'react';
import { useOverlays } from '../../ui/overlay-depth.ts';

/** Longer than the gap between two characters of a scanner, shorter than the gap between two of a person. */
const REST_MS = 70;
/** A burst of this many characters is a scan and not a person typing. */
const SCAN_LENGTH = 4;

function isInField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

/**
 * Hands over digits typed while no field has the focus, so that the number pad of the keyboard always works.
 * They are held for 70 ms: a scanner's burst of four or more is left to the scan listener.
 */
export function useLooseDigits(onDigits: (digits: string) => void): void {
  const latest = useRef(onDigits);
  useEffect(() => {
    latest.current = onDigits;
  });
  useEffect(() => {
    let burst = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = (): void => {
      if (burst.length < SCAN_LENGTH && /^\d+$/.test(burst)) latest.current(burst);
      burst = '';
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1 || isInField(event.target)) return;
      if (useOverlays.getState().layers.length > 0) return;
      burst += event.key;
      clearTimeout(timer);
      timer = setTimeout(flush, REST_MS);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      clearTimeout(timer);
    };
  }, []);
}
