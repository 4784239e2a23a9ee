import { ChevronLeft, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CUSTOM_FIELD_KINDS, MAX_CUSTOM_FIELDS } from '#shop/customers/custom-field.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckField, SelectField } from '../../ui/choice-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useReport } from '../../ui/refusal-text.ts';
import { hrefTo } from '../../ui/route.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toast.tsx';
import { TopBarSlot } from '../../ui/top-bar-slot.tsx';
import { CommandContext, useCommand } from '../../ui/use-command.ts';
import { type OwnField, useOwnFields } from './records-data.ts';
import './segments.css';

/** What the shop asks of its customers besides the usual: its own fields, and its wording of consent. */
export function FieldsPage(): ReactNode {
  const { t } = useTranslation('customers');
  const known = useOwnFields();
  return (
    <div className="customers-page">
      <TopBarSlot replacesTitle>
        <a className="customer-back" href={hrefTo('customers')}>
          <ChevronLeft size={20} strokeWidth={1.75} aria-hidden="true" />
          {t('back')}
        </a>
      </TopBarSlot>
      <h1 tabIndex={-1}>{t('own.title')}</h1>
      {known === null ? (
        <Skeleton rows={3} shape="card" />
      ) : (
        <>
          <FieldsEditor key={JSON.stringify(known.fields)} before={known.fields} />
          <ConsentWording key={known.consentText?.version ?? 0} before={known.consentText?.text ?? ''} />
        </>
      )}
    </div>
  );
}

const NEW_FIELD = { name: '', kind: 'text', choices: [], isAskedAtEnrolment: false, isRequired: false } as const;

function FieldsEditor({ before }: { before: readonly OwnField[] }): ReactNode {
  const { t } = useTranslation('customers');
  const [fields, setFields] = useState<readonly OwnField[]>(before);
  const command = useCommand(useApiClient().customers.saveFields);
  const report = useReport();
  const change = (fieldId: string, changed: Partial<OwnField>): void =>
    setFields(fields.map((field) => (field.fieldId === fieldId ? { ...field, ...changed } : field)));
  const host = use(CommandContext);
  const add = (): void => setFields([...fields, { ...NEW_FIELD, fieldId: host?.newOperationId() ?? '' }]);
  const save = async (): Promise<void> => {
    const tidy = fields.map((field) => ({
      ...field,
      name: field.name.trim(),
      choices: field.choices.map((choice) => choice.trim()).filter((choice) => choice !== ''),
    }));
    if (report(await command.run({ fields: tidy }))) showToast({ tone: 'success', title: t('own.saved') });
  };
  const isFit = fields.every(
    ({ name, kind, choices }) => name.trim() !== '' && (kind !== 'choice' || choices.length >= 2),
  );
  return (
    <Card title={t('own.fields')}>
      {fields.length === 0 && <p className="is-muted">{t('own.none')}</p>}
      {fields.map((field) => (
        <div key={field.fieldId} className="own-field">
          <TextField
            label={t('own.name')}
            value={field.name}
            maxLength={60}
            onChange={(name) => change(field.fieldId, { name })}
          />
          <SelectField
            label={t('own.kind')}
            isDisabled={before.some(({ fieldId }) => fieldId === field.fieldId)}
            choices={CUSTOM_FIELD_KINDS.map((kind) => ({ id: kind, label: t(`own.kinds.${kind}`) }))}
            value={field.kind}
            onChange={(kind) => change(field.fieldId, { kind, choices: [] })}
          />
          {field.kind === 'choice' && (
            <TextField
              label={t('own.choices')}
              hint={t('own.choicesHint')}
              value={field.choices.join(',')}
              maxLength={600}
              onChange={(text) => change(field.fieldId, { choices: text === '' ? [] : text.split(',') })}
            />
          )}
          <span className="own-field-asked">
            <CheckField
              isSelected={field.isAskedAtEnrolment}
              onChange={(isAskedAtEnrolment) =>
                change(field.fieldId, { isAskedAtEnrolment, isRequired: field.isRequired && isAskedAtEnrolment })
              }
            >
              {t('own.ask')}
            </CheckField>
            <CheckField
              isSelected={field.isRequired}
              onChange={(isRequired) =>
                change(field.fieldId, { isRequired, isAskedAtEnrolment: field.isAskedAtEnrolment || isRequired })
              }
            >
              {t('own.require')}
            </CheckField>
          </span>
          <IconButton
            label={t('own.remove', { name: field.name })}
            icon={<Trash2 size={18} strokeWidth={1.75} />}
            onPress={() => setFields(fields.filter(({ fieldId }) => fieldId !== field.fieldId))}
          />
        </div>
      ))}
      <div className="customers-dialog-actions">
        <Button
          icon={<Plus size={18} aria-hidden="true" />}
          isDisabled={fields.length >= MAX_CUSTOM_FIELDS}
          onPress={add}
        >
          {t('own.add')}
        </Button>
        <Button
          kind="primary"
          isBusy={command.isRunning}
          isDisabled={!isFit || fields === before}
          onPress={() => void save()}
        >
          {t('own.save')}
        </Button>
      </div>
    </Card>
  );
}

function ConsentWording({ before }: { before: string }): ReactNode {
  const { t } = useTranslation('customers');
  const [text, setText] = useState(before);
  const command = useCommand(useApiClient().customers.publishConsent);
  const report = useReport();
  const publish = async (): Promise<void> => {
    const result = await command.run({ text: text.trim() });
    if (report(result)) showToast({ tone: 'success', title: t('own.published') });
  };
  return (
    <Card title={t('own.consent')}>
      <TextField
        label={t('own.wording')}
        hint={t('own.wordingHint')}
        isMultiline
        value={text}
        maxLength={2000}
        onChange={setText}
      />
      <div className="customers-dialog-actions">
        <Button
          kind="primary"
          isBusy={command.isRunning}
          isDisabled={text.trim() === '' || text.trim() === before}
          onPress={() => void publish()}
        >
          {t('own.publish')}
        </Button>
      </div>
    </Card>
  );
}
