import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { hrefTo } from '../../../ui/route.ts';
import type { WhatIfResult } from './programme-types.ts';
import type { Words } from './words.ts';

const SHOWN_FIRST = 10;

interface ChangedCustomersProps {
  readonly id: 'gained' | 'lost';
  readonly changes: WhatIfResult['gained'];
  /** Names by customer id: who has none may not be seen, or was erased. */
  readonly names: Readonly<Record<string, string>>;
  readonly words: Words;
}

/** Who would gain or lose most under a draft, each leading to their page. */
export function ChangedCustomers({ id, changes, names, words }: ChangedCustomersProps): ReactNode {
  const { t } = useTranslation('programme');
  const { format } = words;
  const [isWhole, setIsWhole] = useState(false);
  const known = changes.filter(({ customerId }) => names[customerId] !== undefined);
  if (known.length === 0) return null;
  return (
    <div className="programme-people">
      <h4 className="ui-field-label">{t(`whatIf.${id}`)}</h4>
      <DataTable
        label={t(`whatIf.${id}`)}
        isDense
        columns={[
          {
            id: 'customer',
            header: t('whatIf.customer'),
            cell: ({ customerId }) => <a href={hrefTo('customers', customerId)}>{names[customerId]}</a>,
          },
          { id: 'now', header: t('whatIf.now'), isNumber: true, cell: (each) => format.points(each.beforePoints) },
          { id: 'drafted', header: t('whatIf.drafted'), isNumber: true, cell: (each) => format.points(each.points) },
          {
            id: 'change',
            header: t('whatIf.change'),
            isNumber: true,
            cell: (each) => format.points(each.points - each.beforePoints, { sign: 'always' }),
          },
        ]}
        rows={isWhole ? known : known.slice(0, SHOWN_FIRST)}
        rowId={({ customerId }) => customerId}
      />
      {known.length > SHOWN_FIRST && !isWhole && (
        <Button kind="ghost" onPress={() => setIsWhole(true)}>
          {t('whatIf.showAll', { count: known.length })}
        </Button>
      )}
    </div>
  );
}
