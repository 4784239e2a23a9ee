import { Ticket } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerScreenState, ScreenCustomer, ScreenSale } from '#shop/customer-screen/screen-state.ts';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money-text.tsx';
import { Quantity } from '../../ui/quantity-text.tsx';
import { BigPoints, Hero, usePointsWords } from './hero.tsx';
import { rewardProgress } from './reward-progress.ts';
import type { ScreenCalls } from './screen-calls.ts';
import { Total } from './total.tsx';
import { VoucherChoices } from './voucher-choices.tsx';

interface SaleProps {
  readonly state: CustomerScreenState & ScreenSale;
  readonly calls: ScreenCalls;
  readonly scanButton: ReactNode;
}

function NextReward({ customer }: { customer: ScreenCustomer }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const format = useFormat();
  const { nextReward, earnsPoints } = customer;
  if (nextReward === null) return null;
  const { hadBasisPoints, addedBasisPoints } = rewardProgress(nextReward, earnsPoints);
  const isReached = nextReward.missingPoints === 0;
  return (
    <div className="customer-reward">
      <p>
        <b>{nextReward.name}</b>
        <span>
          {isReached ? t('sale.reached') : t('sale.missing', { points: format.points(nextReward.missingPoints) })}
        </span>
      </p>
      <div className="customer-bar" aria-hidden="true">
        <i style={{ width: `${hadBasisPoints / 100}%` }} />
        <i style={{ width: `${addedBasisPoints / 100}%` }} />
      </div>
    </div>
  );
}

/** What is said to the customer: their name and points, or what a card would bring. */
function Greeting({ state }: { state: SaleProps['state'] }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const { counted } = usePointsWords(state.pointName);
  const { customer, wouldEarnPoints, pointName } = state;
  if (customer === null)
    return (
      <>
        <h1>{t('sale.helloNobody')}</h1>
        {wouldEarnPoints !== null && wouldEarnPoints > 0 && (
          <>
            <p className="customer-quiet">{t('sale.wouldEarn')}</p>
            <BigPoints points={wouldEarnPoints} pointName={pointName} />
          </>
        )}
      </>
    );
  const { firstName, earnsPoints, balancePoints, creditMinor } = customer;
  return (
    <>
      <h1>{firstName === '' ? t('sale.helloNobody') : t('sale.hello', { name: firstName })}</h1>
      {earnsPoints > 0 && (
        <>
          <p className="customer-quiet">{t('sale.earns')}</p>
          <BigPoints points={earnsPoints} pointName={pointName} />
        </>
      )}
      <p className="customer-quiet customer-has">
        {(pointName !== '' || balancePoints > 0 || earnsPoints > 0) && (
          <span>{t('sale.balance', { points: counted(balancePoints) })}</span>
        )}
        {creditMinor !== null && creditMinor > 0 && (
          <span>
            {t('sale.credit')} <Money minor={creditMinor} />
          </span>
        )}
      </p>
    </>
  );
}

function Lines({ state }: { state: SaleProps['state'] }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const list = useRef<HTMLUListElement>(null);
  const { lines, reductions, addedTaxMinor } = state;
  // Two discounts may have one name.
  const reduced = reductions.map((reduction, position) => ({ ...reduction, key: `${reduction.kind} ${position}` }));
  const lastChange = lines.map((line) => `${line.id}${line.quantityThousandths}`).join();
  useEffect(() => {
    // What was rung up last is what the customer looks for.
    if (lastChange !== '') list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lastChange]);
  if (lines.length === 0 && reductions.length === 0) return <p className="customer-none">{t('sale.nothingYet')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list longer than the screen is scrolled by the keyboard too
    <ul ref={list} className="customer-lines" tabIndex={0} aria-label={t('sale.yours')}>
      {lines.map((line) => (
        <li key={line.id}>
          <span className="customer-count">
            <Quantity thousandths={line.quantityThousandths} /> ×
          </span>
          <span>{line.name}</span>
          <Money minor={line.amountMinor} className="customer-amount" />
        </li>
      ))}
      {reduced.map(({ key, kind, name, amountMinor }) => (
        <li key={key} className="is-reduction">
          <span />
          <span>{name === '' ? t(`sale.reduction.${kind}`) : name}</span>
          <Money minor={-amountMinor} className="customer-amount" />
        </li>
      ))}
      {addedTaxMinor > 0 && (
        <li>
          <span />
          <span>{t('sale.tax')}</span>
          <Money minor={addedTaxMinor} className="customer-amount" />
        </li>
      )}
    </ul>
  );
}

function AppliedTag({ state }: { state: SaleProps['state'] }): ReactNode {
  const { t } = useTranslation('customer-screen');
  const [first, ...more] = state.vouchers.filter((voucher) => voucher.state === 'applied');
  if (first === undefined) return null;
  return (
    <span className="customer-applied">
      <Ticket aria-hidden="true" strokeWidth={1.75} />
      <span className="is-hidden-visually">{t('vouchers.applied')}</span>
      {more.length === 0 ? first.name : t('vouchers.appliedMore', { name: first.name, count: more.length })}
    </span>
  );
}

/** The sale as it is rung up: the customer's side and the bill. */
export function SaleMoment({ state, calls, scanButton }: SaleProps): ReactNode {
  const { t } = useTranslation('customer-screen');
  return (
    <div className="customer-halves">
      <Hero
        shopName={state.shopName}
        foot={
          <>
            {scanButton}
            {state.customer !== null && <NextReward customer={state.customer} />}
          </>
        }
      >
        <Greeting state={state} />
      </Hero>
      <section className="customer-bill" aria-label={t('sale.yours')}>
        <header>
          <h2>{t('sale.yours')}</h2>
          <AppliedTag state={state} />
        </header>
        <Lines state={state} />
        <VoucherChoices vouchers={state.vouchers} calls={calls} />
        <Total label={t('sale.total')} minor={state.totalMinor} />
      </section>
    </div>
  );
}
