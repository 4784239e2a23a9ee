import { useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shop/staff/permissions.ts';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useCommand } from '../../ui/use-command.ts';
import { PageFrame } from './page-frame.tsx';
import { PersonPanel } from './person-panel.tsx';
import { useSaving } from './use-save.ts';

export interface Person {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly isActive: boolean;
  readonly lockedUntilMs: number | null;
}

function NewRecoveryCode(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const renew = useCommand(useApiClient().staff.renewRecoveryCode);
  const saving = useSaving();
  const [code, setCode] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const result = await renew.run({});
    if (await saving(Promise.resolve(result))) setCode(result.kind === 'done' ? result.value.recoveryCode : null);
  };
  return (
    <>
      <Button isBusy={renew.isRunning} onPress={() => void make()}>
        {t('staff.newCode')}
      </Button>
      {code !== null && (
        <Dialog
          title={t('staff.codeTitle')}
          onClose={() => setCode(null)}
          footer={
            <Button kind="primary" onPress={() => setCode(null)}>
              {t('staff.codeKept')}
            </Button>
          }
        >
          <p className="is-muted">{t('staff.codeDetail')}</p>
          <output className="settings-code">{code}</output>
        </Dialog>
      )}
    </>
  );
}

/** Who works here, with roles and PINs. */
export function StaffPage(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const staff = useQuery(useApi().staff.list.queryOptions());
  const [edited, setEdited] = useState<Person | 'new' | null>(null);
  return (
    <PageFrame
      title={t('pages.staff')}
      detail={t('staff.detail')}
      actions={
        <Button kind="primary" icon={<UserPlus />} onPress={() => setEdited('new')}>
          {t('staff.add')}
        </Button>
      }
    >
      {staff.isPending && <Skeleton shape="person" />}
      <Card>
        <ul className="settings-rows">
          {(staff.data ?? []).map((person) => (
            <li key={person.staffId}>
              <button type="button" className="settings-row" onClick={() => setEdited(person)}>
                <Avatar name={person.name} />
                <span className="settings-row-words">
                  <b>{person.name}</b>
                  <span className="is-faint is-small">
                    {person.roles.map((role) => t(`common:role.${role}`)).join(', ')}
                  </span>
                </span>
                {!person.isActive && <Tag>{t('staff.left')}</Tag>}
                {person.lockedUntilMs !== null && <Tag tone="warning">{t('staff.locked')}</Tag>}
              </button>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('staff.recovery')} className="settings-card">
        <p className="is-muted">{t('staff.recoveryDetail')}</p>
        <div className="settings-buttons">
          <NewRecoveryCode />
        </div>
      </Card>
      {edited !== null && <PersonPanel person={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </PageFrame>
  );
}
