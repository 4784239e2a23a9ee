import { type ReactNode, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';

interface TopBarState {
  readonly place: HTMLElement | null;
  /** Screens that put their own title there. */
  readonly titleOwners: number;
}

/** The place in the top bar that screens may fill; the frame provides it. */
export const useTopBar = create<TopBarState>()(() => ({ place: null, titleOwners: 0 }));

export function setTopBarPlace(place: HTMLElement | null): void {
  useTopBar.setState({ place });
}

/** Puts children beside the title of the top bar, or in its place with `replacesTitle` (then give an h1). */
export function TopBarSlot({
  children,
  replacesTitle = false,
}: {
  children: ReactNode;
  replacesTitle?: boolean;
}): ReactNode {
  const place = useTopBar((state) => state.place);
  useEffect(() => {
    if (!replacesTitle) return;
    useTopBar.setState((state) => ({ titleOwners: state.titleOwners + 1 }));
    return () => useTopBar.setState((state) => ({ titleOwners: state.titleOwners - 1 }));
  }, [replacesTitle]);
  return place === null ? null : createPortal(children, place);
}
