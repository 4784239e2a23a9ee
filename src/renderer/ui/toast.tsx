import { Check, CircleAlert, CircleCheck, CircleQuestionMark, CircleX, Info, Undo2, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { useOverlays } from './overlay-depth.ts';
import { screenNow } from './route.ts';
import type { Tone } from './tag.tsx';
import './tag.css';
import './toast.css';

const SHORT_MS = 3000;
export const UNDO_MS = 8000;

export interface ToastRequest {
  readonly tone: Tone;
  readonly title: string;
  readonly detail?: string;
  readonly icon?: ReactNode;
  readonly action?: { readonly label: string; readonly icon?: ReactNode; readonly onPress: () => void };
  /** null stays until dismissed or replaced; default 3 s. Paused while pointed at or focused. */
  readonly durationMs?: number | null;
  /** A toast with the same slot replaces the one before it; scans all use 'scan'. */
  readonly slot?: string;
  /** Called when it leaves by itself or is dismissed, not when its action is pressed. */
  readonly onGone?: () => void;
}

interface ShownToast extends ToastRequest {
  readonly id: number;
  /** The screen on which it was said. */
  readonly screen: string;
}

interface ToastState {
  readonly shown: readonly ShownToast[];
  readonly nextId: number;
  /** What assistive technology reads next; `serial` makes equal texts count as new. */
  readonly spoken: { readonly text: string; readonly urgency: 'polite' | 'assertive'; readonly serial: number };
  readonly undoable: { readonly id: number; readonly undo: () => void } | null;
}

const MOST_SHOWN = 3;

const useToasts = create<ToastState>()(() => ({
  shown: [],
  nextId: 1,
  spoken: { text: '', urgency: 'polite', serial: 0 },
  undoable: null,
}));

/** Reads a text aloud without showing it. */
export function announce(text: string, urgency: 'polite' | 'assertive' = 'polite'): void {
  useToasts.setState((state) => ({ spoken: { text, urgency, serial: state.spoken.serial + 1 } }));
}

/** Shows a toast and announces it once: assertively for warnings and refusals. Returns its id. */
export function showToast(request: ToastRequest): number {
  const id = useToasts.getState().nextId;
  useToasts.setState((state) => ({
    nextId: id + 1,
    shown: [
      ...state.shown.filter((toast) => request.slot === undefined || toast.slot !== request.slot),
      { ...request, id, screen: screenNow() },
    ].slice(-MOST_SHOWN),
  }));
  announce(
    [request.title, request.detail].filter((text) => text !== undefined).join('. '),
    request.tone === 'danger' || request.tone === 'warning' ? 'assertive' : 'polite',
  );
  return id;
}

export function dismissToast(id: number): void {
  useToasts.setState((state) => ({
    shown: state.shown.filter((toast) => toast.id !== id),
    undoable: state.undoable?.id === id ? null : state.undoable,
  }));
}

/** Takes away whatever stands in a slot, such as an answered scan. */
export function dismissSlot(slot: string): void {
  useToasts.setState((state) => ({ shown: state.shown.filter((toast) => toast.slot !== slot) }));
}

/** Takes away what stands in a slot and was said on another screen: it speaks of what is no longer seen. */
export function dismissSlotBeside(slot: string, screen: string): void {
  useToasts.setState((state) => ({
    shown: state.shown.filter((toast) => toast.slot !== slot || toast.screen === screen),
  }));
}

interface UndoRequest {
  readonly title: string;
  readonly detail?: string;
  readonly icon?: ReactNode;
  /** The word on the button, from the catalogue. */
  readonly undoLabel: string;
  readonly onUndo: () => void;
  /** How long Ctrl Z reaches it; the toast itself stays 8 s. */
  readonly reachMs?: number;
}

/** Says what was done and offers to take it back; Ctrl Z does the same. */
export function showUndo({ title, detail, icon, undoLabel, onUndo, reachMs = UNDO_MS }: UndoRequest): void {
  const take = (): void => {
    useToasts.setState({ undoable: null });
    onUndo();
  };
  const id = showToast({
    tone: 'accent',
    title,
    durationMs: UNDO_MS,
    action: { label: undoLabel, icon: <Undo2 size={16} />, onPress: take },
    ...(detail === undefined ? {} : { detail }),
    ...(icon === undefined ? {} : { icon }),
  });
  useToasts.setState({ undoable: { id, undo: take } });
  setTimeout(() => {
    if (useToasts.getState().undoable?.id === id) useToasts.setState({ undoable: null });
  }, reachMs);
}

/** Takes back the last undoable action; false when there is none. */
export function undoLast(): boolean {
  const undoable = useToasts.getState().undoable;
  if (undoable === null) return false;
  dismissToast(undoable.id);
  undoable.undo();
  return true;
}

const ICONS: Record<Tone, ReactNode> = {
  neutral: <Info size={22} strokeWidth={1.75} />,
  info: <Info size={22} strokeWidth={1.75} />,
  success: <CircleCheck size={22} strokeWidth={1.75} />,
  warning: <CircleQuestionMark size={22} strokeWidth={1.75} />,
  danger: <CircleX size={22} strokeWidth={1.75} />,
  accent: <Check size={22} strokeWidth={1.75} />,
  gold: <CircleAlert size={22} strokeWidth={1.75} />,
};

function useLeaving(toast: ShownToast, isHeld: boolean): void {
  const leftMs = useRef(toast.durationMs === undefined ? SHORT_MS : toast.durationMs);
  useEffect(() => {
    if (isHeld || leftMs.current === null) return;
    const startedAtMs = Date.now();
    const timer = setTimeout(() => {
      dismissToast(toast.id);
      toast.onGone?.();
    }, leftMs.current);
    return () => {
      clearTimeout(timer);
      if (leftMs.current !== null) leftMs.current = Math.max(500, leftMs.current - (Date.now() - startedAtMs));
    };
  }, [isHeld, toast]);
}

function ToastCard({ toast }: { toast: ShownToast }): ReactNode {
  const { t } = useTranslation('common');
  const [isHeld, setIsHeld] = useState(false);
  useLeaving(toast, isHeld);
  const action = toast.action;
  return (
    <li
      className="ui-toast"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <span className={`ui-tone-icon tone-${toast.tone}`}>{toast.icon ?? ICONS[toast.tone]}</span>
      <div className="ui-toast-words">
        <b>{toast.title}</b>
        {toast.detail !== undefined && <span className="is-muted is-small">{toast.detail}</span>}
      </div>
      {action !== undefined && (
        <Button
          icon={action.icon}
          onPress={() => {
            dismissToast(toast.id);
            action.onPress();
          }}
        >
          {action.label}
        </Button>
      )}
      {toast.durationMs === null && (
        <IconButton
          label={t('dismiss')}
          icon={<X size={18} />}
          onPress={() => {
            dismissToast(toast.id);
            toast.onGone?.();
          }}
        />
      )}
    </li>
  );
}

/** Where toasts appear and are read aloud; mounted once by the app, above dialogs. */
export function ToastRegion(): ReactNode {
  const { t } = useTranslation('common');
  const { shown, spoken } = useToasts();
  const isLayered = useOverlays((state) => state.layers.length > 0);
  return (
    <section className="ui-toasts" aria-label={t('notices')} data-layered={isLayered} data-react-aria-top-layer="true">
      <div className="is-hidden-visually" aria-live="polite" aria-atomic="true">
        {spoken.urgency === 'polite' && <span key={spoken.serial}>{spoken.text}</span>}
      </div>
      <div className="is-hidden-visually" aria-live="assertive" aria-atomic="true">
        {spoken.urgency === 'assertive' && <span key={spoken.serial}>{spoken.text}</span>}
      </div>
      <ol>
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  );
}
