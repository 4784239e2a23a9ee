import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayApprove, type Permission } from '#shop/staff/permissions.ts';
import { useApi, useApiClient } from '../ui/api-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PinEntry } from '../ui/pin-entry.tsx';
import { useRefusalText } from '../ui/refusal-text.ts';
import { Segmented } from '../ui/segmented.tsx';
import { useCommand } from '../ui/use-command.ts';

interface ManagerPinSheetProps {
  readonly permission: Permission;
  readonly onGranted: (overrideId: string) => void;
  readonly onClose: () => void;
}

/** A manager lends a permission for one command, in place; who is signed in does not change. */
export function ManagerPinSheet({ permission, onGranted, onClose }: ManagerPinSheetProps): ReactNode {
  const { t } = useTranslation('shell');
  const api = useApi();
  const staff = useQuery(api.staff.list.queryOptions());
  const wordsOf = useRefusalText();
  const grant = useCommand(useApiClient().staff.grantOverride);
  const [chosen, setChosen] = useState<string | null>(null);
  const [failures, setFailures] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const ownId = useQuery(api.system.status.queryOptions()).data?.session?.staffId;
  // A voucher of one's own is allowed by somebody else (S3-57).
  const isOwn = permission === 'vouchers.own';
  const managers = (staff.data ?? []).filter(
    ({ isActive, roles, staffId }) => isActive && mayApprove(roles, permission) && !(isOwn && staffId === ownId),
  );
  const managerId = chosen ?? managers[0]?.staffId;

  const submit = async (pin: string): Promise<void> => {
    if (managerId === undefined) return;
    const result = await grant.run({ permission, pin, staffId: managerId, reason: '' });
    if (result.kind === 'done') return onGranted(result.value.overrideId);
    setError(result.kind === 'refused' ? wordsOf(result.refusal) : t('override.failed'));
    setFailures((count) => count + 1);
  };

  return (
    <Dialog
      title={t(`override.for.${permission}`, { defaultValue: t('override.title') })}
      onClose={onClose}
      hasCloseButton
      className="app-override"
    >
      <p className="is-muted app-override-who">
        <Lock size={16} aria-hidden="true" />
        {t(isOwn ? 'override.own' : 'override.detail')}
      </p>
      {managers.length === 1 && <b className="app-override-only">{managers[0]?.name}</b>}
      {managers.length > 1 && managerId !== undefined && (
        <Segmented
          label={t('override.who')}
          isWide
          segments={managers.slice(0, 3).map((person) => ({ id: person.staffId, label: person.name }))}
          value={managerId}
          onChange={setChosen}
        />
      )}
      {staff.isSuccess && managers.length === 0 ? (
        <EmptyState tone="neutral" title={t('override.nobody')} />
      ) : (
        <PinEntry
          label={t('override.pin')}
          failures={failures}
          error={error}
          isBusy={grant.isRunning}
          left={<span />}
          onSubmit={(pin) => void submit(pin)}
        />
      )}
    </Dialog>
  );
}
