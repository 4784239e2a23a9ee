import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../ui/api-context.ts';
import { NumberField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckField } from '../../ui/choice-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { useFormat } from '../../ui/format.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Catalogue, Category, TaxRate } from './catalogue-types.ts';
import { useSaving } from './use-save.ts';

const COLORS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
type Color = (typeof COLORS)[number];

function CategoryDialog({ category, onClose }: { category: Category | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const client = useApiClient();
  const save = useCommand(client.catalogue.saveCategory);
  const archive = useCommand(client.catalogue.archiveCategory);
  const saving = useSaving();
  const [name, setName] = useState(category?.name ?? '');
  const [color, setColor] = useState<Color>(COLORS.find((one) => one === category?.color) ?? 'a');
  const identity = category === null ? {} : { categoryId: category.categoryId, version: category.version };
  const store = async (): Promise<void> => {
    if (await saving(save.run({ ...identity, name: name.trim(), color }))) onClose();
  };
  const remove = async (): Promise<void> => {
    if (category !== null && (await saving(archive.run({ categoryId: category.categoryId })))) onClose();
  };
  return (
    <Dialog
      title={category?.name ?? t('catalogue.addCategory')}
      onClose={onClose}
      footer={
        <>
          {category !== null && (
            <Button kind="ghost" isBusy={archive.isRunning} onPress={() => void remove()}>
              {t('catalogue.archive')}
            </Button>
          )}
          <Button kind="primary" isBusy={save.isRunning} isDisabled={name.trim() === ''} onPress={() => void store()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <div className="settings-form">
        <TextField label={t('catalogue.categoryName')} value={name} onChange={setName} maxLength={60} autoFocus />
        <Segmented
          label={t('catalogue.color')}
          isWide
          segments={COLORS.map((id) => ({
            id,
            label: <span className={`settings-swatch is-${id}`} role="img" aria-label={t(`catalogue.colors.${id}`)} />,
          }))}
          value={color}
          onChange={setColor}
        />
      </div>
    </Dialog>
  );
}

/** Categories in the order of the till's pills. */
export function CategoriesCard({ catalogue, mayEdit }: { catalogue: Catalogue; mayEdit: boolean }): ReactNode {
  const { t } = useTranslation('settings');
  const [edited, setEdited] = useState<Category | 'new' | null>(null);
  return (
    <Card>
      {catalogue.categories.length === 0 && <EmptyState tone="neutral" title={t('catalogue.noCategories')} />}
      <ul className="settings-rows">
        {catalogue.categories.map((category) => (
          <li key={category.categoryId}>
            <button type="button" className="settings-row" disabled={!mayEdit} onClick={() => setEdited(category)}>
              <span className={`settings-swatch is-${category.color}`} aria-hidden="true" />
              <span className="settings-row-words">
                <b>{category.name}</b>
              </span>
              <span className="is-muted">
                {t('catalogue.count', {
                  count: catalogue.products.filter((product) => product.categoryId === category.categoryId).length,
                })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <div className="settings-add">
          <Button icon={<Plus />} onPress={() => setEdited('new')}>
            {t('catalogue.addCategory')}
          </Button>
        </div>
      )}
      {edited !== null && (
        <CategoryDialog category={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </Card>
  );
}

function TaxDialog({ rate, onClose }: { rate: TaxRate | null; onClose: () => void }): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const save = useCommand(useApiClient().catalogue.saveTaxRate);
  const saving = useSaving();
  const [name, setName] = useState(rate?.name ?? '');
  const [rateBasisPoints, setRate] = useState<number | null>(rate?.rateBasisPoints ?? null);
  const [isDefault, setIsDefault] = useState(rate?.isDefault ?? false);
  const identity = rate === null ? {} : { taxRateId: rate.taxRateId, version: rate.version };
  const store = async (): Promise<void> => {
    if (
      rateBasisPoints !== null &&
      (await saving(save.run({ ...identity, name: name.trim(), rateBasisPoints, isDefault })))
    )
      onClose();
  };
  return (
    <Dialog
      title={rate?.name ?? t('catalogue.addTax')}
      onClose={onClose}
      footer={
        <Button
          kind="primary"
          isBusy={save.isRunning}
          isDisabled={name.trim() === '' || rateBasisPoints === null}
          onPress={() => void store()}
        >
          {t('common:save')}
        </Button>
      }
    >
      <div className="settings-form">
        <TextField label={t('catalogue.taxName')} value={name} onChange={setName} maxLength={60} autoFocus />
        <NumberField label={t('catalogue.rate')} digits={2} suffix="%" value={rateBasisPoints} onChange={setRate} />
        <CheckField isSelected={isDefault} onChange={setIsDefault}>
          {t('catalogue.defaultTax')}
        </CheckField>
      </div>
    </Dialog>
  );
}

/** Tax rates; new products take the default one. */
export function TaxesCard({ catalogue, mayEdit }: { catalogue: Catalogue; mayEdit: boolean }): ReactNode {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const [edited, setEdited] = useState<TaxRate | 'new' | null>(null);
  return (
    <Card>
      <ul className="settings-rows">
        {catalogue.taxRates.map((rate) => (
          <li key={rate.taxRateId}>
            <button type="button" className="settings-row" disabled={!mayEdit} onClick={() => setEdited(rate)}>
              <span className="settings-row-words">
                <b>{rate.name}</b>
              </span>
              {rate.isDefault && <Tag tone="accent">{t('catalogue.isDefault')}</Tag>}
              <b>{format.percent(rate.rateBasisPoints)}</b>
            </button>
          </li>
        ))}
      </ul>
      {mayEdit && (
        <div className="settings-add">
          <Button icon={<Plus />} onPress={() => setEdited('new')}>
            {t('catalogue.addTax')}
          </Button>
        </div>
      )}
      {edited !== null && <TaxDialog rate={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}
