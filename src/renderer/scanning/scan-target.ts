import { use, useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { ScanSource } from '#shop/scanning/classify.ts';
import { LayerContext } from '../ui/overlay-depth.ts';
import type { SoundKind } from '../ui/preferences.ts';
import type { Tone } from '../ui/tag.tsx';

/** What a scanned code turned out to be, as `scanning.submit` answers. */
export type ScanOutcome =
  | {
      readonly kind: 'customer';
      readonly customerId: string;
      readonly displayName: string;
      readonly balance: number;
      readonly status: string;
    }
  | { readonly kind: 'product'; readonly productId: string }
  | { readonly kind: 'receipt'; readonly saleId: string; readonly receiptNumber: string }
  | { readonly kind: 'voucher'; readonly voucherId: string; readonly code: string; readonly name: string }
  | { readonly kind: 'gift-card'; readonly accountId: string; readonly code: string }
  | { readonly kind: 'voucher-unsupported' }
  | { readonly kind: 'staff-badge' }
  | { readonly kind: 'repeat'; readonly ofKind: string }
  | {
      readonly kind: 'unknown';
      readonly shownText: string;
      readonly reason:
        | 'card-replaced'
        | 'own-shop'
        | 'not-known'
        | 'check-character'
        | 'too-long'
        | 'empty'
        | 'bad-characters';
    };

export interface ScanEvent {
  /** Null when nothing was logged for it, as for a repeat. */
  readonly scanId: string | null;
  readonly outcome: ScanOutcome;
  readonly source: ScanSource;
  readonly atMs: number;
  readonly risk: 'LOW' | 'MEDIUM' | 'HIGH';
}

/** How a screen answers when the usual words do not fit. */
export interface ScanAnswer {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string;
  readonly sound?: SoundKind;
  /** One way forward, on the toast. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

/**
 * Return false when the scan is not for this screen; nothing for the usual answer; your own answer; or null when the screen
 * says it all itself.
 */
export type ScanHandler = (scan: ScanEvent) => boolean | ScanAnswer | null | undefined;

interface ScanTarget {
  readonly layer: number;
  readonly handle: ScanHandler;
}

interface ScanTargets {
  readonly targets: readonly ScanTarget[];
  /** A scan on its way to the screen that is being opened for it. */
  readonly pending: ScanEvent | null;
}

const useTargets = create<ScanTargets>()(() => ({ targets: [], pending: null }));

/**
 * Receives scans while the component is mounted: the topmost layer first, the latest within it. A screen that is opened
 * because of a scan gets that scan at once.
 */
export function useScanTarget(handler: ScanHandler): void {
  const layer = use(LayerContext);
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    const target: ScanTarget = { layer, handle: (scan) => latest.current(scan) };
    useTargets.setState((state) => ({ targets: [...state.targets, target] }));
    const { pending } = useTargets.getState();
    if (pending !== null && target.handle(pending) !== false) useTargets.setState({ pending: null });
    return () => useTargets.setState((state) => ({ targets: state.targets.filter((known) => known !== target) }));
  }, [layer]);
}

/** Offers a scan to whatever listens, topmost first; false when nobody took it. */
export function offerScan(scan: ScanEvent): ReturnType<ScanHandler> {
  const targets = useTargets
    .getState()
    .targets.toReversed()
    .toSorted((one, other) => other.layer - one.layer);
  for (const target of targets) {
    const answer = target.handle(scan);
    if (answer !== false) return answer;
  }
  return false;
}

/** Keeps a scan for the screen that opens next. */
export function keepScan(scan: ScanEvent): void {
  useTargets.setState({ pending: scan });
}
