import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { navigateTo } from '../../ui/route.ts';
import { type FoundCustomer, useFoundCustomers } from './award-data.ts';

interface CustomerFinderProps {
  /** Counts up each time somebody asks for the search; 0 while nobody did. */
  readonly asked: number;
  readonly onChoose: (customerId: string) => void;
  /** Goes back to the customer who was there; null when nobody was. */
  readonly onCancel: (() => void) | null;
}

/** One field that finds a customer by name, phone or code; arrows choose, Enter takes. */
export function CustomerFinder({ asked, onChoose, onCancel }: CustomerFinderProps): ReactNode {
  const { t } = useTranslation('award');
  const listId = useId();
  const [text, setText] = useState('');
  const [marked, setMarked] = useState(0);
  const found = useFoundCustomers(text);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asked > 0) input.current?.focus();
  }, [asked]);
  const options = text.trim() === '' ? [] : (found.data ?? []);
  const active = options[Math.min(marked, options.length - 1)];
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setMarked(Math.min(options.length - 1, marked + 1));
    else if (event.key === 'ArrowUp') setMarked(Math.max(0, marked - 1));
    else if (event.key === 'Enter' && active !== undefined) onChoose(active.customerId);
    else if (event.key === 'Escape' && onCancel !== null) onCancel();
    else return;
    event.preventDefault();
  };
  return (
    <div className="award-find">
      <p className="award-find-hint" id={`${listId}-hint`}>
        {t('customer.hint')}
      </p>
      <span className="ui-input-row">
        <input
          ref={input}
          className="ui-input"
          role="combobox"
          type="search"
          autoComplete="off"
          aria-label={t('customer.search')}
          aria-describedby={`${listId}-hint`}
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active.customerId}`}
          placeholder={t('customer.placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMarked(0);
          }}
          onKeyDown={onKeyDown}
        />
      </span>
      <div id={listId} role="listbox" aria-label={t('customer.search')} className="award-find-list">
        {options.map((option) => (
          <FinderOption
            key={option.customerId}
            id={`${listId}-${option.customerId}`}
            option={option}
            isActive={option === active}
            onChoose={onChoose}
          />
        ))}
      </div>
      {text.trim() !== '' && found.data !== undefined && options.length === 0 && !found.isFetching && (
        <>
          <p className="award-find-hint" role="status">
            {t('customer.none')}
          </p>
          <Button onPress={() => navigateTo('customers')}>{t('customer.create')}</Button>
        </>
      )}
      {onCancel !== null && (
        <Button kind="ghost" onPress={onCancel}>
          {t('customer.keep', { name: '' }).trim()}
        </Button>
      )}
    </div>
  );
}

interface FinderOptionProps {
  readonly id: string;
  readonly option: FoundCustomer;
  readonly isActive: boolean;
  readonly onChoose: (customerId: string) => void;
}

function FinderOption({ id, option, isActive, onChoose }: FinderOptionProps): ReactNode {
  const { t } = useTranslation('award');
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field that owns this list handles the keys (combobox pattern)
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="award-find-option"
      data-active={isActive}
      onClick={() => onChoose(option.customerId)}
    >
      <Avatar name={option.displayName} />
      <span>
        <b>{option.displayName}</b>
        <small>{option.phoneNational ?? formatCode(option.code)}</small>
      </span>
      <small>{t('customer.points', { points: format.points(option.balance) })}</small>
    </div>
  );
}
