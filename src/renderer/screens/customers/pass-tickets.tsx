import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { useNow } from '../../ui/date-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { PassDialog } from './pass-dialog.tsx';
import { type Pass, usePassesOf, usePassPlans } from './wallet-data.ts';
import { endWords } from './wallet-words.ts';

/** The customer's passes: what is left of each and until when; those that are over stand last and grey. */
export function PassTickets({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('wallet');
  const passes = usePassesOf(customer.customerId);
  const plans = usePassPlans().data?.filter(({ isActive }) => isActive) ?? [];
  const mayGive = useMay('vouchers.redeem') && customer.status === 'active' && plans.length > 0;
  const [openedId, setOpenedId] = useState<string | null>(null);
  const [isGiving, setIsGiving] = useState(false);
  const list = passes.data ?? [];
  const isOver = ({ standing }: Pass): boolean => standing !== 'running' && standing !== 'not-started';
  const sorted = [...list.filter((pass) => !isOver(pass)), ...list.filter(isOver)];
  const opened = list.find(({ passId }) => passId === openedId);
  if (passes.isError) return <p className="is-muted is-small">{t('pass.error')}</p>;
  if (list.length === 0 && !mayGive) return null;
  return (
    <>
      <h3 className="customer-lots-group">{t('pass.title')}</h3>
      <ul aria-label={t('pass.title')}>
        {sorted.map((pass) => (
          <PassTicket key={pass.passId} pass={pass} onOpen={() => setOpenedId(pass.passId)} />
        ))}
      </ul>
      {mayGive && (
        <Button
          kind="ghost"
          isFullWidth
          icon={<Plus size={18} strokeWidth={1.75} aria-hidden="true" />}
          onPress={() => setIsGiving(true)}
        >
          {t('pass.give')}
        </Button>
      )}
      {opened !== undefined && <PassDialog pass={opened} onClose={() => setOpenedId(null)} />}
      {isGiving && <GivePass customer={customer} onClose={() => setIsGiving(false)} />}
    </>
  );
}

function PassTicket({ pass, onOpen }: { pass: Pass; onOpen: () => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const format = useFormat();
  const nowMs = useNow(60_000);
  const ends = endWords(t, format, pass.endsAtMs, nowMs);
  const isRunning = pass.standing === 'running';
  return (
    <li
      className="customer-lot customer-ticket"
      data-tone={isRunning ? 'info' : 'neutral'}
      data-soon={isRunning && ends?.isSoon === true}
    >
      <div className="customer-lot-stub">
        {format.number(pass.unitsLeft)}
        <small>{t('pass.left')}</small>
      </div>
      <div className="customer-lot-text">
        <button type="button" className="customer-ticket-name" onClick={onOpen}>
          {pass.name}
        </button>
        <span>
          {[
            isRunning ? t('pass.of', { total: format.number(pass.unitsTotal) }) : t(`pass.standing.${pass.standing}`),
            ends?.text ?? t('ends.never'),
          ].join(' · ')}
        </span>
      </div>
    </li>
  );
}

function GivePass({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('wallet');
  const plans = usePassPlans().data?.filter(({ isActive }) => isActive) ?? [];
  const [planId, setPlanId] = useState<string | null>(plans.length === 1 ? (plans[0]?.planId ?? null) : null);
  const [note, setNote] = useState('');
  const give = useCommand(useApiClient().passes.give);
  const report = useReport();
  const name = customer.displayName;
  const act = async (): Promise<void> => {
    if (planId === null) return;
    if (!report(await give.run({ customerId: customer.customerId, planId, note: note.trim() }))) return;
    showToast({ tone: 'success', slot: 'wallet', title: t('pass.given', { name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('pass.giveTitle', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('cancel')}</Button>
          <Button
            kind="primary"
            isBusy={give.isRunning}
            isDisabled={planId === null || note.trim() === ''}
            onPress={() => void act()}
          >
            {t('pass.giveAct')}
          </Button>
        </>
      }
    >
      <div className="wallet-form">
        <SelectField
          label={t('pass.plan')}
          placeholder={t('pass.choose')}
          choices={plans.map((plan) => ({
            id: plan.planId,
            label: `${plan.name} · ${t('pass.units', { count: plan.terms.units })}`,
          }))}
          value={planId}
          onChange={setPlanId}
        />
        <TextField label={t('note')} hint={t('adjust.noteHint')} maxLength={200} value={note} onChange={setNote} />
      </div>
    </Dialog>
  );
}
