import { Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import './order/dialogs.css';

export interface FindRow {
  readonly id: string;
  /** What the row shows, which is also its name. */
  readonly content: ReactNode;
  readonly isDisabled?: boolean;
  readonly onChoose: () => void;
}

/** A row with the words by which it is found. */
export interface SoughtRow extends FindRow {
  readonly sought: string;
}

interface FindDialogProps {
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly rows: readonly FindRow[];
  /** Shown instead of rows when there are none. */
  readonly empty: ReactNode;
  /** A scanned code goes into the field whole. */
  readonly acceptsScan?: boolean;
  readonly onClose: () => void;
}

function nextRow(key: string, at: number, count: number): number | null {
  const last = count - 1;
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1;
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1;
  if (key === 'PageDown') return Math.min(at + 6, last);
  if (key === 'PageUp') return Math.max(at - 6, 0);
  return null;
}

/** One field and a list under it: type, move with the arrows, Enter chooses. The cursor never leaves the field. */
export function FindDialog(props: FindDialogProps): ReactNode {
  const { title, label, placeholder, text, onText, rows, empty, acceptsScan = false, onClose } = props;
  const listId = useId();
  const [reached, setReached] = useState({ text, at: 0 });
  const list = useRef<HTMLDivElement>(null);
  const at = reached.text === text ? Math.min(reached.at, rows.length - 1) : 0;
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const next = nextRow(event.key, at, rows.length);
    if (next !== null) setReached({ text, at: next });
    else if (event.key === 'Enter') choose(rows[at]);
    else return;
    event.preventDefault();
  };
  const choose = (row: FindRow | undefined): void => {
    if (row !== undefined && row.isDisabled !== true) row.onChoose();
  };
  return (
    <Dialog title={title} size="medium" className="till-find" hasCloseButton needsAnswer={false} onClose={onClose}>
      <div className="till-find-input">
        <Search size={20} strokeWidth={1.75} aria-hidden="true" />
        <input
          autoFocus
          type="text"
          role="combobox"
          aria-label={label}
          aria-expanded={rows.length > 0}
          aria-controls={listId}
          aria-activedescendant={rows.length > 0 ? `${listId}-${at}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={text}
          data-scan={acceptsScan ? 'accept' : undefined}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      {rows.length === 0 && <div className="till-find-list is-muted">{empty}</div>}
      <div
        ref={list}
        id={listId}
        className="till-find-list"
        role="listbox"
        aria-label={label}
        hidden={rows.length === 0}
      >
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active row
          <div
            key={row.id}
            id={`${listId}-${index}`}
            className="till-find-row"
            role="option"
            aria-selected={index === at}
            aria-disabled={row.isDisabled}
            onPointerMove={() => setReached({ text, at: index })}
            onClick={() => choose(row)}
          >
            {row.content}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
