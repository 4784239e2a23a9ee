import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../ui/api-context.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useCreditWords } from '../../ui/credit-words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { shopNowMs } from '../../ui/shop-clock.ts';
import { useMay, useShop } from '../../ui/shop-context.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tag } from '../../ui/tag.tsx';
import { PageFrame } from './page-frame.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { type PassPlan, usePassPlans } from './plan-types.ts';
import { TillAllowance } from './till-allowance.tsx';
import { useSaveSettings } from './use-save.ts';

/** Credit and passes: what credit is called, what passes are made of, what a till may give out, and what the shop owes. */
export function ValuePage(): ReactNode {
  const { t } = useTranslation('settings');
  const mayEdit = useMay('passes.edit');
  const mayName = useMay('settings.shop');
  const maySeeFigures = useMay('analytics.all');
  return (
    <PageFrame title={t('pages.value')} detail={mayEdit ? t('value.detail') : t('onlyManager')}>
      {mayName && <CreditName />}
      <Plans mayEdit={mayEdit} />
      {mayName && <TillAllowance />}
      {maySeeFigures && <CreditFigures />}
    </PageFrame>
  );
}

function CreditName(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const { creditName } = useShop();
  const [one, setOne] = useState(creditName?.one ?? '');
  const [many, setMany] = useState(creditName?.many ?? '');
  const { save, isRunning } = useSaveSettings();
  const words = { one: one.trim(), many: many.trim() };
  const isEmpty = words.one === '' && words.many === '';
  const isHalf = !isEmpty && (words.one === '' || words.many === '');
  const isSame = words.one === (creditName?.one ?? '') && words.many === (creditName?.many ?? '');
  return (
    <Card title={t('value.name')} className="settings-card">
      <p className="is-muted">{t('value.nameDetail')}</p>
      <div className="settings-pair">
        <TextField
          label={t('value.one')}
          placeholder={t('value.oneExample')}
          maxLength={24}
          value={one}
          onChange={setOne}
        />
        <TextField
          label={t('value.many')}
          placeholder={t('value.manyExample')}
          maxLength={24}
          value={many}
          onChange={setMany}
        />
      </div>
      <div className="settings-buttons">
        <Button
          kind="primary"
          isBusy={isRunning}
          isDisabled={isHalf || isSame}
          onPress={() => void save({ creditName: isEmpty ? null : words })}
        >
          {t('common:save')}
        </Button>
      </div>
    </Card>
  );
}

const SHOWN = ['sold', 'granted', 'adjusted', 'spent', 'refunded', 'expired'] as const;

/** What the shop owes on customers' credit and gift cards, and what moved this month. */
function CreditFigures(): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const format = useFormat();
  const words = useCreditWords();
  const today = format.dateKey(shopNowMs());
  const figures = useQuery(
    useApi().credit.figures.queryOptions({ fromDate: `${today.slice(0, 7)}-01`, toDate: today }),
  );
  if (figures.isError) {
    return (
      <Card title={t('value.figures')}>
        <EmptyState
          tone="danger"
          title={t('common:error.load')}
          action={<Button onPress={() => void figures.refetch()}>{t('common:retry')}</Button>}
        />
      </Card>
    );
  }
  if (figures.data === undefined) return <Skeleton rows={2} shape="card" />;
  const { owed, moved, usageBasisPoints } = figures.data;
  const of = (kind: 'credit' | 'gift-card') => owed.find((one) => one.kind === kind);
  return (
    <Card title={t('value.figures')} className="settings-card">
      <dl className="settings-facts">
        {(['credit', 'gift-card'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`value.owed.${kind}`, { count: of(kind)?.accounts ?? 0 })}</dt>
            <dd>{words.amount(of(kind)?.balanceMinor ?? 0)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('value.usage')}</dt>
          <dd>{usageBasisPoints === null ? '–' : format.percent(usageBasisPoints)}</dd>
        </div>
        {SHOWN.map((account) => (
          <div key={account}>
            <dt>{t(`value.moved.${account}`)}</dt>
            <dd>{words.amount(moved[account], { sign: 'always' })}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Plans({ mayEdit }: { mayEdit: boolean }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const plans = usePassPlans();
  const [edited, setEdited] = useState<PassPlan | 'new' | null>(null);
  return (
    <Card
      title={t('value.plans')}
      actions={
        mayEdit && (
          <Button icon={<Plus />} onPress={() => setEdited('new')}>
            {t('value.addPlan')}
          </Button>
        )
      }
    >
      {plans.isPending && <Skeleton rows={2} />}
      {plans.isError && (
        <EmptyState
          tone="danger"
          title={t('common:error.load')}
          action={<Button onPress={() => void plans.refetch()}>{t('common:retry')}</Button>}
        />
      )}
      {plans.data?.length === 0 && (
        <EmptyState tone="neutral" title={t('value.noPlans')} detail={t('value.noPlansDetail')} />
      )}
      <ul className="settings-rows">
        {(plans.data ?? []).map((plan) => (
          <li key={plan.planId}>
            <button type="button" className="settings-row" onClick={() => setEdited(plan)}>
              <span className="settings-row-words">
                <b className="is-cut">{plan.name}</b>
                <span className="is-faint is-small is-cut">
                  {[
                    t(`value.kind.${plan.kind}`),
                    t('value.units', { count: plan.terms.units }),
                    plan.terms.days === null ? t('value.noEnd') : t('value.days', { count: plan.terms.days }),
                  ].join(' · ')}
                </span>
              </span>
              {!plan.isActive && <Tag>{t('value.inactive')}</Tag>}
            </button>
          </li>
        ))}
      </ul>
      {edited !== null && (
        <PlanPanel plan={edited === 'new' ? null : edited} mayEdit={mayEdit} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}
