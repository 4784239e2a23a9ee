import { useQuery } from '@tanstack/react-query';
import { IdCard, Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { DateText } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PrintSheet } from '../../ui/print-sheet.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useShop } from '../../ui/shop-context.ts';
import { useCommand } from '../../ui/use-command.ts';
import type { Person } from './staff-page.tsx';
import { useSaving } from './use-save.ts';

/** A person's badge: whether there is one, a new one to print, and its end when it was lost. */
export function BadgePart({ person }: { person: Person }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { staffId } = person;
  const client = useApiClient();
  const badge = useQuery(useApi().staff.badge.queryOptions({ staffId }));
  const issue = useCommand(client.staff.issueBadge);
  const revoke = useCommand(client.staff.revokeBadge);
  const report = useReport();
  const saving = useSaving();
  const [code, setCode] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const result = await issue.run({ staffId });
    if (report(result)) setCode(result.value.code);
  };
  const has = badge.data != null;
  return (
    <section className="settings-badge" aria-label={t('badge.title')}>
      <h3 className="ui-field-label">{t('badge.title')}</h3>
      <p className="is-muted is-small">
        {badge.isError && t('common:error.load')}
        {badge.isSuccess && !has && t('badge.none')}
        {badge.data != null && (
          <>
            {t('badge.since')} <DateText atMs={badge.data.issuedAtMs} />
          </>
        )}
      </p>
      <div className="settings-badge-acts">
        <Button
          icon={<IdCard strokeWidth={1.75} aria-hidden="true" />}
          isBusy={issue.isRunning}
          isDisabled={!badge.isSuccess || !person.isActive}
          onPress={() => void make()}
        >
          {has ? t('badge.again') : t('badge.issue')}
        </Button>
        {has && (
          <Button isBusy={revoke.isRunning} onPress={() => void saving(revoke.run({ staffId }))}>
            {t('badge.revoke')}
          </Button>
        )}
      </div>
      {code !== null && <NewBadge code={code} name={person.name} onClose={() => setCode(null)} />}
    </section>
  );
}

/** The new badge, to be printed now: its code is not kept and cannot be shown again. */
function NewBadge({ code, name, onClose }: { code: string; name: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const [isPrinting, setIsPrinting] = useState(false);
  return (
    <Dialog
      title={t('badge.of', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('badge.done')}</Button>
          <Button
            kind="primary"
            icon={<Printer size={18} strokeWidth={1.75} aria-hidden="true" />}
            onPress={() => setIsPrinting(true)}
          >
            {t('badge.print')}
          </Button>
        </>
      }
    >
      <div className="settings-badge-paper">
        <BadgeCard code={code} name={name} />
        <p className="is-muted is-small">{t('badge.once')}</p>
      </div>
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <BadgeCard code={code} name={name} />
        </PrintSheet>
      )}
    </Dialog>
  );
}

function BadgeCard({ code, name }: { code: string; name: string }): ReactNode {
  const { t } = useTranslation('settings');
  const { shopName } = useShop();
  return (
    <div className="ui-print-card">
      <div>
        <p>{shopName}</p>
        <h3>{name}</h3>
        <p>{t('badge.use')}</p>
      </div>
      <QrCode text={code} label={t('badge.codeOf', { name })} />
    </div>
  );
}
