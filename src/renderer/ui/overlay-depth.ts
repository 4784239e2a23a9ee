import { createContext, useEffect } from 'react';
import { create } from 'zustand';

interface OverlayState {
  /** Dialogs and side panels that are open now, the topmost last; each names whether it needs an answer, and hears scans all the same. */
  readonly layers: readonly { readonly id: string; readonly needsAnswer: boolean; readonly hearsScans: boolean }[];
}

/** What lies over the screen. Keys and scans ask it who may have them. */
export const useOverlays = create<OverlayState>()(() => ({ layers: [] }));

/** How deep in overlays a component is: 0 is the screen itself. */
export const LayerContext = createContext(0);

/** Counts an overlay while it is mounted. */
export function useOverlay(id: string, needsAnswer: boolean, hearsScans = !needsAnswer): void {
  useEffect(() => {
    useOverlays.setState((state) => ({ layers: [...state.layers, { id, needsAnswer, hearsScans }] }));
    return () => useOverlays.setState((state) => ({ layers: state.layers.filter((layer) => layer.id !== id) }));
  }, [id, needsAnswer, hearsScans]);
}
