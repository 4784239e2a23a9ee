import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Languages } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BadgeListener } from '../../scanning/badge-listener.tsx';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { useNow } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { Lapacho } from '../../ui/lapacho.tsx';
import { PinEntry } from '../../ui/pin-entry.tsx';
import { setPreferences } from '../../ui/preferences.ts';
import { useRefusalText } from '../../ui/refusal-text.ts';
import { useCommand } from '../../ui/use-command.ts';
import { ForgotPin } from './forgot-pin.tsx';
import { StaffTiles } from './staff-tiles.tsx';
import './sign-in.css';

interface SignInScreenProps {
  readonly shop: { readonly shopName: string; readonly terminalName: string };
  readonly isDemo: boolean;
  /** Set when the till is locked: whose tile stands first. */
  readonly locked?: { readonly staffId: string };
  /** Stands over everything: what the till has to ask whoever comes. */
  readonly notice?: ReactNode;
}

/** Whole seconds until an instant, counting down; 0 when it has passed or there is none. */
function useSecondsUntil(atMs: number | null): number {
  useNow(500);
  // Counted on a clock that nobody can set: one set back would keep the keys dead for hours (fault F11).
  const endsMs = useMemo(() => (atMs === null ? 0 : performance.now() + atMs - Date.now()), [atMs]);
  return Math.max(0, Math.ceil((endsMs - performance.now()) / 1000));
}

function Clock(): ReactNode {
  const format = useFormat();
  const nowMs = useNow(5000);
  return (
    <span>
      {format.longDay(nowMs)}, {format.time(nowMs)}
    </span>
  );
}

function PinPanel({
  person,
  onForgot,
}: {
  person: { staffId: string; name: string; lockedUntilMs: number | null };
  onForgot: () => void;
}): ReactNode {
  const { t } = useTranslation('sign-in');
  const api = useApi();
  const queryClient = useQueryClient();
  const wordsOf = useRefusalText();
  const signIn = useCommand(useApiClient().staff.signIn);
  const [failures, setFailures] = useState(0);
  const [error, setError] = useState<string | null>(null);
  const [untilMs, setUntilMs] = useState(person.lockedUntilMs);
  const waitSeconds = useSecondsUntil(untilMs);

  const submit = async (pin: string): Promise<void> => {
    const result = await signIn.run({ staffId: person.staffId, pin });
    if (result.kind === 'done') {
      await queryClient.invalidateQueries(api.system.status.queryFilter());
      return;
    }
    if (result.kind === 'ignored') return;
    if (result.kind === 'refused' && result.refusal.reason === 'pin-locked')
      setUntilMs(Number(result.refusal.facts.untilMs ?? 0));
    setError(result.kind === 'refused' ? wordsOf(result.refusal) : t('failed'));
    setFailures((count) => count + 1);
  };
  const firstName = person.name.split(/\s+/)[0] ?? person.name;
  return (
    <div className="sign-in-pin">
      <h2 className="sign-in-hello">{t('hello', { name: firstName })}</h2>
      <p className="is-muted">{t('enterPin')}</p>
      <PinEntry
        label={t('pinOf', { name: person.name })}
        failures={failures}
        error={waitSeconds > 0 ? t('wait', { count: waitSeconds }) : error}
        isBusy={signIn.isRunning}
        isDisabled={waitSeconds > 0}
        onSubmit={(pin) => void submit(pin)}
        left={
          <Button kind="ghost" className="sign-in-forgot" onPress={onForgot}>
            {t('forgot')}
          </Button>
        }
      />
    </div>
  );
}

/** Who is at the till? Tiles at the left, PIN at the right; also the lock screen. */
export function SignInScreen({ shop, isDemo, locked, notice }: SignInScreenProps): ReactNode {
  const { t, i18n } = useTranslation('sign-in');
  const api = useApi();
  const staff = useQuery(api.staff.list.queryOptions());
  const people = (staff.data ?? []).filter((person) => person.isActive);
  const [chosen, setChosen] = useState<string | null>(locked?.staffId ?? null);
  const [hasForgotten, setHasForgotten] = useState(false);
  const person = people.find((one) => one.staffId === chosen) ?? people[0];
  const choose = (staffId: string): void => {
    setChosen(staffId);
    setHasForgotten(false);
  };
  return (
    <main className="sign-in">
      {/* The locked till still hears scans by itself. */}
      {locked === undefined && <BadgeListener />}
      {notice}
      <section className="sign-in-people">
        <Lapacho size={560} isPlain className="sign-in-flower" />
        <header className="sign-in-row">
          <span className="sign-in-shop">
            <Lapacho size={36} />
            {shop.shopName}
          </span>
          <span className="sign-in-till">
            <i aria-hidden="true" />
            {shop.terminalName}
          </span>
        </header>
        <div className="sign-in-middle">
          <h1>{locked === undefined ? t('who') : t('locked')}</h1>
          <StaffTiles people={people} chosen={person?.staffId ?? null} onChoose={choose} />
          {isDemo && <p className="sign-in-demo">{t('demo')}</p>}
        </div>
        <footer className="sign-in-row is-small">
          <Clock />
          <button
            type="button"
            className="sign-in-language"
            onClick={() => setPreferences({ language: i18n.language === 'es' ? 'en' : 'es' })}
          >
            <Languages size={18} strokeWidth={1.75} aria-hidden="true" />
            {i18n.language === 'es' ? 'English' : 'Español'}
          </button>
        </footer>
      </section>
      <section className="sign-in-entry" aria-label={t('entry')}>
        {person !== undefined &&
          (hasForgotten ? (
            <ForgotPin person={person} onClose={() => setHasForgotten(false)} />
          ) : (
            <PinPanel key={person.staffId} person={person} onForgot={() => setHasForgotten(true)} />
          ))}
      </section>
    </main>
  );
}
