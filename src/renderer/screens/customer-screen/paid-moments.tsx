import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerScreenState, ScreenPaid, ScreenPaying } from '#shop/customer-screen/screen-state.ts';
import { classNames } from '../../ui/class-names.ts';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { amountSize } from './amount-size.ts';
import { BigPoints, Hero, usePointsWords } from './hero.tsx';
import { QuestionPanel } from './question-panel.tsx';
import type { ScreenCalls } from './screen-calls.ts';
import { Total } from './total.tsx';

/** The till takes the money: the amount, and nothing to press. */
export function PayingMoment({ state }: { state: CustomerScreenState & ScreenPaying }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const format = useFormat();
  const { firstName, totalMinor, shopName } = state;
  return (
    <div className="customer-whole">
      <Hero shopName={shopName}>
        <h1>
          {firstName === null || firstName === '' ? t('paying.title') : t('paying.titleNamed', { name: firstName })}
        </h1>
        <p className={classNames('customer-to-pay', amountSize(format.money(totalMinor)))}>
          <Money minor={totalMinor} />
        </p>
      </Hero>
    </div>
  );
}

/** Paid: thanks, what was earned, the change, and the one question where the shop asks it. */
export function PaidMoment({
  state,
  calls,
}: {
  state: CustomerScreenState & ScreenPaid;
  calls: ScreenCalls;
}): ReactNode {
  const { t } = useTranslation('customer-screen');
  const { counted } = usePointsWords(state.pointName);
  const { firstName, earnedPoints, balancePoints, changeMinor, totalMinor, question, isAnswered } = state;
  return (
    <div className="customer-halves">
      <Hero shopName={state.shopName}>
        <h1>
          {firstName === null || firstName === '' ? t('paid.thanks') : t('paid.thanksNamed', { name: firstName })}
        </h1>
        {earnedPoints !== null && earnedPoints > 0 && (
          <>
            <p className="customer-quiet">{t('paid.earned')}</p>
            <BigPoints points={earnedPoints} pointName={state.pointName} />
          </>
        )}
        {balancePoints !== null && (
          <p className="customer-quiet">{t('paid.balance', { points: counted(balancePoints) })}</p>
        )}
      </Hero>
      <section className="customer-bill is-paid" aria-label={t('paid.paid')}>
        <div className="customer-ask">
          {question !== null && <QuestionPanel key={question.answerId} answerId={question.answerId} calls={calls} />}
          {isAnswered && (
            <p className="customer-thanks" role="status">
              {t('question.thanks')}
            </p>
          )}
        </div>
        <Total label={t('paid.paid')} minor={totalMinor} isLesser={changeMinor !== null} />
        {changeMinor !== null && <Total label={t('paid.change')} minor={changeMinor} />}
      </section>
    </div>
  );
}
