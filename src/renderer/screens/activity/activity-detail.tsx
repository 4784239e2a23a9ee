import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SidePanel } from '../../ui/dialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { hrefTo } from '../../ui/route.ts';
import type { ActivityRow } from './activity-screen.tsx';
import { actionWords, changedFields, fieldName } from './activity-words.ts';

/** Where the record itself can be seen, for the kinds that have a page. */
function pageOf(subject: NonNullable<ActivityRow['subject']>): string | null {
  if (subject.kind === 'customers') return hrefTo('customers', subject.id);
  if (subject.kind === 'transactions') return hrefTo('till', 'sale', subject.id);
  return null;
}

/** One operation: who, when, why not, and what it changed. */
export function ActivityDetail({ row, onClose }: { row: ActivityRow; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['activity', 'refusals']);
  const format = useFormat();
  const fields = [
    ...changedFields(format, row.before, row.after),
    ...row.personal.flatMap((part) => changedFields(format, part.before, part.after)),
  ];
  const page = row.subject === null ? null : pageOf(row.subject);
  return (
    <SidePanel title={actionWords(t, row.action)} onClose={onClose}>
      <dl className="activity-facts">
        <div>
          <dt>{t('column.at')}</dt>
          <dd>{format.exact(row.atMs)}</dd>
        </div>
        <div>
          <dt>{t('column.who')}</dt>
          <dd>{row.staffName ?? t('system')}</dd>
        </div>
        {row.approvedByName !== null && (
          <div>
            <dt>{t('approvedBy')}</dt>
            <dd>{row.approvedByName}</dd>
          </div>
        )}
        {row.reason !== null && (
          <div>
            <dt>{t('reason')}</dt>
            <dd>{t(`refusals:${row.reason}`, { defaultValue: row.reason })}</dd>
          </div>
        )}
        <div>
          <dt>{t('number')}</dt>
          <dd>{format.number(row.seq)}</dd>
        </div>
      </dl>
      {page !== null && (
        <p className="activity-link">
          <a href={page} onClick={onClose}>
            {t('open')}
          </a>
        </p>
      )}
      {fields.length > 0 && (
        <table className="activity-changes">
          <thead>
            <tr>
              <th scope="col">{t('change.field')}</th>
              <th scope="col">{t('change.before')}</th>
              <th scope="col">{t('change.after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">{fieldName(field.name)}</th>
                <td>{field.before}</td>
                <td>{field.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SidePanel>
  );
}
