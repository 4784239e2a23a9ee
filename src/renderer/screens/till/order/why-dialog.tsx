import { Printer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TracedStep } from '#shop/till/sale.ts';
import { Button } from '../../../ui/button.tsx';
import { SidePanel } from '../../../ui/dialog.tsx';
import { PrintSheet } from '../../../ui/print-sheet.tsx';
import { WhySteps } from '../sales/why-steps.tsx';
import { closeOverlay, useTillState } from '../till-state.ts';
import type { TillPreview } from '../till-types.ts';

/** Why these numbers, before the sale is paid: from the price tags to the total, and from the total to the points. */
export function WhyDialog({ preview }: { preview: TillPreview }): ReactNode {
  const { t } = useTranslation('rewards');
  const [isPrinting, setIsPrinting] = useState(false);
  return (
    <SidePanel
      title={t('why.title')}
      size="medium"
      onClose={closeOverlay}
      footer={
        <Button icon={<Printer size={18} aria-hidden="true" />} onPress={() => setIsPrinting(true)}>
          {t('why.print')}
        </Button>
      }
    >
      <Derivation preview={preview} />
      {isPrinting && (
        <PrintSheet onDone={() => setIsPrinting(false)}>
          <h1>{t('why.title')}</h1>
          <Derivation preview={preview} />
        </PrintSheet>
      )}
    </SidePanel>
  );
}

function Derivation({ preview }: { preview: TillPreview }): ReactNode {
  const { t } = useTranslation('rewards');
  const lines = useTillState((state) => state.draft.lines);
  const names = new Map(lines.map((line) => [line.lineId, line.name]));
  const hasCustomer = preview.points !== null;
  return (
    <>
      <Part title={t('why.money')} trace={preview.priced.trace} names={names} />
      {preview.programmes
        .filter((programme) => programme.trace.length > 0)
        .map((programme) => (
          <Part
            key={programme.programId}
            title={t(hasCustomer ? 'why.points' : 'why.pointsIf', { name: programme.name })}
            trace={programme.trace}
            names={namesWith(names, programme)}
          />
        ))}
    </>
  );
}

function Part({
  title,
  trace,
  names,
}: {
  title: string;
  trace: readonly TracedStep[];
  names: ReadonlyMap<string, string>;
}): ReactNode {
  return (
    <section className="why-part">
      <h3>{title}</h3>
      <WhySteps trace={trace} names={names} />
    </section>
  );
}

/** Rules, tiers and promotions by their names, as the parts of the points have them. */
function namesWith(
  names: ReadonlyMap<string, string>,
  { parts }: TillPreview['programmes'][number],
): ReadonlyMap<string, string> {
  return new Map([...names, ...parts.map((part) => [part.ruleId, part.name] as const)]);
}
