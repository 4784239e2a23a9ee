import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../ui/class-names.ts';
import { Lapacho } from '../../ui/lapacho.tsx';
import { STEPS, type Step, useFirstRun } from './first-run-state.ts';
import { ManagerStep } from './manager-step.tsx';
import { PrinterStep } from './printer-step.tsx';
import { ProgrammeStep } from './programme-step.tsx';
import { RegionStep } from './region-step.tsx';
import { ScannerStep } from './scanner-step.tsx';
import { ShopStep } from './shop-step.tsx';
import './first-run.css';

const PANELS: Readonly<Record<Step, () => ReactNode>> = {
  region: RegionStep,
  shop: ShopStep,
  manager: ManagerStep,
  scanner: ScannerStep,
  printer: PrinterStep,
  programme: ProgrammeStep,
};

/** Six short steps from an empty machine to a till; the last three may be skipped. */
export function FirstRunScreen(): ReactNode {
  const { t } = useTranslation('first-run');
  const step = useFirstRun((draft) => draft.step);
  const at = STEPS.indexOf(step);
  const Panel = PANELS[step];
  return (
    <main className="first-run">
      <aside className="first-run-side">
        <Lapacho size={560} isPlain className="first-run-flower" />
        <span className="first-run-name">
          <Lapacho size={36} />
          Regulars
        </span>
        <ol className="first-run-steps" aria-label={t('progress', { at: at + 1, of: STEPS.length })}>
          {STEPS.map((name, index) => (
            <li
              key={name}
              className={classNames(index === at && 'is-current', index < at && 'is-done')}
              aria-current={index === at ? 'step' : undefined}
            >
              <i aria-hidden="true">{index < at ? <Check size={16} strokeWidth={2.5} /> : index + 1}</i>
              {t(`steps.${name}`)}
            </li>
          ))}
        </ol>
      </aside>
      <section className="first-run-panel">
        <Panel key={step} />
      </section>
    </main>
  );
}
