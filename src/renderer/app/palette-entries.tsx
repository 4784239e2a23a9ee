import { keepPreviousData, useQuery } from '@tanstack/react-query';
import {
  CircleQuestionMark,
  CreditCard,
  Languages,
  Lock,
  MonitorSmartphone,
  Moon,
  Package,
  Receipt,
  ScanLine,
  ShoppingBag,
  Sparkles,
  Ticket,
  UserPlus,
  UserRound,
} from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { keepScan, offerScan, type ScanEvent } from '../scanning/scan-target.ts';
import { useApi } from '../ui/api-context.ts';
import { foldText } from '../ui/fold-text.ts';
import { useFormat } from '../ui/format.ts';
import { setPreferences } from '../ui/preferences.ts';
import { navigateTo } from '../ui/route.ts';
import { useMay } from '../ui/shop-context.ts';
import { useLock } from './person-menu.tsx';
import type { ScreenEntry } from './screens.ts';
import type { ShellLayer } from './shell.tsx';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const MOST_PER_KIND = 5;
const icon = { size: 18, strokeWidth: 1.75, 'aria-hidden': true } as const;

function useCustomers(text: string): PaletteEntry[] {
  const { t } = useTranslation('shell');
  const api = useApi();
  const format = useFormat();
  const mayRead = useMay('customers.read');
  const found = useQuery(
    api.customers.search.queryOptions(
      { text, limit: MOST_PER_KIND },
      { enabled: text !== '' && mayRead, placeholderData: keepPreviousData },
    ),
  );
  if (text === '') return [];
  return (found.data ?? []).flatMap((customer, index) => {
    const row: PaletteEntry = {
      id: customer.customerId,
      label: customer.displayName,
      detail: [customer.phoneNational, format.points(customer.balance)].filter((part) => part !== null).join(' · '),
      icon: <UserRound {...icon} />,
      run: () => navigateTo('customers', customer.customerId),
    };
    if (index > 0) return [row];
    const name = customer.displayName;
    return [
      row,
      {
        id: `${row.id}-sale`,
        label: t('palette.startSale', { name }),
        icon: <ShoppingBag {...icon} />,
        run: () => navigateTo('till', 'customer', customer.customerId),
      },
      {
        id: `${row.id}-award`,
        label: t('palette.award', { name }),
        icon: <Sparkles {...icon} />,
        keys: 'F4',
        run: () => navigateTo('award', customer.customerId),
      },
    ];
  });
}

/** Puts an item into the sale the way a scan of it would, from any screen. */
function sell(productId: string): void {
  const scan: ScanEvent = {
    scanId: null,
    outcome: { kind: 'product', productId },
    source: 'MANUAL',
    atMs: Date.now(),
    risk: 'LOW',
  };
  if (offerScan(scan) !== false) return;
  keepScan(scan);
  navigateTo('till');
}

function useItems(text: string): PaletteEntry[] {
  const format = useFormat();
  const mayRead = useMay('catalogue.read');
  const list = useQuery(useApi().catalogue.list.queryOptions(undefined, { enabled: text !== '' && mayRead }));
  if (text === '') return [];
  const wanted = foldText(text);
  return (list.data?.products ?? [])
    .filter(
      (product) =>
        product.isActive &&
        (foldText(product.name).includes(wanted) || product.barcodes.includes(text) || product.sku === text),
    )
    .slice(0, MOST_PER_KIND)
    .map((product) => ({
      id: product.productId,
      label: product.name,
      detail: format.money(product.priceMinor),
      icon: <Package {...icon} />,
      run: () => sell(product.productId),
    }));
}

/** Vouchers by a part of their name or by a whole code. */
function useVouchers(text: string): PaletteEntry[] {
  const mayRead = useMay('vouchers.read');
  const found = useQuery(
    useApi().vouchers.list.queryOptions(
      { tab: 'all', query: text },
      { enabled: text !== '' && mayRead, placeholderData: keepPreviousData },
    ),
  );
  if (text === '') return [];
  return (found.data?.rows ?? []).slice(0, MOST_PER_KIND).map((row) => ({
    id: row.campaignId,
    label: row.name,
    ...(row.code === null ? {} : { detail: row.code }),
    icon: <Ticket {...icon} />,
    run: () => navigateTo('vouchers', row.campaignId),
  }));
}

function useReceipts(text: string): PaletteEntry[] {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const maySell = useMay('sale.make');
  const found = useQuery(
    useApi().till.sales.queryOptions(
      { text, limit: MOST_PER_KIND },
      { enabled: maySell, placeholderData: keepPreviousData },
    ),
  );
  return (found.data?.sales ?? []).slice(0, MOST_PER_KIND).map((sale) => ({
    id: sale.saleId,
    label: t('palette.receipt', { number: sale.receiptNumber }),
    detail: [format.money(sale.totalMinor), sale.customerName].filter((part) => part !== null).join(' · '),
    icon: <Receipt {...icon} />,
    run: () => navigateTo('till', 'sale', sale.saleId),
  }));
}

function useCommands(
  screens: readonly ScreenEntry[],
  onOpen: (layer: ShellLayer) => void,
): { actions: PaletteEntry[]; places: PaletteEntry[] } {
  const { t, i18n } = useTranslation('shell');
  const lock = useLock();
  const mayEnrol = useMay('customers.edit');
  const mayWrite = useMay('vouchers.edit');
  const mayRead = useMay('customers.read');
  const maySet = useMay('settings.read');
  const mayOpenScreen = useMay('screen.open') && maySet;
  const isDark = document.documentElement.dataset.theme === 'dark';
  return {
    actions: [
      ...(mayEnrol
        ? [
            {
              id: 'new',
              label: t('palette.newCustomer'),
              icon: <UserPlus {...icon} />,
              run: () => navigateTo('customers'),
            },
          ]
        : []),
      ...(mayRead
        ? [
            {
              id: 'gift-cards',
              label: t('palette.giftCards'),
              icon: <CreditCard {...icon} />,
              run: () => navigateTo('customers', 'gift-cards'),
            },
          ]
        : []),
      ...(mayWrite
        ? [
            {
              id: 'new-voucher',
              label: t('palette.newVoucher'),
              icon: <Ticket {...icon} />,
              run: () => navigateTo('vouchers', 'new'),
            },
          ]
        : []),
      ...(mayOpenScreen
        ? [
            {
              id: 'customer-screen',
              label: t('palette.customerScreen'),
              icon: <MonitorSmartphone {...icon} />,
              run: () => navigateTo('settings', 'devices'),
            },
          ]
        : []),
      { id: 'scanner', label: t('palette.scanner'), icon: <ScanLine {...icon} />, run: () => onOpen('scanner') },
      { id: 'lock', label: t('palette.lock'), icon: <Lock {...icon} />, keys: 'Ctrl L', run: () => void lock() },
      {
        id: 'help',
        label: t('palette.help'),
        icon: <CircleQuestionMark {...icon} />,
        keys: 'F1',
        run: () => onOpen('help'),
      },
      {
        id: 'theme',
        label: t('palette.theme'),
        icon: <Moon {...icon} />,
        run: () => setPreferences({ theme: isDark ? 'light' : 'dark' }),
      },
      {
        id: 'language',
        label: t('palette.language'),
        icon: <Languages {...icon} />,
        run: () => setPreferences({ language: i18n.language === 'es' ? 'en' : 'es' }),
      },
    ],
    places: screens.map((screen, index) => ({
      id: screen.route,
      label: t(`screens.${screen.route}`),
      icon: <screen.icon {...icon} />,
      keys: `Alt ${index + 1}`,
      run: () => navigateTo(screen.route),
    })),
  };
}

/** What the palette offers for a text: results first, then actions, then places; recent receipts when empty. */
export function usePaletteEntries(
  typed: string,
  screens: readonly ScreenEntry[],
  onOpen: (layer: ShellLayer) => void,
): PaletteGroup[] {
  const { t } = useTranslation('shell');
  const text = typed.trim();
  const customers = useCustomers(text);
  const items = useItems(text);
  const vouchers = useVouchers(text);
  const receipts = useReceipts(text);
  const { actions, places } = useCommands(screens, onOpen);
  return useMemo(() => {
    const wanted = foldText(text);
    const fits = (entry: PaletteEntry): boolean => wanted === '' || foldText(entry.label).includes(wanted);
    return [
      {
        title: text === '' ? t('palette.recent') : t('palette.results'),
        entries: [...customers, ...items, ...vouchers, ...receipts],
      },
      { title: t('palette.actions'), entries: actions.filter(fits) },
      { title: t('palette.places'), entries: places.filter(fits) },
    ].filter((group) => group.entries.length > 0);
  }, [t, text, customers, items, vouchers, receipts, actions, places]);
}
