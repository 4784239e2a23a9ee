import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SwitchField } from '../../../ui/choice-field.tsx';
import { Money } from '../../../ui/money-text.tsx';
import { useRefusalText } from '../../../ui/refusal-text.ts';
import type { TillPreview } from '../till-types.ts';
import { setPassUse } from '../value-state.ts';

type PassOnLine = TillPreview['passes'][number];

interface PassSwitchesProps {
  readonly lineId: string;
  readonly preview: TillPreview | null;
}

/** Under a line, the customer's passes that can pay it: what is left, what it pays, and the switch. */
export function PassSwitches({ lineId, preview }: PassSwitchesProps): ReactNode {
  return preview?.passes
    .filter((pass) => pass.lineId === lineId)
    .map((pass) => <PassSwitch key={pass.passId} pass={pass} />);
}

function PassSwitch({ pass }: { pass: PassOnLine }): ReactNode {
  const { t } = useTranslation('value');
  const wordsOf = useRefusalText();
  const { passId, lineId, name, units, unitsPossible, unitsLeft, amountMinor, refusal } = pass;
  const isUsed = units > 0;
  return (
    <li className="order-pass" data-used={isUsed}>
      <SwitchField
        isSelected={isUsed}
        onChange={(isOn) => setPassUse(passId, lineId, isOn ? Math.max(1, unitsPossible) : 0)}
      >
        {refusal === null
          ? t(isUsed ? 'pass.covered' : 'pass.can', { name, count: Math.max(0, unitsLeft - units) })
          : `${name}: ${wordsOf(refusal)}`}
      </SwitchField>
      {isUsed && refusal === null && <Money minor={-amountMinor} />}
    </li>
  );
}
