import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ScanSource } from '#shop/scanning/classify.ts';

/** A code as it arrived, before anybody knows what it means. */
export interface RawScan {
  readonly text: string;
  readonly source: ScanSource;
  readonly atMs: number;
  /** Mean time between characters of a hand scanner; null for other sources. */
  readonly averageGapMs: number | null;
}

/** Return true to keep the scan to yourself. */
type RawHandler = (scan: RawScan) => boolean;

const useHandlers = create<{ readonly handlers: readonly RawHandler[] }>()(() => ({ handlers: [] }));

/** Sees scans before they are routed: the test pads of first run and of the scanner panel. */
export function useRawScans(handler: RawHandler): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const own: RawHandler = (scan) => latest.current(scan);
    useHandlers.setState((state) => ({ handlers: [...state.handlers, own] }));
    return () => useHandlers.setState((state) => ({ handlers: state.handlers.filter((known) => known !== own) }));
  }, []);
}

/** Offers a raw scan to the test pads; true when one kept it. */
export function offerRawScan(scan: RawScan): boolean {
  return useHandlers
    .getState()
    .handlers.toReversed()
    .some((handler) => handler(scan));
}
