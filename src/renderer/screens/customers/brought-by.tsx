import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useFoundCustomers } from './customers-data.ts';
import './records.css';

export interface Referrer {
  readonly customerId: string;
  readonly name: string;
}

interface BroughtByProps {
  readonly referrer: Referrer | null;
  readonly onChange: (referrer: Referrer | null) => void;
}

/** Finds the regular who brought somebody along; programmes may give points to both. */
export function BroughtBy({ referrer, onChange }: BroughtByProps): ReactNode {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  if (referrer !== null) {
    return (
      <div className="brought-by">
        <span>
          <small>{t('enrol.broughtBy')}</small>
          <b>{referrer.name}</b>
        </span>
        <IconButton
          label={t('enrol.broughtByNobody', { name: referrer.name })}
          icon={<X size={18} aria-hidden="true" />}
          onPress={() => onChange(null)}
        />
      </div>
    );
  }
  return (
    <div>
      <TextField
        label={t('enrol.broughtBy')}
        hint={t('enrol.broughtByHint')}
        autoComplete="off"
        value={text}
        maxLength={100}
        onChange={setText}
      />
      {text.trim() !== '' && <Found text={text.trim()} onChoose={onChange} />}
    </div>
  );
}

function Found({ text, onChoose }: { text: string; onChoose: (referrer: Referrer) => void }): ReactNode {
  const { t } = useTranslation('customers');
  const rows = (useFoundCustomers(text).data ?? []).filter(({ status }) => status === 'active').slice(0, 5);
  if (rows.length === 0) return <p className="is-muted">{t('search.none', { text })}</p>;
  return (
    <ul className="merge-found">
      {rows.map(({ customerId, displayName, code, phoneNational, email }) => {
        const name = displayName === '' ? formatCode(code) : displayName;
        return (
          <li key={customerId}>
            <Button onPress={() => onChoose({ customerId, name })}>
              {name}
              <small>{phoneNational ?? email ?? formatCode(code)}</small>
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
