import { useQueryClient } from '@tanstack/react-query';
import { CircleQuestionMark, Languages, Lock, LogOut, Moon, Sun, UserRoundCog } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../ui/api-context.ts';
import { Avatar } from '../ui/avatar.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { setPreferences } from '../ui/preferences.ts';
import { useReport } from '../ui/refusal-text.ts';
import { useShopState } from '../ui/shop-context.ts';
import { useCommand } from '../ui/use-command.ts';
import type { ShellLayer } from './shell.tsx';

/** Locks this window; the open sale stays where it is. */
export function useLock(): () => Promise<void> {
  const api = useApi();
  const queryClient = useQueryClient();
  const lock = useCommand(useApiClient().staff.lock);
  const report = useReport();
  return async () => {
    report(await lock.run({}));
    await queryClient.invalidateQueries(api.system.status.queryFilter());
  };
}

/** Who is signed in, with what concerns the person rather than the screen. */
export function PersonMenu({ onOpen }: { onOpen: (layer: ShellLayer) => void }): ReactNode {
  const { t, i18n } = useTranslation(['shell', 'common']);
  const { session } = useShopState();
  const api = useApi();
  const queryClient = useQueryClient();
  const signOut = useCommand(useApiClient().staff.signOut);
  const report = useReport();
  const lock = useLock();
  const isDark = document.documentElement.dataset.theme === 'dark';
  const role = session.roles.map((name) => t(`common:role.${name}`)).join(', ');
  const firstName = session.name.split(/\s+/)[0] ?? session.name;
  const leave = async (): Promise<void> => {
    report(await signOut.run({}));
    await queryClient.invalidateQueries(api.system.status.queryFilter());
  };
  return (
    <MenuButton
      label={t('person.label', { name: session.name, role })}
      isNamedByContent
      className="top-person"
      entries={[
        { id: 'switch', label: t('person.switch'), icon: <UserRoundCog />, onAction: () => void lock() },
        { id: 'lock', label: t('person.lock'), icon: <Lock />, keys: 'Ctrl L', onAction: () => void lock() },
        {
          id: 'language',
          startsGroup: true,
          label: i18n.language === 'es' ? 'English' : 'Español',
          icon: <Languages />,
          onAction: () => setPreferences({ language: i18n.language === 'es' ? 'en' : 'es' }),
        },
        {
          id: 'theme',
          label: isDark ? t('person.light') : t('person.dark'),
          icon: isDark ? <Sun /> : <Moon />,
          onAction: () => setPreferences({ theme: isDark ? 'light' : 'dark' }),
        },
        {
          id: 'help',
          label: t('person.help'),
          icon: <CircleQuestionMark />,
          keys: 'F1',
          onAction: () => onOpen('help'),
        },
        { id: 'out', startsGroup: true, label: t('person.signOut'), icon: <LogOut />, onAction: () => void leave() },
      ]}
    >
      <Avatar name={session.name} />
      <span className="top-person-words">
        <b>{firstName}</b>
        <small>{role}</small>
      </span>
    </MenuButton>
  );
}
