import { Check, Plus, UserPlus, X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { useTranslation } from 'react-i18next';
import { missingAtEnrolment } from '#shop/customers/custom-field.ts';
import { formatCode } from '#shop/ids/code.ts';
import { useScanTarget } from '../../scanning/scan-target.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { OwnFieldInputs } from '../../ui/own-field-inputs.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { useMay } from '../../ui/shop-context.ts';
import { useCommand } from '../../ui/use-command.ts';
import { BroughtBy } from './brought-by.tsx';
import { openCustomer, startSaleFor } from './customer-links.ts';
import { changeDraft, clearDraft, closeEnrol, setSearchText, useCustomersState } from './customers-state.ts';
import { type CustomerField, type FieldProblem, fieldProblems } from './field-errors.ts';
import { useOwnFields } from './records-data.ts';
import { SimilarNote } from './similar-note.tsx';
import './enrol-panel.css';

interface Enrolled {
  readonly customerId: string;
  readonly name: string;
  readonly code: string;
}

/** A new customer in three fields and those that the shop asks; e-mail, birthday and a card are one press further. */
export function EnrolPanel(): ReactNode {
  const { t } = useTranslation('customers');
  const { isEnrolOpen } = useCustomersState();
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null);
  return (
    <section
      className="ui-card customers-enrol"
      data-open={isEnrolOpen}
      aria-label={t('enrol.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') closeEnrol();
      }}
    >
      <header>
        <h2>{t('enrol.title')}</h2>
        <IconButton
          className="customers-new-button"
          label={t('enrol.close')}
          icon={<X size={20} strokeWidth={1.75} />}
          onPress={closeEnrol}
        />
      </header>
      <EnrolForm enrolled={enrolled} onEnrolled={setEnrolled} />
    </section>
  );
}

interface EnrolFormProps {
  readonly enrolled: Enrolled | null;
  readonly onEnrolled: (enrolled: Enrolled | null) => void;
}

function EnrolForm({ enrolled, onEnrolled }: EnrolFormProps): ReactNode {
  const { t } = useTranslation('customers');
  const { draft, isEnrolOpen } = useCustomersState();
  const [problems, setProblems] = useState<readonly FieldProblem[]>([]);
  const [hasMore, setHasMore] = useState(false);
  const [missingId, setMissingId] = useState<string | null>(null);
  const own = useOwnFields();
  const asked = (own?.fields ?? []).filter((field) => field.isAskedAtEnrolment);
  const form = useRef<HTMLFormElement>(null);
  const command = useCommand(useApiClient().customers.enrol);
  const report = useReport();
  const errorOf = (field: CustomerField): string | null => {
    const problem = problems.find((known) => known.field === field);
    return problem === undefined ? null : t(`error.${problem.words}`);
  };
  // Opened with typed text: the cursor goes to the first field that is still empty.
  useEffect(() => {
    if (!isEnrolOpen) return;
    const inputs = [...(form.current?.querySelectorAll('input') ?? [])];
    (inputs.find((input) => input.value === '') ?? inputs[0])?.focus();
  }, [isEnrolOpen]);
  useEffect(() => {
    if (problems.length > 0 || missingId !== null)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid] button')?.focus();
  }, [problems, missingId]);
  // A blank card scanned while somebody is being enrolled becomes theirs.
  useScanTarget((scan) => {
    if (scan.outcome.kind !== 'unknown' || scan.outcome.reason !== 'not-known' || !isTouched(draft)) return false;
    changeDraft({ cardCode: scan.outcome.shownText });
    setHasMore(true);
    return { tone: 'success', title: t('enrol.cardScanned', { code: scan.outcome.shownText }) };
  });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const input = enrolInput(draft);
    if (input.name === '' && input.phone === undefined && input.cardCode === undefined) {
      setProblems([{ field: 'name', words: 'name', customerId: null }]);
      return;
    }
    const missing = missingAtEnrolment(asked, draft.custom);
    setMissingId(missing);
    if (missing !== null) return;
    const result = await command.run(input);
    const found = fieldProblems(result);
    setProblems(found);
    if (found.some(({ field }) => field === 'email' || field === 'birthday' || field === 'card')) setHasMore(true);
    if (found.length > 0 || !report(result)) return;
    onEnrolled({ customerId: result.value.customerId, name: draft.name.trim(), code: result.value.code });
    clearDraft();
    closeEnrol();
    setSearchText('');
    setHasMore(false);
  };
  const change = (field: CustomerField, value: Parameters<typeof changeDraft>[0]): void => {
    changeDraft(value);
    onEnrolled(null);
    setProblems(problems.filter((known) => known.field !== field));
  };
  const takenBy = problems.find((problem) => problem.customerId !== null)?.customerId ?? null;
  return (
    <form ref={form} className="customers-form" noValidate onSubmit={(event) => void submit(event)}>
      <div className="customers-fields">
        {enrolled !== null && <EnrolledNote enrolled={enrolled} />}
        <TextField
          label={t('enrol.name')}
          placeholder={t('enrol.namePlaceholder')}
          value={draft.name}
          maxLength={120}
          autoComplete="off"
          error={errorOf('name')}
          onChange={(name) => change('name', { name })}
        />
        <TextField
          label={t('enrol.phone')}
          placeholder={t('enrol.phonePlaceholder')}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          value={draft.phone}
          maxLength={40}
          error={errorOf('phone')}
          onChange={(phone) => change('phone', { phone })}
        />
        {takenBy === null && <SimilarNote name={draft.name} phone={draft.phone} email={draft.email} />}
        {takenBy !== null && (
          <Button kind="soft" onPress={() => openCustomer(takenBy)}>
            {t('enrol.openOther')}
          </Button>
        )}
        <Checkbox
          className="customers-consent"
          isSelected={draft.consentMarketing}
          onChange={(consentMarketing) => changeDraft({ consentMarketing })}
        >
          <span className="customers-check">
            <Check size={16} strokeWidth={3} aria-hidden="true" />
          </span>
          <span>
            <b>{t('enrol.consent')}</b>
            <small>{own?.consentText?.text ?? t('enrol.consentDetail')}</small>
          </span>
        </Checkbox>
        <OwnFieldInputs
          fields={asked}
          values={draft.custom}
          missingId={missingId}
          onChange={(fieldId, value) => {
            changeDraft({ custom: { ...draft.custom, [fieldId]: value } });
            setMissingId(null);
          }}
        />
        {hasMore ? (
          <OptionalFields errorOf={errorOf} onChange={change} />
        ) : (
          <Button
            kind="ghost"
            className="customers-more"
            icon={<Plus size={18} aria-hidden="true" />}
            aria-expanded={false}
            onPress={() => setHasMore(true)}
          >
            {t('enrol.optional')}
          </Button>
        )}
      </div>
      <footer>
        <Button
          type="submit"
          kind="primary"
          size="primary"
          isFullWidth
          isBusy={command.isRunning}
          icon={<UserPlus size={20} aria-hidden="true" />}
        >
          {draft.name.trim() === '' ? t('enrol.create') : t('enrol.createNamed', { name: draft.name.trim() })}
        </Button>
      </footer>
    </form>
  );
}

type Draft = ReturnType<typeof useCustomersState.getState>['draft'];

function isTouched(draft: Draft): boolean {
  return draft.name !== '' || draft.phone !== '' || draft.email !== '';
}

function enrolInput(draft: Draft) {
  const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
  return {
    name: draft.name.trim(),
    phone: given(draft.phone),
    email: given(draft.email),
    cardCode: given(draft.cardCode),
    broughtBy: draft.broughtBy?.customerId,
    birthday: given(draft.birthday),
    consentMarketing: draft.consentMarketing,
    ...(Object.keys(draft.custom).length === 0 ? {} : { custom: draft.custom }),
  };
}

interface OptionalFieldsProps {
  readonly errorOf: (field: CustomerField) => string | null;
  readonly onChange: (field: CustomerField, value: Partial<Draft>) => void;
}

function OptionalFields({ errorOf, onChange }: OptionalFieldsProps): ReactNode {
  const { t } = useTranslation('customers');
  const { draft } = useCustomersState();
  return (
    <div className="customers-optional">
      <TextField
        label={t('enrol.email')}
        placeholder={t('enrol.emailPlaceholder')}
        type="email"
        inputMode="email"
        autoComplete="off"
        value={draft.email}
        maxLength={254}
        error={errorOf('email')}
        onChange={(email) => onChange('email', { email })}
      />
      <TextField
        label={t('enrol.birthday')}
        type="date"
        value={draft.birthday}
        error={errorOf('birthday')}
        onChange={(birthday) => onChange('birthday', { birthday })}
      />
      <TextField
        label={t('enrol.card')}
        hint={t('enrol.cardHint')}
        autoComplete="off"
        acceptsScan
        value={draft.cardCode}
        maxLength={60}
        error={errorOf('card')}
        onChange={(cardCode) => onChange('card', { cardCode })}
      />
      <BroughtBy referrer={draft.broughtBy} onChange={(broughtBy) => changeDraft({ broughtBy })} />
    </div>
  );
}

function EnrolledNote({ enrolled }: { enrolled: Enrolled }): ReactNode {
  const { t } = useTranslation('customers');
  const maySell = useMay('sale.make');
  const name = enrolled.name === '' ? enrolled.code : enrolled.name;
  return (
    <div className="customers-said" data-tone="success" role="status">
      <Check size={20} strokeWidth={2} aria-hidden="true" />
      <div>
        <span>{t('enrol.done', { name })}</span>
        <span>{t('enrol.code', { code: formatCode(enrolled.code) })}</span>
        <div className="customers-said-actions">
          <Button size="small" onPress={() => openCustomer(enrolled.customerId)}>
            {t('enrol.open', { name: name.split(' ')[0] ?? name })}
          </Button>
          {maySell && (
            <Button size="small" onPress={() => startSaleFor(enrolled.customerId)}>
              {t('enrol.sale')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
