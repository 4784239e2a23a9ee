import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useNow } from '../../../ui/date-text.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFormat } from '../../../ui/format.ts';
import { PinEntry } from '../../../ui/pin-entry.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useCommand } from '../../../ui/use-command.ts';

interface RestoreDialogProps {
  readonly copy: { readonly name: string; readonly atMs: number };
  readonly onClose: () => void;
}

/** Says what going back to a copy loses, asks for the PIN, and says what happens next. */
export function RestoreDialog({ copy, onClose }: RestoreDialogProps): ReactNode {
  const { t } = useTranslation(['backups', 'common']);
  const [isSure, setSure] = useState(false);
  const [isWanted, setWanted] = useState<'restarts' | 'by-hand' | null>(null);
  const lost = useLostWords(copy.name);
  if (isWanted !== null) {
    const words = isWanted === 'restarts' ? 'restore.restarting' : 'restore.startAgain';
    return (
      <Dialog
        title={t('restore.wanted')}
        onClose={onClose}
        footer={<Button onPress={onClose}>{t('common:close')}</Button>}
      >
        <p role="status">{t(words)}</p>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t('restore.title', { when: lost.whenOf(copy.atMs) })}
      onClose={onClose}
      hasCloseButton
      footer={
        isSure ? undefined : (
          <>
            <Button onPress={onClose}>{t('restore.keep')}</Button>
            <Button kind="danger" isDisabled={lost.lines === null} onPress={() => setSure(true)}>
              {t('restore.goOn')}
            </Button>
          </>
        )
      }
    >
      {lost.isFailed && <EmptyState tone="danger" title={t('restore.lostUnknown')} />}
      {lost.isPending && <Skeleton rows={2} />}
      {lost.lines !== null && !isSure && (
        <div className="backups-lost">
          {lost.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <p className="is-muted is-small">{t('restore.kept')}</p>
        </div>
      )}
      {isSure && <PinStep name={copy.name} onWanted={setWanted} />}
    </Dialog>
  );
}

function useLostWords(name: string) {
  const { t } = useTranslation('backups');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const whenOf = (atMs: number): string => `${format.day(atMs, nowMs)}, ${format.time(atMs)}`;
  const lost = useQuery({ ...useApi().backups.lost.queryOptions({ name }), staleTime: 0 });
  const { data } = lost;
  const lines =
    data === undefined
      ? null
      : data.commands === 0
        ? [t('restore.nothing')]
        : [
            t('restore.since', { when: whenOf(data.sinceMs) }),
            t('restore.sales', { count: data.sales, amount: format.money(data.salesMinor) }),
            t('restore.customers', { count: data.customers }),
            t('restore.commands', { count: data.commands }),
          ];
  return { lines, whenOf, isPending: lost.isPending, isFailed: lost.isError };
}

function PinStep({ name, onWanted }: { name: string; onWanted: (how: 'restarts' | 'by-hand') => void }): ReactNode {
  const { t } = useTranslation('backups');
  const restore = useCommand(useApiClient().backups.restore);
  const wordsOf = useRefusalText();
  const [failures, setFailures] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const submit = async (pin: string): Promise<void> => {
    const result = await restore.run({ name, pin });
    if (result.kind === 'done') return onWanted(result.value.restarts ? 'restarts' : 'by-hand');
    setError(result.kind === 'refused' ? wordsOf(result.refusal) : t('restore.failed'));
    setFailures((count) => count + 1);
  };
  return (
    <PinEntry
      label={t('restore.pin')}
      failures={failures}
      error={error}
      isBusy={restore.isRunning}
      left={<span />}
      onSubmit={(pin) => void submit(pin)}
      autoFocus
    />
  );
}
