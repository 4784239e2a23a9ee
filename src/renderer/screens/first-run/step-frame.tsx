import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { moveStep, useFirstRun } from './first-run-state.ts';

interface StepFrameProps {
  readonly title: string;
  readonly detail: string;
  readonly children: ReactNode;
  /** Label of the primary button: what it will do. */
  readonly nextLabel: string;
  readonly onNext: () => void;
  readonly isNextDisabled?: boolean;
  readonly isBusy?: boolean;
  /** Steps after the shop is made may be left out. */
  readonly canSkip?: boolean;
  readonly extra?: ReactNode;
}

/** Title, form and buttons of one step; Enter goes on. */
export function StepFrame({
  title,
  detail,
  children,
  nextLabel,
  onNext,
  isNextDisabled = false,
  isBusy = false,
  canSkip = false,
  extra,
}: StepFrameProps): ReactNode {
  const { t } = useTranslation(['first-run', 'common']);
  const heading = useRef<HTMLHeadingElement>(null);
  const { step, isShopMade } = useFirstRun();
  useEffect(() => heading.current?.focus(), []);
  const canGoBack = step === 'shop' || step === 'manager' || (isShopMade && step !== 'scanner');
  return (
    <form
      className="first-run-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isNextDisabled && !isBusy) onNext();
      }}
    >
      <header>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="is-muted">{detail}</p>
      </header>
      <div className="first-run-fields">{children}</div>
      <footer className="first-run-buttons">
        {extra}
        <span className="first-run-space" />
        {canGoBack && !(isShopMade && step === 'manager') && (
          <Button onPress={() => moveStep(-1)}>{t('common:back')}</Button>
        )}
        {canSkip && (
          <Button kind="ghost" onPress={() => moveStep(1)}>
            {t('skip')}
          </Button>
        )}
        <Button kind="primary" type="submit" isDisabled={isNextDisabled} isBusy={isBusy}>
          {nextLabel}
        </Button>
      </footer>
    </form>
  );
}
