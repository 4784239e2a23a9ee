import { CreditCard, Download, Ellipsis, ListChecks, Upload, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '../../ui/menu.tsx';
import { navigateTo } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { useExportCustomers } from './use-export-customers.ts';

/** What is done with all customers at once, for whoever may: import, export, segments, gift cards, own fields. */
export function CustomersMenu(): ReactNode {
  const { t } = useTranslation('customers');
  const mayImport = useMay('customers.import');
  const exportCustomers = useExportCustomers();
  if (!mayImport) return null;
  return (
    <MenuButton
      label={t('menu.more')}
      className="ui-icon-button is-bordered is-counter"
      entries={[
        {
          id: 'import',
          label: t('menu.import'),
          icon: <Upload size={18} aria-hidden="true" />,
          onAction: () => navigateTo('customers', 'import'),
        },
        {
          id: 'segments',
          label: t('menu.segments'),
          icon: <Users size={18} aria-hidden="true" />,
          onAction: () => navigateTo('customers', 'segments'),
        },
        {
          id: 'gift-cards',
          label: t('menu.giftCards'),
          icon: <CreditCard size={18} aria-hidden="true" />,
          onAction: () => navigateTo('customers', 'gift-cards'),
        },
        {
          id: 'fields',
          label: t('menu.fields'),
          icon: <ListChecks size={18} aria-hidden="true" />,
          onAction: () => navigateTo('customers', 'fields'),
        },
        {
          id: 'export',
          label: t('menu.export'),
          icon: <Download size={18} aria-hidden="true" />,
          onAction: () => void exportCustomers(),
        },
      ]}
    >
      <Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />
    </MenuButton>
  );
}
