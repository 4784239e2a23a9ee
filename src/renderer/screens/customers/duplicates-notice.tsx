import { Undo2, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { MergeCustomers } from './merge-customers.tsx';
import { type ProposedDuplicate, useDuplicates } from './records-data.ts';
import './records.css';

/** Says who may be the same person, and what was merged into this one. */
export function DuplicatesNotice({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const mayMerge = useMay('customers.merge');
  const mayEdit = useMay('customers.edit');
  const [other, setOther] = useState<string | null>(null);
  const [duplicate] = useDuplicates(customer.customerId).data?.customers ?? [];
  const distinct = useDistinct(customer.customerId);
  return (
    <>
      {customer.merges.map((merge) => (
        <MergedNotice key={merge.mergeId} merge={merge} />
      ))}
      {duplicate !== undefined && mayEdit && (
        <div className="customer-notice" role="status">
          <Users size={18} strokeWidth={1.75} aria-hidden="true" />
          <p>
            <b>{t('merge.maybe', { name: duplicate.displayName })}</b>{' '}
            <span>
              {t(`merge.reason.${reasonOf(duplicate, customer)}`)}{' '}
              {duplicate.phoneNational ?? duplicate.email ?? formatCode(duplicate.code)}
            </span>
          </p>
          <Button size="small" onPress={() => void distinct(duplicate.customerId)}>
            {t('merge.twoPeople')}
          </Button>
          {mayMerge && (
            <Button size="small" onPress={() => setOther(duplicate.customerId)}>
              {t('merge.compare')}
            </Button>
          )}
        </div>
      )}
      {other !== null && <MergeCustomers customer={customer} otherId={other} onClose={() => setOther(null)} />}
    </>
  );
}

/** Two names that are spelt alike are not just similar. */
function reasonOf(duplicate: ProposedDuplicate, customer: Customer): string {
  const isSame = duplicate.displayName.toLowerCase() === customer.displayName.toLowerCase();
  return duplicate.reason === 'similar-name' && isSame ? 'same-name' : duplicate.reason;
}

function useDistinct(customerId: string): (otherCustomerId: string) => Promise<void> {
  const { t } = useTranslation('customers');
  const command = useCommand(useApiClient().customers.markDistinct);
  const report = useReport();
  return async (otherCustomerId) => {
    if (report(await command.run({ customerId, otherCustomerId }))) {
      showToast({ tone: 'neutral', title: t('merge.twoPeopleNow') });
    }
  };
}

function MergedNotice({ merge }: { merge: Customer['merges'][number] }): ReactNode {
  const { t } = useTranslation('customers');
  const mayMerge = useMay('customers.merge');
  const [isAsking, setIsAsking] = useState(false);
  const command = useCommand(useApiClient().customers.undoMerge);
  const report = useReport();
  const name = merge.fullName === '' ? formatCode(merge.code) : merge.fullName;
  const undo = async (): Promise<void> => {
    const result = await command.run({ mergeId: merge.mergeId });
    setIsAsking(false);
    if (report(result)) showToast({ tone: 'success', title: t('merge.undone', { name }) });
  };
  return (
    <div className="customer-notice" data-tone="quiet">
      <Undo2 size={18} strokeWidth={1.75} aria-hidden="true" />
      <p>
        {t('merge.merged', { name })}{' '}
        <span>
          {t('merge.undoUntil')} <DateText atMs={merge.undoUntilMs} />
        </span>
      </p>
      {mayMerge && (
        <Button size="small" onPress={() => setIsAsking(true)}>
          {t('merge.undo')}
        </Button>
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('merge.undoTitle', { name })}
          detail={t('merge.undoDetail')}
          safeLabel={t('merge.keepMerged')}
          actLabel={t('merge.undo')}
          actKind="primary"
          isBusy={command.isRunning}
          onAct={() => void undo()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}
