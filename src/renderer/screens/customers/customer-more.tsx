import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/format.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay } from '../../ui/shop-context.ts';
import { Tag } from '../../ui/tag.tsx';
import type { Customer } from './customers-data.ts';
import { dayText } from './day-words.ts';
import { RecordConsent } from './record-consent.tsx';
import { useOwnFields } from './records-data.ts';
import './records.css';

/** What else is told of a customer: the shop's own fields, language, how to reach them, segments, and consent in time. */
export function CustomerMore({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const fields = useOwnFields()?.fields ?? [];
  const told = fields.flatMap((field) => {
    const value = customer.custom[field.fieldId];
    return value === undefined ? [] : [{ id: field.fieldId, name: field.name, text: shown(value) }];
  });
  const language = customer.language === null ? null : languageName(customer.language, format.settings.language);
  const facts = [
    ...(language === null ? [] : [{ id: 'language', name: t('more.language'), text: language }]),
    ...(customer.contactBy === null
      ? []
      : [{ id: 'contact', name: t('more.contactBy'), text: t(`more.contact.${customer.contactBy}`) }]),
    ...told,
  ];
  return (
    <section className="ui-card customer-told" aria-label={t('more.title')}>
      {facts.length > 0 && (
        <dl>
          {facts.map(({ id, name, text }) => (
            <div key={id}>
              <dt>{name}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {customer.segments.length > 0 && (
        <div>
          <h3>{t('more.segments')}</h3>
          <div className="customer-tags">
            {customer.segments.map(({ segmentId, name }) => (
              <Tag key={segmentId}>{name}</Tag>
            ))}
          </div>
        </div>
      )}
      <Consent customer={customer} />
    </section>
  );

  function shown(value: string | number | boolean): string {
    if (typeof value === 'boolean') return t(value ? 'more.yes' : 'more.no');
    return typeof value === 'number' ? format.number(value) : value;
  }
}

/** Whether they may be written to, what they said in time, and the way to record what they say now. */
function Consent({ customer }: { customer: Customer }): ReactNode {
  const { t } = useTranslation('customers');
  const mayEdit = useMay('customers.edit');
  const [isOpen, setIsOpen] = useState(false);
  const { consents } = customer;
  return (
    <div className="customer-agreement">
      <h3>{t('own.consent')}</h3>
      {consents.length === 0 ? (
        <p className="is-muted">{t('more.noConsents')}</p>
      ) : (
        <ConsentHistory consents={consents} />
      )}
      {mayEdit && customer.status !== 'erased' && customer.duplicateOf === null && (
        <Button onPress={() => setIsOpen(true)}>{t('more.record')}</Button>
      )}
      {isOpen && <RecordConsent customer={customer} onClose={() => setIsOpen(false)} />}
    </div>
  );
}

function ConsentHistory({ consents }: { consents: Customer['consents'] }): ReactNode {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const dayOf = (atMs: number): string => format.dateKey(atMs);
  const thisYear = dayOf(shopNowMs()).slice(0, 4);
  return (
    <details>
      <summary>{t('more.consents')}</summary>
      <ul>
        {consents.map((consent) => (
          <li key={consent.consentId}>
            {t(consent.isGiven ? 'more.given' : 'more.withdrawn', { channel: t(`more.channel.${consent.channel}`) })}
            <span>
              {dayText(consent.saidOn, format.settings.language, thisYear)}
              {consent.staffName === null ? '' : ` · ${consent.staffName}`}
              {consent.textVersion === 0 ? '' : ` · ${t('more.wording', { version: consent.textVersion })}`}
              {consent.saidOn === dayOf(consent.atMs)
                ? ''
                : ` · ${t('more.recorded', { when: format.exact(consent.atMs) })}`}
            </span>
            {consent.note !== '' && <q>{consent.note}</q>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function languageName(tag: string, inLanguage: string): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag;
}
