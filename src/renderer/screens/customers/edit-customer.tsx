import { Check } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { useTranslation } from 'react-i18next';
import { CONTACT_WAYS } from '#shop/customers/customer-schema.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/choice-field.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { showToast } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Customer } from './customers-data.ts';
import { OwnFieldInputs, type OwnValues } from '../../ui/own-field-inputs.tsx';
import { useOwnFields } from './records-data.ts';
import { type CustomerField, type FieldProblem, fieldProblems } from './field-errors.ts';
import './enrol-panel.css';

interface EditDraft {
  readonly name: string;
  readonly callName: string;
  readonly phone: string;
  readonly email: string;
  readonly birthday: string;
  readonly tags: string;
  readonly note: string;
  readonly consentMarketing: boolean;
  readonly language: string;
  readonly contactBy: ContactChoice;
  readonly custom: OwnValues;
}

type ContactChoice = NonNullable<Customer['contactBy']> | typeof NOT_TOLD;
const NOT_TOLD = 'not-told';
const LANGUAGES = ['es', 'en', 'pt', 'gn', 'de', 'fr', 'it'] as const;

function draftOf(customer: Customer): EditDraft {
  return {
    name: customer.fullName,
    callName: customer.callName ?? '',
    phone: customer.phoneNational ?? customer.phone ?? '',
    email: customer.email ?? '',
    birthday: customer.birthday ?? '',
    tags: customer.tags.join(', '),
    note: customer.note,
    consentMarketing: customer.consentMarketing,
    language: customer.language ?? NOT_TOLD,
    contactBy: customer.contactBy ?? NOT_TOLD,
    custom: customer.custom,
  };
}

/** Only what was changed is sent; an emptied field takes the value away. */
function changesOf(before: EditDraft, after: EditDraft) {
  const text = (field: 'callName' | 'phone' | 'email' | 'birthday') =>
    before[field] === after[field] ? {} : { [field]: after[field].trim() === '' ? null : after[field].trim() };
  return {
    ...(before.name === after.name ? {} : { name: after.name.trim() }),
    ...text('callName'),
    ...text('phone'),
    ...text('email'),
    ...text('birthday'),
    ...(before.tags === after.tags ? {} : { tags: tagsOf(after.tags) }),
    ...(before.language === after.language ? {} : { language: after.language === NOT_TOLD ? null : after.language }),
    ...(before.contactBy === after.contactBy
      ? {}
      : { contactBy: after.contactBy === NOT_TOLD ? null : after.contactBy }),
    ...(before.custom === after.custom ? {} : { custom: after.custom }),
    ...(before.note === after.note ? {} : { note: after.note }),
    ...(before.consentMarketing === after.consentMarketing ? {} : { consentMarketing: after.consentMarketing }),
  };
}

function tagsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(',')
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ''),
    ),
  ];
}

/** The customer's details in a side panel; errors stand under their fields. */
export function EditCustomer({ customer, onClose }: { customer: Customer; onClose: () => void }): ReactNode {
  const { t } = useTranslation('customers');
  const [before] = useState(() => draftOf(customer));
  const [draft, setDraft] = useState(before);
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const formId = useId();
  const form = useRef<HTMLFormElement>(null);
  const command = useCommand(useApiClient().customers.update);
  const report = useReport();
  const changes = changesOf(before, draft);
  useEffect(() => {
    if (problems.length > 0) form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [problems]);
  const errorOf = (field: CustomerField): string | null => {
    const problem = problems.find((known) => known.field === field);
    return problem === undefined ? null : t(`error.${problem.words}`);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const result = await command.run({ customerId: customer.customerId, version: customer.version, ...changes });
    const found = fieldProblems(result);
    setProblems(found);
    if (found.length > 0) return;
    if (result.kind === 'refused' && result.refusal.reason === 'changed-elsewhere') {
      showToast({ tone: 'warning', title: t('edit.changedElsewhere'), durationMs: 6000 });
      onClose();
      return;
    }
    if (!report(result)) return;
    showToast({ tone: 'success', title: t('edit.saved', { name: draft.name }) });
    onClose();
  };
  return (
    <SidePanel
      title={t('edit.title', { name: customer.displayName })}
      onClose={onClose}
      needsAnswer
      footer={
        <>
          <Button onPress={onClose}>{t('edit.cancel')}</Button>
          <Button
            kind="primary"
            type="submit"
            form={formId}
            isBusy={command.isRunning}
            isDisabled={Object.keys(changes).length === 0}
          >
            {t('edit.save')}
          </Button>
        </>
      }
    >
      <form ref={form} id={formId} className="customers-optional" noValidate onSubmit={(event) => void submit(event)}>
        <EditFields draft={draft} errorOf={errorOf} onChange={(change) => setDraft({ ...draft, ...change })} />
      </form>
    </SidePanel>
  );
}

interface EditFieldsProps {
  readonly draft: EditDraft;
  readonly errorOf: (field: CustomerField) => string | null;
  readonly onChange: (change: Partial<EditDraft>) => void;
}

function EditFields({ draft, errorOf, onChange }: EditFieldsProps): ReactNode {
  const { t, i18n } = useTranslation('customers');
  const own = useOwnFields();
  return (
    <>
      <TextField
        label={t('enrol.name')}
        value={draft.name}
        maxLength={120}
        autoComplete="off"
        error={errorOf('name')}
        onChange={(name) => onChange({ name })}
      />
      <TextField
        label={t('edit.callName')}
        hint={t('edit.callNameHint')}
        value={draft.callName}
        maxLength={60}
        autoComplete="off"
        onChange={(callName) => onChange({ callName })}
      />
      <TextField
        label={t('enrol.phone')}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        placeholder={t('enrol.phonePlaceholder')}
        value={draft.phone}
        maxLength={40}
        error={errorOf('phone')}
        onChange={(phone) => onChange({ phone })}
      />
      <TextField
        label={t('enrol.email')}
        type="email"
        inputMode="email"
        autoComplete="off"
        placeholder={t('enrol.emailPlaceholder')}
        value={draft.email}
        maxLength={254}
        error={errorOf('email')}
        onChange={(email) => onChange({ email })}
      />
      <TextField
        label={t('enrol.birthday')}
        // A birthday without a year ('----11-24') does not fit the browser's date field.
        type={draft.birthday.startsWith('----') ? 'text' : 'date'}
        value={draft.birthday}
        error={errorOf('birthday')}
        onChange={(birthday) => onChange({ birthday })}
      />
      <TextField
        label={t('edit.tags')}
        hint={t('edit.tagsHint')}
        value={draft.tags}
        maxLength={200}
        autoComplete="off"
        onChange={(tags) => onChange({ tags })}
      />
      <SelectField
        label={t('more.language')}
        choices={[
          { id: NOT_TOLD, label: t('own.notTold') },
          ...[...new Set([...LANGUAGES, ...(draft.language === NOT_TOLD ? [] : [draft.language])])].map((tag) => ({
            id: tag,
            label: new Intl.DisplayNames([i18n.language], { type: 'language' }).of(tag) ?? tag,
          })),
        ]}
        value={draft.language}
        onChange={(language) => onChange({ language })}
      />
      <SelectField<ContactChoice>
        label={t('more.contactBy')}
        choices={[
          { id: NOT_TOLD, label: t('own.notTold') },
          ...CONTACT_WAYS.map((way) => ({ id: way, label: t(`more.contact.${way}`) })),
        ]}
        value={draft.contactBy}
        onChange={(contactBy) => onChange({ contactBy })}
      />
      <OwnFieldInputs
        fields={own?.fields ?? []}
        values={draft.custom}
        onChange={(fieldId, value) => onChange({ custom: { ...draft.custom, [fieldId]: value } })}
      />
      <TextField
        label={t('edit.note')}
        hint={t('edit.noteHint')}
        isMultiline
        value={draft.note}
        maxLength={2000}
        onChange={(note) => onChange({ note })}
      />
      <Checkbox
        className="customers-consent"
        isSelected={draft.consentMarketing}
        onChange={(consentMarketing) => onChange({ consentMarketing })}
      >
        <span className="customers-check">
          <Check size={16} strokeWidth={3} aria-hidden="true" />
        </span>
        <span>
          <b>{t('enrol.consent')}</b>
          <small>{own?.consentText?.text ?? t('enrol.consentDetail')}</small>
        </span>
      </Checkbox>
    </>
  );
}
