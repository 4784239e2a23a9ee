import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { Permission } from '#shop/staff/permissions.ts';
import { newOperationId } from '../api.ts';
import { useApi } from '../ui/api-context.ts';
import { CommandContext, type CommandHost } from '../ui/use-command.ts';
import { ManagerPinSheet } from './manager-pin-sheet.tsx';

interface Asked {
  readonly permission: Permission;
  readonly answer: (overrideId: string | null) => void;
}

/** Gives commands their ids, the lock screen and the manager PIN sheet. */
export function CommandHostProvider({ children }: { children: ReactNode }): ReactNode {
  const api = useApi();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const askedNow = useRef<Asked | null>(null);

  const settle = useCallback((overrideId: string | null) => {
    askedNow.current?.answer(overrideId);
    askedNow.current = null;
    setAsked(null);
  }, []);

  const host = useMemo<CommandHost>(
    () => ({
      newOperationId: () => newOperationId(),
      onSessionLost: () => void queryClient.invalidateQueries(api.system.status.queryFilter()),
      requestOverride: (permission) =>
        new Promise((resolve) => {
          askedNow.current?.answer(null);
          askedNow.current = { permission, answer: resolve };
          setAsked(askedNow.current);
        }),
    }),
    [api, queryClient],
  );
  return (
    <CommandContext value={host}>
      {children}
      {asked !== null && (
        <ManagerPinSheet
          key={asked.permission}
          permission={asked.permission}
          onGranted={settle}
          onClose={() => settle(null)}
        />
      )}
    </CommandContext>
  );
}
