import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { classNames } from '../ui/class-names.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { useOverlay } from '../ui/overlay-depth.ts';
import { type PaletteEntry, usePaletteEntries } from './palette-entries.tsx';
import type { ScreenEntry } from './screens.ts';
import type { ShellLayer } from './shell.tsx';
import './palette.css';

interface PaletteProps {
  readonly screens: readonly ScreenEntry[];
  readonly onClose: () => void;
  readonly onOpen: (layer: ShellLayer) => void;
}

function PaletteRow({
  entry,
  id,
  isMarked,
  onMark,
  onRun,
}: {
  entry: PaletteEntry;
  id: string;
  isMarked: boolean;
  onMark: () => void;
  onRun: () => void;
}): ReactNode {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above keeps the focus and handles keys
    // biome-ignore lint/a11y/useFocusableInteractive: options are reached through aria-activedescendant
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      className={classNames('palette-row', isMarked && 'is-marked')}
      onPointerMove={onMark}
      onClick={onRun}
    >
      {entry.icon}
      <span className="palette-words is-cut">
        {entry.label}
        {entry.detail !== undefined && <span className="is-faint is-small"> {entry.detail}</span>}
      </span>
      {entry.keys !== undefined && <KeyCap keys={entry.keys} />}
    </div>
  );
}

function PaletteBody({ screens, onClose, onOpen }: PaletteProps): ReactNode {
  const { t } = useTranslation(['shell', 'common']);
  const listId = useId();
  useOverlay(listId, false);
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const groups = usePaletteEntries(useDeferredValue(text), screens, onOpen);
  const entries = useMemo(() => groups.flatMap((group) => group.entries), [groups]);
  const at = Math.min(marked, Math.max(0, entries.length - 1));
  const run = (entry: PaletteEntry | undefined): void => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent): void => {
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 6, PageUp: at - 6 }[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      setMarked(goal < 0 ? entries.length - 1 : goal >= entries.length ? 0 : goal);
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      run(entries[at]);
    }
  };
  let place = -1;
  return (
    <>
      <label className="palette-field">
        <Search size={20} strokeWidth={1.75} aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: opening the palette means typing into it
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={entries.length > 0 ? `${listId}-${at}` : undefined}
          aria-label={t('palette.title')}
          placeholder={t('palette.placeholder')}
          value={text}
          autoComplete="off"
          onKeyDown={press}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(0);
          }}
        />
        <span className="is-always">
          <KeyCap keys="Esc" />
        </span>
      </label>
      <div id={listId} role="listbox" aria-label={t('palette.title')} className="palette-list">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options inside a listbox
          <div key={group.title} role="group" aria-label={group.title}>
            <p className="palette-group" aria-hidden="true">
              {group.title}
            </p>
            {group.entries.map((entry) => {
              place += 1;
              const own = place;
              return (
                <PaletteRow
                  key={entry.id}
                  id={`${listId}-${own}`}
                  entry={entry}
                  isMarked={own === at}
                  onMark={() => setMarked(own)}
                  onRun={() => run(entry)}
                />
              );
            })}
          </div>
        ))}
      </div>
      {entries.length === 0 && <p className="palette-nothing is-muted">{t('palette.nothing')}</p>}
    </>
  );
}

/** Ctrl K: one field that reaches customers, items, receipts, actions and screens. */
export function Palette(props: PaletteProps): ReactNode {
  const { t } = useTranslation('shell');
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      className="palette-backdrop"
    >
      <Modal className="palette">
        <AriaDialog aria-label={t('palette.title')} className="palette-frame">
          <PaletteBody {...props} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
