import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { openCustomer } from './customer-links.ts';
import { useSimilar } from './records-data.ts';
import './records.css';

/** While somebody is being enrolled: who may be that person already. */
export function SimilarNote(person: {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}): ReactNode {
  const { t } = useTranslation('customers');
  const [similar] = useSimilar(person).data?.customers ?? [];
  if (similar === undefined || (person.name.trim() === '' && person.phone === '' && person.email === '')) return null;
  return (
    <div className="customer-similar" role="status">
      <p>
        <b>{t('merge.maybe', { name: similar.displayName })}</b> {t(`merge.reason.${similar.reason}`)}
      </p>
      <Button size="small" onPress={() => openCustomer(similar.customerId)}>
        {t('enrol.openOther')}
      </Button>
    </div>
  );
}
