import { Search, UserPlus } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyCap } from '../../ui/key-cap.tsx';
import { useKeys } from '../../ui/keys.ts';
import { useMay, useShop } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { openCustomer, startSaleFor } from './customer-links.ts';
import { CustomersMenu } from './customers-menu.tsx';
import { CustomerRow } from './customer-row.tsx';
import { FOUND_AT_MOST, type FoundCustomer, useFoundCustomers } from './customers-data.ts';
import { openEnrol, setSearchText, startEnrol, useCustomersState } from './customers-state.ts';
import { EnrolPanel } from './enrol-panel.tsx';
import { readTypedPerson } from './typed-person.ts';
import './customer-search.css';

/** One field for everything, the ranked list below it, and the enrol panel at the side. */
export function CustomerSearch(): ReactNode {
  const mayEdit = useMay('customers.edit');
  const { text } = useCustomersState();
  const listId = useId();
  const [marked, setMarked] = useState(0);
  const found = useFoundCustomers(text.trim());
  const options = found.data ?? [];
  const active = options[Math.min(marked, options.length - 1)];
  return (
    <div className="customers">
      <div className="customers-main">
        <div className="customers-bar">
          <SearchField listId={listId} options={options} active={active} marked={marked} onMark={setMarked} />
          {mayEdit && (
            <Button
              className="customers-new-button"
              size="counter"
              icon={<UserPlus size={18} aria-hidden="true" />}
              onPress={openEnrol}
            >
              <NewWord />
            </Button>
          )}
          <CustomersMenu />
        </div>
        <Results
          listId={listId}
          options={options}
          active={active}
          found={found}
          text={text.trim()}
          onMark={setMarked}
        />
      </div>
      {mayEdit && <EnrolPanel />}
    </div>
  );
}

function NewWord(): ReactNode {
  return useTranslation('customers').t('menu.new');
}

interface SearchFieldProps {
  readonly listId: string;
  readonly options: readonly FoundCustomer[];
  readonly active: FoundCustomer | undefined;
  readonly marked: number;
  readonly onMark: (index: number) => void;
}

const PAGE = 8;

function SearchField({ listId, options, active, marked, onMark }: SearchFieldProps): ReactNode {
  const { t } = useTranslation('customers');
  const { text } = useCustomersState();
  const input = useRef<HTMLInputElement>(null);
  const mayEdit = useMay('customers.edit');
  const maySell = useMay('sale.make');
  const { country } = useShop();
  // One frame after the frame has put the focus on the screen's heading: here people type at once.
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  useKeys({
    F3: () => {
      input.current?.focus();
      input.current?.select();
    },
    ...(active !== undefined && maySell ? { 'Ctrl+Enter': () => startSaleFor(active.customerId) } : {}),
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = options.length - 1;
    const goal = { ArrowDown: marked + 1, ArrowUp: marked - 1, PageDown: marked + PAGE, PageUp: marked - PAGE }[
      event.key
    ];
    if (goal !== undefined) onMark(Math.max(0, Math.min(last, goal)));
    else if (event.key === 'Enter' && !event.ctrlKey && active !== undefined) openCustomer(active.customerId);
    else if (event.key === 'Enter' && !event.ctrlKey && mayEdit && text.trim() !== '')
      startEnrol(readTypedPerson(text, country));
    else if (event.key === 'Escape' && text !== '') setSearchText('');
    else return;
    event.preventDefault();
  };
  return (
    <div className="customers-search">
      <Search size={22} strokeWidth={1.75} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('search.label')}
        aria-expanded={options.length > 0}
        aria-controls={listId}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${active.customerId}`}
        aria-keyshortcuts="F3"
        placeholder={t('search.placeholder')}
        value={text}
        maxLength={100}
        onChange={(event) => {
          setSearchText(event.target.value);
          onMark(0);
        }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

interface ResultsProps {
  readonly listId: string;
  readonly options: readonly FoundCustomer[];
  readonly active: FoundCustomer | undefined;
  readonly found: ReturnType<typeof useFoundCustomers>;
  readonly text: string;
  readonly onMark: (index: number) => void;
}

function Results({ listId, options, active, found, text, onMark }: ResultsProps): ReactNode {
  const { t } = useTranslation('customers');
  if (found.isError && found.data === undefined) {
    return (
      <div className="ui-card customers-results">
        <EmptyState
          tone="danger"
          title={t('search.error')}
          detail={t('error.safe')}
          action={<Button onPress={() => void found.refetch()}>{t('error.retry')}</Button>}
        />
      </div>
    );
  }
  const count =
    options.length >= FOUND_AT_MOST
      ? t('search.foundMany', { count: options.length })
      : t('search.found', { count: options.length });
  return (
    <div className="ui-card customers-results">
      <div>
        <div className="customers-results-head">
          <h2>{text === '' ? t('search.recent') : t('title')}</h2>
          <span role="status">{found.data === undefined ? '' : count}</span>
        </div>
        {options.length > 0 && <ColumnHeads />}
      </div>
      {found.data === undefined ? (
        <div className="customers-list">
          <Skeleton rows={7} shape="person" />
        </div>
      ) : options.length === 0 ? (
        <NoMatch text={text} />
      ) : (
        <div id={listId} role="listbox" aria-label={t('title')} className="customers-list">
          {options.map((option, index) => (
            <CustomerRow
              key={option.customerId}
              id={`${listId}-${option.customerId}`}
              customer={option}
              isActive={option === active}
              onPoint={() => onMark(index)}
              onOpen={() => openCustomer(option.customerId)}
            />
          ))}
        </div>
      )}
      <KeysHint />
    </div>
  );
}

function ColumnHeads(): ReactNode {
  const { t } = useTranslation('customers');
  return (
    <div className="customers-columns" aria-hidden="true">
      <span />
      <span>{t('search.name')}</span>
      <span>{t('search.phone')}</span>
      <span>{t('search.balance')}</span>
      <span>{t('search.lastVisit')}</span>
      <span />
    </div>
  );
}

function KeysHint(): ReactNode {
  const { t } = useTranslation('customers');
  return (
    <p className="customers-hint" aria-hidden="true">
      <span>
        <KeyCap keys="↑ ↓" /> {t('search.keysMove')}
      </span>
      <span>
        <KeyCap keys="Enter" /> {t('search.keysOpen')}
      </span>
      <span>
        <KeyCap keys="Ctrl Enter" /> {t('search.keysSale')}
      </span>
    </p>
  );
}

function NoMatch({ text }: { text: string }): ReactNode {
  const { t } = useTranslation('customers');
  const mayEdit = useMay('customers.edit');
  const { country } = useShop();
  if (text === '') {
    return (
      <EmptyState
        icon={<UserPlus aria-hidden="true" />}
        title={t('search.empty')}
        action={mayEdit ? <Button onPress={() => startEnrol({})}>{t('search.first')}</Button> : undefined}
      />
    );
  }
  return (
    <div className="customers-offer">
      <p>{t('search.none', { text })}</p>
      {mayEdit && (
        <Button
          kind="soft"
          size="counter"
          keys="Enter"
          icon={<UserPlus size={18} aria-hidden="true" />}
          onPress={() => startEnrol(readTypedPerson(text, country))}
        >
          {t('search.create', { text })}
        </Button>
      )}
    </div>
  );
}
