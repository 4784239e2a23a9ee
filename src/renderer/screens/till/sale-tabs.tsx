import { History, LayoutGrid, MoreHorizontal, Plus, ReceiptText, Tags, Trash2, Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../ui/date-text.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { navigateTo } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { TopBarSlot } from '../../ui/top-bar-slot.tsx';
import { isEmptyDraft, itemCountOf } from './sale-draft.ts';
import { openOverlay, useTillState } from './till-state.ts';
import type { SavedDraft } from './till-types.ts';
import type { DraftKeeper } from './use-drafts.ts';
import './sale-tabs.css';

const MINUTE_MS = 60_000;
const SHOW_WAIT_AFTER_MS = 10 * MINUTE_MS;

/** A name as a tab has room for it: 'Ana B.' */
export function shortName(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  const initial = rest.at(-1)?.[0];
  return initial === undefined ? first : `${first} ${initial}.`;
}

interface SaleTabsProps {
  readonly keeper: DraftKeeper;
  readonly customerName: string | null;
  /** The name a sale put aside gets when it has none. */
  readonly heldLabel: string;
  readonly maySell: boolean;
}

/** The open sale and the held ones, in the top bar; the till's menu beside them. */
export function SaleTabs({ keeper, customerName, heldLabel, maySell }: SaleTabsProps): ReactNode {
  const { t } = useTranslation('till');
  const draft = useTillState((state) => state.draft);
  const isPaying = useTillState((state) => state.view.kind === 'payment');
  const hasCurrent = !isEmptyDraft(draft);
  const name = customerName === null ? draft.label || t('tabs.current') : shortName(customerName);
  return (
    <TopBarSlot>
      <nav className="till-tabs" aria-label={t('tabs.label')} inert={isPaying}>
        {hasCurrent && (
          <button type="button" className="till-tab" aria-current="true">
            <span className="till-tab-count">{itemCountOf(draft.lines)}</span>
            <span>{name}</span>
          </button>
        )}
        {keeper.others.map((each) => (
          <OtherTab key={each.saleId} saved={each} onOpen={() => void keeper.resume(each, heldLabel)} />
        ))}
        {maySell && (hasCurrent || keeper.others.length > 0) && (
          <button
            type="button"
            className="till-tab-new"
            aria-label={t('tabs.new')}
            title={t('tabs.new')}
            onClick={() => void keeper.startNew(heldLabel)}
          >
            <Plus size={20} strokeWidth={1.75} aria-hidden="true" />
          </button>
        )}
      </nav>
      <TillMenu maySell={maySell} hasCurrent={hasCurrent} />
    </TopBarSlot>
  );
}

function OtherTab({ saved, onOpen }: { saved: SavedDraft; onOpen: () => void }): ReactNode {
  const { t } = useTranslation('till');
  const nowMs = useNow();
  const waitedMs = saved.heldAtMs === null ? 0 : nowMs - saved.heldAtMs;
  const isNamedAfter = saved.label === '' || saved.label === saved.customerName;
  const name = isNamedAfter && saved.customerName !== null ? shortName(saved.customerName) : saved.label;
  const shown = name || t('tabs.current');
  return (
    <button type="button" className="till-tab" onClick={onOpen}>
      <span className="till-tab-count">{saved.itemCount}</span>
      <span>{saved.heldAtMs === null ? shown : t('tabs.held', { name: shown })}</span>
      {waitedMs > SHOW_WAIT_AFTER_MS && (
        <span className="till-tab-waiting">{t('tabs.waiting', { count: Math.floor(waitedMs / MINUTE_MS) })}</span>
      )}
    </button>
  );
}

function TillMenu({ maySell, hasCurrent }: { maySell: boolean; hasCurrent: boolean }): ReactNode {
  const { t } = useTranslation('till');
  const mayArrange = useMay('catalogue.edit');
  const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;
  return (
    <MenuButton
      label={t('menu.label')}
      className="till-tab-new"
      entries={[
        {
          id: 'sales',
          label: t('menu.sales'),
          icon: <ReceiptText {...icon} />,
          onAction: () => navigateTo('till', 'sales'),
        },
        {
          id: 'shift',
          label: t('menu.shift'),
          icon: <Wallet {...icon} />,
          isDisabled: !maySell,
          onAction: () => navigateTo('till', 'shift'),
        },
        ...(mayArrange
          ? [
              {
                id: 'tiles',
                label: t('menu.tiles'),
                icon: <LayoutGrid {...icon} />,
                onAction: () => navigateTo('till', 'tiles'),
              },
            ]
          : []),
        {
          id: 'held',
          label: t('menu.held'),
          icon: <History {...icon} />,
          keys: 'Shift F7',
          startsGroup: true,
          onAction: () => openOverlay({ kind: 'held' }),
        },
        {
          id: 'open-amount',
          label: t('menu.openAmount'),
          icon: <Tags {...icon} />,
          isDisabled: !maySell,
          onAction: () => openOverlay({ kind: 'open-amount' }),
        },
        {
          id: 'clear',
          label: t('menu.clear'),
          icon: <Trash2 {...icon} />,
          isDisabled: !maySell || !hasCurrent,
          startsGroup: true,
          onAction: () => openOverlay({ kind: 'clear' }),
        },
      ]}
    >
      <MoreHorizontal size={20} strokeWidth={1.75} aria-hidden="true" />
    </MenuButton>
  );
}
