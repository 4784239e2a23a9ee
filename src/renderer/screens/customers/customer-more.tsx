import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../ui/date-text.tsx';
import { useFormat } from '../../ui/format.ts';
import { Tag } from '../../ui/tag.tsx';
import type { Customer } from './customers-data.ts';
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
  if (facts.length === 0 && customer.segments.length === 0 && customer.consents.length === 0) return null;
  return (
    <section className="ui-card customer-more" aria-label={t('more.title')}>
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
      {customer.consents.length > 0 && <ConsentHistory consents={customer.consents} />}
    </section>
  );

  function shown(value: string | number | boolean): string {
    if (typeof value === 'boolean') return t(value ? 'more.yes' : 'more.no');
    return typeof value === 'number' ? format.number(value) : value;
  }
}

function ConsentHistory({ consents }: { consents: Customer['consents'] }): ReactNode {
  const { t } = useTranslation('customers');
  return (
    <details>
      <summary>{t('more.consents')}</summary>
      <ul>
        {consents.map((consent) => (
          <li key={consent.atMs}>
            {t(consent.isGiven ? 'more.given' : 'more.withdrawn', { channel: t(`more.channel.${consent.channel}`) })}
            <span>
              <DateText atMs={consent.atMs} />
              {consent.staffName === null ? '' : ` · ${consent.staffName}`}
              {consent.textVersion === 0 ? '' : ` · ${t('more.wording', { version: consent.textVersion })}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function languageName(tag: string, inLanguage: string): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(tag) ?? tag;
}
