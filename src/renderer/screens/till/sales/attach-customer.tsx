import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { showToast } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import { type ChosenCustomer, ChooseCustomer } from '../order/find-customer.tsx';

/** Gives a sale that was made without a customer its customer, once, and with it the points (T20). */
export function AttachCustomer({ saleId }: { saleId: string }): ReactNode {
  const { t } = useTranslation('till');
  const format = useFormat();
  const client = useApiClient();
  const report = useReport();
  const command = useCommand(client.till.attachCustomer);
  const [isChoosing, setIsChoosing] = useState(false);
  const attach = async ({ customerId, displayName }: ChosenCustomer): Promise<void> => {
    setIsChoosing(false);
    const result = await command.run({ saleId, customerId });
    if (!report(result)) return;
    const points = format.points(result.value.pointsEarned);
    showToast({ tone: 'success', title: t('sale.attached', { name: displayName, points }) });
  };
  return (
    <>
      <Button
        kind="soft"
        icon={<UserPlus strokeWidth={1.75} aria-hidden="true" />}
        isBusy={command.isRunning}
        onPress={() => setIsChoosing(true)}
      >
        {t('sale.attach')}
      </Button>
      {isChoosing && (
        <ChooseCustomer onChoose={(customer) => void attach(customer)} onClose={() => setIsChoosing(false)} />
      )}
    </>
  );
}
