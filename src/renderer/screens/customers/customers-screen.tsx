import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanTarget } from '../../scanning/scan-target.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { navigateTo, useRoute } from '../../ui/route.ts';
import { useMay } from '../../ui/shop-context.ts';
import { CustomerPage } from './customer-page.tsx';
import { CustomerSearch } from './customer-search.tsx';
import { GiftCardsPage } from './gift-cards-page.tsx';
import { ImportCustomers } from './import-customers.tsx';
import { FieldsPage } from './fields-page.tsx';
import { SegmentsPage } from './segments-page.tsx';
import './customers.css';

/** Customers: find, enrol, one customer's page, import. */
export function CustomersScreen(): ReactNode {
  const { t } = useTranslation('customers');
  const [page, detail = ''] = useRoute().rest;
  const mayImport = useMay('customers.import');
  const mayEditFields = useMay('customers.fields');
  const mayRead = useMay('customers.read');
  // A scanned customer opens here; anything else is left to the other screens.
  useScanTarget((scan) => {
    if (scan.outcome.kind !== 'customer') return false;
    navigateTo('customers', scan.outcome.customerId);
    return true;
  });
  if (!mayRead) {
    return (
      <EmptyState
        tone="neutral"
        icon={<Users aria-hidden="true" />}
        title={t('noPermission.title')}
        detail={t('noPermission.detail')}
      />
    );
  }
  if (page === undefined) return <CustomerSearch />;
  if (page === 'import' && mayImport) return <ImportCustomers />;
  if (page === 'gift-cards') return <GiftCardsPage key={detail} code={detail} />;
  if (page === 'segments') return <SegmentsPage />;
  if (page === 'fields' && mayEditFields) return <FieldsPage />;
  return <CustomerPage key={page} customerId={page} />;
}
