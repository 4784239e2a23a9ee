import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FindDialog, type FindRow } from '../find-dialog.tsx';
import { useApi, useApiClient } from '../../../ui/api-context.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { DateText } from '../../../ui/date-text.tsx';
import type { OwnValues } from '../../../ui/own-field-inputs.tsx';
import { Points } from '../../../ui/points-text.tsx';
import { useReport } from '../../../ui/refusal-text.ts';
import { useMay } from '../../../ui/shop-context.ts';
import { useCommand } from '../../../ui/use-command.ts';
import { closeOverlay, setCustomer } from '../till-state.ts';
import type { FoundCustomer } from '../till-types.ts';
import type { CustomerGlimpse } from '../till-views.ts';
import { AskOwnFields } from './ask-own-fields.tsx';
import { splitTyped } from './split-typed.ts';

const MOST_ROWS = 12;

/** F3: finds the customer of the sale that is rung up. */
export function FindCustomer({ text }: { text: string }): ReactNode {
  const choose = ({ identifiedBy, ...customer }: ChosenCustomer): void =>
    setCustomer({ customerId: customer.customerId, identifiedBy, identifiedAtMs: Date.now() }, customer);
  return <ChooseCustomer text={text} onChoose={choose} onClose={closeOverlay} />;
}

/** Somebody who was found, or enrolled for the purpose. */
export interface ChosenCustomer extends CustomerGlimpse {
  readonly identifiedBy: 'search' | 'enrol';
}

interface ChooseCustomerProps {
  readonly text?: string;
  readonly onChoose: (customer: ChosenCustomer) => void;
  readonly onClose: () => void;
}

/** Finds a customer in place by name, phone, code or e-mail, or enrols the one who was typed. */
export function ChooseCustomer({ text: startText = '', onChoose, onClose }: ChooseCustomerProps): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const [text, setText] = useState(startText);
  const found = useQuery({
    ...api.customers.search.queryOptions({ text: text.trim(), limit: MOST_ROWS }),
    placeholderData: keepPreviousData,
  });
  const rows: FindRow[] = (found.data ?? []).map((customer) => ({
    id: customer.customerId,
    isDisabled: customer.status === 'blocked',
    onChoose: () => onChoose({ ...glimpseOf(customer), identifiedBy: 'search' }),
    content: <CustomerRow customer={customer} />,
  }));
  const enrol = useEnrolRow(text, onChoose);
  if (enrol.question !== null) return enrol.question;
  return (
    <FindDialog
      title={t('customer.find')}
      label={t('find.customerLabel')}
      placeholder={t('find.customerPlaceholder')}
      text={text}
      rows={enrol.row === null ? rows : [...rows, enrol.row]}
      empty={found.isPending ? null : text.trim() === '' ? t('find.customerStart') : t('find.customerNone')}
      onText={setText}
      onClose={onClose}
    />
  );
}

function glimpseOf({ customerId, displayName, balance }: FoundCustomer): CustomerGlimpse {
  return { customerId, displayName, balance };
}

function CustomerRow({ customer }: { customer: FoundCustomer }): ReactNode {
  const { t } = useTranslation('till');
  return (
    <>
      <Avatar name={customer.displayName} />
      <span>
        <b>{customer.displayName}</b>
        <small>{[customer.phoneNational, customer.code].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="till-find-row-end">
        <Points points={customer.balance} />
        <small>
          {customer.lastVisitAtMs === null ? t('customer.noVisit') : <DateText atMs={customer.lastVisitAtMs} />}
        </small>
      </span>
    </>
  );
}

interface EnrolRow {
  readonly row: FindRow | null;
  /** Stands in place of the list while the shop's own fields are asked. */
  readonly question: ReactNode;
}

/** The row that creates the customer who was typed: 'Ana 0981 442 107' has a name and a phone already. */
function useEnrolRow(text: string, onChoose: ChooseCustomerProps['onChoose']): EnrolRow {
  const { t } = useTranslation('till');
  const client = useApiClient();
  const enrol = useCommand(client.customers.enrol);
  const report = useReport();
  const mayEnrol = useMay('customers.edit');
  const own = useQuery(useApi().customers.fields.queryOptions()).data;
  const asked = (own?.fields ?? []).filter((field) => field.isAskedAtEnrolment);
  const [isAsking, setIsAsking] = useState(false);
  const typed = splitTyped(text);
  if (!mayEnrol || typed.name === '') return { row: null, question: null };
  const shown = [typed.name, typed.phone].filter((each) => each !== null).join(' ');
  const create = async (custom: OwnValues): Promise<void> => {
    const result = await enrol.run({
      name: typed.name,
      ...(typed.phone === null ? {} : { phone: typed.phone }),
      consentMarketing: false,
      ...(asked.length === 0 ? {} : { custom }),
    });
    if (!report(result)) return;
    onChoose({ customerId: result.value.customerId, displayName: typed.name, balance: 0, identifiedBy: 'enrol' });
  };
  const row: FindRow = {
    id: 'enrol',
    isDisabled: enrol.isRunning,
    onChoose: () => (asked.length === 0 ? void create({}) : setIsAsking(true)),
    content: (
      <>
        <span className="till-find-plus">
          <UserPlus size={20} strokeWidth={1.75} aria-hidden="true" />
        </span>
        <span>
          <b>{t('customer.create', { who: shown })}</b>
          <small>{typed.phone === null ? t('customer.createNoPhone') : t('customer.createHow')}</small>
        </span>
        <span />
      </>
    ),
  };
  const question = isAsking && (
    <AskOwnFields
      name={typed.name}
      fields={asked}
      isRunning={enrol.isRunning}
      onAnswered={(custom) => void create(custom)}
      onClose={() => setIsAsking(false)}
    />
  );
  return { row, question: question === false ? null : question };
}
