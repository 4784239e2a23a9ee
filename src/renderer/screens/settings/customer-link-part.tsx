import { useQuery } from '@tanstack/react-query';
import { Link2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Person } from './staff-page.tsx';
import { useSaving } from './use-save.ts';

/** Which customer a person of the staff is: vouchers that they made or gave out are not redeemed for themself. */
export function CustomerLinkPart({ person }: { person: Person }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { staffId } = person;
  const client = useApiClient();
  const linked = useQuery(useApi().staff.customer.queryOptions({ staffId }));
  const link = useCommand(client.staff.linkCustomer);
  const saving = useSaving();
  const [code, setCode] = useState('');
  const customer = linked.data ?? null;
  const [isUnknown, setIsUnknown] = useState(false);
  const set = async (customerCode: string | null): Promise<void> => {
    const result = await link.run({ staffId, customerCode });
    const isMissing = result.kind === 'refused' && result.refusal.reason === 'not-found';
    setIsUnknown(isMissing);
    if (!isMissing && (await saving(Promise.resolve(result)))) setCode('');
  };
  return (
    <section className="settings-badge" aria-label={t('customerLink.title')}>
      <h3 className="ui-field-label">{t('customerLink.title')}</h3>
      <p className="is-muted is-small">
        {linked.isError && t('common:error.load')}
        {linked.isSuccess && (customer === null ? t('customerLink.none') : `${customer.name} · ${customer.code}`)}
      </p>
      {linked.isSuccess && customer === null && (
        <TextField
          label={t('customerLink.code')}
          hint={t('customerLink.hint')}
          error={isUnknown ? t('customerLink.unknown') : null}
          acceptsScan
          value={code}
          onChange={(typed) => {
            setCode(typed);
            setIsUnknown(false);
          }}
          maxLength={40}
          autoComplete="off"
        />
      )}
      <div className="settings-badge-acts">
        {customer === null ? (
          <Button
            icon={<Link2 strokeWidth={1.75} aria-hidden="true" />}
            isBusy={link.isRunning}
            isDisabled={!linked.isSuccess || code.trim() === ''}
            onPress={() => void set(code.trim())}
          >
            {t('customerLink.link')}
          </Button>
        ) : (
          <Button isBusy={link.isRunning} onPress={() => void set(null)}>
            {t('customerLink.remove')}
          </Button>
        )}
      </div>
    </section>
  );
}
