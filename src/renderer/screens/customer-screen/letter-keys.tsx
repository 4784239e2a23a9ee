import { Delete } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { useTranslation } from 'react-i18next';

const ROWS = ['1234567890', 'QWERTYUIOP', 'ASDFGHJKL', 'ZXCVBNM-'] as const;

interface LetterKeysProps {
  readonly onKey: (key: string) => void;
  readonly onDelete: () => void;
}

/** Keys for a code, for a screen without a keyboard of its own. */
export function LetterKeys({ onKey, onDelete }: LetterKeysProps): ReactNode {
  const { t } = useTranslation('customer-screen');
  return (
    <Group className="customer-keys" aria-label={t('scan.keys')}>
      {ROWS.map((row, index) => (
        <div key={row}>
          {[...row].map((letter) => (
            <Button key={letter} className="customer-key" onPress={() => onKey(letter)}>
              {letter}
            </Button>
          ))}
          {index === ROWS.length - 1 && (
            <Button className="customer-key" aria-label={t('scan.delete')} onPress={onDelete}>
              <Delete aria-hidden="true" strokeWidth={1.75} />
            </Button>
          )}
        </div>
      ))}
    </Group>
  );
}
