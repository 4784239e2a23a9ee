import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { navigateTo } from '../../ui/route.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Saves everything that is known of one person, to be handed to them: as JSON and as CSV. The audit log keeps that it was. */
export function useExportPerson(customer: Customer): () => Promise<void> {
  const { t } = useTranslation('customers');
  const command = useCommand(useApiClient().customers.exportPerson);
  const report = useReport();
  return async () => {
    const result = await command.run({ customerId: customer.customerId });
    if (!report(result)) return;
    const { jsonText, csvText } = result.value;
    saveFile(`customer-${customer.code}.json`, jsonText, 'application/json');
    saveFile(`customer-${customer.code}.csv`, csvText, 'text/csv');
    showToast({ tone: 'success', title: t('personData.exported', { name: customer.displayName }) });
  };
}

/** Says what erasing takes away and what stays, asks twice, and erases. */
export function EraseCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const [isSure, setIsSure] = useState(false);
  const command = useCommand(useApiClient().customers.erase);
  const report = useReport();
  const format = useFormat();
  const credit = useQuery(useApi().credit.position.queryOptions({ customerId: customer.customerId })).data;
  const name = customer.displayName;
  const act = async (): Promise<void> => {
    const result = await command.run({ customerId: customer.customerId });
    if (!report(result)) return;
    onClose();
    navigateTo('customers');
    showToast({ tone: 'neutral', title: t('erase.done'), durationMs: 6000 });
  };
  return (
    <Dialog
      title={t('erase.title', { name })}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {t('erase.keep')}
          </Button>
          <Button kind="danger" isBusy={command.isRunning} isDisabled={!isSure} onPress={() => void act()}>
            {t('erase.act')}
          </Button>
        </>
      }
    >
      <p>{t('erase.goes', { count: customer.balance, points: customer.balance })}</p>
      {credit !== undefined && credit.balanceMinor > 0 && (
        <p>{t('erase.credit', { credit: format.money(credit.balanceMinor) })}</p>
      )}
      <p className="is-muted">{t('erase.stays')}</p>
      <CheckField isSelected={isSure} onChange={setIsSure}>
        {t('erase.sure')}
      </CheckField>
    </Dialog>
  );
}
