import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Card } from '../../../ui/card.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';

interface SentenceListProps<Item> {
  readonly title: string;
  readonly emptyText: string;
  readonly addLabel: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  readonly textOf: (item: Item) => string;
  readonly isDisabled: boolean;
  readonly onAdd: () => void;
  readonly onOpen: (item: Item) => void;
}

/** Parts of a programme, each as the sentence that it means; pressing one opens its form. */
export function SentenceList<Item>(props: SentenceListProps<Item>): ReactNode {
  const { title, emptyText, addLabel, items, idOf, nameOf, textOf, isDisabled, onAdd, onOpen } = props;
  return (
    <Card title={title}>
      {items.length === 0 && <EmptyState tone="neutral" title={emptyText} />}
      <ul className="settings-rows">
        {items.map((item) => (
          <li key={idOf(item)}>
            <button type="button" className="settings-row" disabled={isDisabled} onClick={() => onOpen(item)}>
              <span className="settings-row-words">
                {nameOf(item) !== '' && <b>{nameOf(item)}</b>}
                <span className={nameOf(item) === '' ? undefined : 'is-muted'}>{textOf(item)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {!isDisabled && (
        <div className="settings-add">
          <Button icon={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />} onPress={onAdd}>
            {addLabel}
          </Button>
        </div>
      )}
    </Card>
  );
}
