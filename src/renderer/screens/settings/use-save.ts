import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { type Command, type CommandResult, useCommand } from '../../ui/use-command.ts';

/** The settings in force; undefined while they load. */
export function useSettings() {
  return useQuery(useApi().settings.get.queryOptions()).data;
}

/** Runs a command and says "Saved", or what went wrong; answers whether it was done. */
export function useSaving(): <Output>(result: Promise<CommandResult<Output>>) => Promise<boolean> {
  const { t } = useTranslation('common');
  const report = useReport();
  return async (result) => {
    if (!report(await result)) return false;
    showToast({ tone: 'success', title: t('saved'), slot: 'saved', durationMs: 1800 });
    return true;
  };
}

type UpdateInput = Parameters<ReturnType<typeof useApiClient>['settings']['update']['mutate']>[0]['input'];

/** Saves settings at once. */
export function useSaveSettings(): { save(changes: UpdateInput['changes']): Promise<boolean>; isRunning: boolean } {
  const update: Command<UpdateInput, unknown> = useCommand(useApiClient().settings.update);
  const saving = useSaving();
  return { save: (changes) => saving(update.run({ changes })), isRunning: update.isRunning };
}
