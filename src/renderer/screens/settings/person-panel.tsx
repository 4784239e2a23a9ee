import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '#shop/staff/permissions.ts';
import { minimumPinDigits } from '#shop/staff/pin.ts';
import { useApiClient } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField, SwitchField } from '../../ui/choice-field.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useRefusalText } from '../../ui/refusal-text.ts';
import { useCommand } from '../../ui/use-command.ts';
import { BadgePart } from './badge-part.tsx';
import { CustomerLinkPart } from './customer-link-part.tsx';
import type { Person } from './staff-page.tsx';
import { useSaving } from './use-save.ts';

const PIN_LONGEST = 6;

/** A person's name, roles and PIN; a new person needs all three, and whoever gets a role with a longer PIN a new one. */
export function PersonPanel({ person, onClose }: { person: Person | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const client = useApiClient();
  const create = useCommand(client.staff.create);
  const update = useCommand(client.staff.update);
  const unlock = useCommand(client.staff.unlock);
  const saving = useSaving();
  const wordsOf = useRefusalText();
  const [name, setName] = useState(person?.name ?? '');
  const [roles, setRoles] = useState<readonly Role[]>(person?.roles ?? ['cashier']);
  const [isActive, setIsActive] = useState(person?.isActive ?? true);
  const [pin, setPin] = useState('');
  const [pinError, setPinError] = useState<string | null>(null);
  const isBusy = create.isRunning || update.isRunning;
  const leastDigits = minimumPinDigits(roles);
  const isPinNeeded = person === null || leastDigits > minimumPinDigits(person.roles);
  const newPinHint = leastDigits === PIN_LONGEST ? 'staff.pinOfApprover' : 'staff.pinNeeded';
  const pinHint = isPinNeeded ? newPinHint : 'staff.pinHint';
  const isComplete =
    name.trim() !== '' && roles.length > 0 && (pin.length >= leastDigits || (pin === '' && !isPinNeeded));

  const store = async (): Promise<void> => {
    const parts = { name: name.trim(), roles: [...roles] };
    const newPin = pin === '' ? {} : { pin };
    const result =
      person === null
        ? await create.run({ ...parts, pin })
        : await update.run({ staffId: person.staffId, ...parts, isActive, ...newPin });
    if (result.kind === 'refused' && result.refusal.reason.startsWith('pin-'))
      return setPinError(wordsOf(result.refusal));
    if (await saving(Promise.resolve(result))) onClose();
  };
  const toggle = (role: Role) => (isOn: boolean) =>
    setRoles(isOn ? [...roles, role] : roles.filter((one) => one !== role));
  return (
    <SidePanel
      title={person?.name ?? t('staff.add')}
      needsAnswer
      onClose={onClose}
      footer={
        <Button kind="primary" isBusy={isBusy} isDisabled={!isComplete} onPress={() => void store()}>
          {person === null ? t('staff.create') : t('common:save')}
        </Button>
      }
    >
      <div className="settings-form">
        <TextField label={t('staff.name')} value={name} onChange={setName} maxLength={80} autoComplete="off" />
        <fieldset className="settings-set">
          <legend className="ui-field-label">{t('staff.roles')}</legend>
          {ROLES.map((role) => (
            <CheckField key={role} isSelected={roles.includes(role)} onChange={toggle(role)}>
              <b className="is-strong">{t(`common:role.${role}`)}</b>
              <br />
              <span className="is-muted is-small">{t(`staff.does.${role}`)}</span>
            </CheckField>
          ))}
        </fieldset>
        <TextField
          label={person === null ? t('staff.pin') : t('staff.newPin')}
          hint={t(pinHint)}
          error={pinError}
          type="password"
          inputMode="numeric"
          autoComplete="new-password"
          value={pin}
          onChange={(text) => {
            setPinError(null);
            setPin(text.replace(/\D/g, '').slice(0, PIN_LONGEST));
          }}
        />
        {person !== null && (
          <SwitchField isSelected={isActive} onChange={setIsActive}>
            {t('staff.active')}
          </SwitchField>
        )}
        {person !== null && <BadgePart person={person} />}
        {person !== null && <CustomerLinkPart person={person} />}
        {person !== null && person.lockedUntilMs !== null && (
          <Button isBusy={unlock.isRunning} onPress={() => void saving(unlock.run({ staffId: person.staffId }))}>
            {t('staff.unlock')}
          </Button>
        )}
      </div>
    </SidePanel>
  );
}
