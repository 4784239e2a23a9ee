import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Role } from '#shop/staff/permissions.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { classNames } from '../../ui/class-names.ts';

interface Person {
  readonly staffId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

interface StaffTilesProps {
  readonly people: readonly Person[];
  readonly chosen: string | null;
  readonly onChoose: (staffId: string) => void;
}

/**
 * One tile per person who works here; pressing one only chooses whose PIN is asked. A digit typed on a tile is the first of
 * that person's PIN: they are chosen before the digit reaches the PIN field.
 */
export function StaffTiles({ people, chosen, onChoose }: StaffTilesProps): ReactNode {
  const { t } = useTranslation('common');
  return (
    <div className="sign-in-tiles">
      {people.map((person) => (
        <button
          key={person.staffId}
          type="button"
          className={classNames('sign-in-tile', person.staffId === chosen && 'is-chosen')}
          aria-pressed={person.staffId === chosen}
          onClick={() => onChoose(person.staffId)}
          onKeyDown={(event) => {
            if (person.staffId !== chosen && /^\d$/.test(event.key)) flushSync(() => onChoose(person.staffId));
          }}
        >
          <Avatar name={person.name} size={52} />
          <span className="sign-in-tile-words">
            <b>{person.name}</b>
            <small>{person.roles.map((role) => t(`role.${role}`)).join(', ')}</small>
          </span>
        </button>
      ))}
    </div>
  );
}
