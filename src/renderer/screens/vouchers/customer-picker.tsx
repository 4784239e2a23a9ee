import { Search, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCode } from '#shop/ids/code.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFoundCustomers } from './vouchers-data.ts';

export interface PickedCustomer {
  readonly customerId: string;
  readonly displayName: string;
}

interface CustomerPickerProps {
  readonly picked: PickedCustomer | null;
  readonly autoFocus?: boolean;
  readonly onPick: (customer: PickedCustomer | null) => void;
}

/** Finds a customer by name, phone or code; who was found stands in place of the field. */
export function CustomerPicker({ picked, autoFocus = false, onPick }: CustomerPickerProps): ReactNode {
  const { t } = useTranslation('vouchers');
  const [text, setText] = useState('');
  const found = useFoundCustomers(text);
  const options = text.trim() === '' ? [] : (found.data ?? []);
  if (picked !== null)
    return (
      <div className="vouchers-picked">
        <Avatar name={picked.displayName} />
        <b>{picked.displayName}</b>
        <Button kind="ghost" icon={<X size={18} strokeWidth={1.75} aria-hidden="true" />} onPress={() => onPick(null)}>
          {t('customer.other')}
        </Button>
      </div>
    );
  return (
    <div className="vouchers-find">
      <TextField
        label={t('customer.label')}
        type="search"
        placeholder={t('customer.placeholder')}
        prefix={<Search size={18} strokeWidth={1.75} aria-hidden="true" />}
        value={text}
        autoFocus={autoFocus}
        onChange={setText}
        onKeyDown={(event) => {
          const [first] = options;
          if (event.key !== 'Enter' || first === undefined) return;
          event.preventDefault();
          onPick(first);
        }}
      />
      {options.length > 0 && (
        <ul aria-label={t('customer.found')}>
          {options.map((option) => (
            <li key={option.customerId}>
              <button type="button" onClick={() => onPick(option)}>
                <Avatar name={option.displayName} />
                <span>
                  <b>{option.displayName}</b>
                  <small>{option.phoneNational ?? formatCode(option.code)}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {text.trim() !== '' && found.isSuccess && options.length === 0 && !found.isFetching && (
        <p className="is-muted is-small" role="status">
          {t('customer.none')}
        </p>
      )}
    </div>
  );
}
