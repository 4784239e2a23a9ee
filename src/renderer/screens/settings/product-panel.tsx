import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiClient } from '../../ui/api-context.ts';
import { MoneyField } from '../../ui/amount-field.tsx';
import { Button } from '../../ui/button.tsx';
import { SelectField, SwitchField } from '../../ui/choice-field.tsx';
import { SidePanel } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { showUndo } from '../../ui/toast.tsx';
import { useCommand } from '../../ui/use-command.ts';
import type { Catalogue, Product } from './catalogue-types.ts';
import { IconChoice } from './icon-choice.tsx';
import { isSellable, type Sells, SellsFields } from './sells-fields.tsx';
import { useSaving } from './use-save.ts';

const NO_CATEGORY = 'none';
/** As many tags, and as long, as a product may have. */
const MOST_TAGS = 10;
const MOST_TAG_CHARACTERS = 40;

interface Draft extends Sells {
  readonly name: string;
  readonly sku: string;
  readonly barcodes: string;
  /** As they are typed, with commas between them. */
  readonly tags: string;
  readonly categoryId: string;
  readonly priceMinor: number | null;
  readonly taxRateId: string;
  readonly icon: string;
  readonly soldByWeight: boolean;
}

function draftOf(product: Product | null, catalogue: Catalogue, barcode: string): Draft {
  const usualTax = catalogue.taxRates.find((rate) => rate.isDefault) ?? catalogue.taxRates[0];
  return {
    name: product?.name ?? '',
    sku: product?.sku ?? '',
    barcodes: product?.barcodes.join('\n') ?? barcode,
    tags: product?.tags.join(', ') ?? '',
    categoryId: product?.categoryId ?? NO_CATEGORY,
    priceMinor: product?.priceMinor ?? null,
    taxRateId: product?.taxRateId ?? usualTax?.taxRateId ?? '',
    icon: product?.icon ?? 'shopping-bag',
    soldByWeight: product?.soldByWeight ?? false,
    isStoredValue: product?.isStoredValue ?? false,
    sells: product?.sells ?? null,
    sellsPlanId: product?.sellsPlanId ?? null,
  };
}

function tagsIn(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

function areTagsFine(text: string): boolean {
  const tags = tagsIn(text);
  return tags.length <= MOST_TAGS && tags.every((tag) => tag.length <= MOST_TAG_CHARACTERS);
}

interface ProductPanelProps {
  readonly product: Product | null;
  /** A code that was scanned and is not known yet, for a new product. */
  readonly barcode: string;
  readonly catalogue: Catalogue;
  readonly mayEdit: boolean;
  readonly onClose: () => void;
}

function useStoreProduct(product: Product | null, onDone: () => void) {
  const { t } = useTranslation(['settings', 'common']);
  const api = useApi();
  const queries = useQueryClient();
  const client = useApiClient();
  const save = useCommand(client.catalogue.saveProduct);
  const archive = useCommand(client.catalogue.archiveProduct);
  const saving = useSaving();
  const store = async (draft: Draft): Promise<void> => {
    if (draft.priceMinor === null) return;
    const input = {
      ...(product === null ? {} : { productId: product.productId, version: product.version }),
      name: draft.name.trim(),
      sku: draft.sku.trim() === '' ? null : draft.sku.trim(),
      barcodes: draft.barcodes.split(/[\s,;]+/).filter((code) => code !== ''),
      tags: tagsIn(draft.tags),
      categoryId: draft.categoryId === NO_CATEGORY ? null : draft.categoryId,
      priceMinor: draft.priceMinor,
      taxRateId: draft.taxRateId,
      icon: draft.icon,
      soldByWeight: draft.soldByWeight,
      isStoredValue: draft.isStoredValue,
      sells: draft.sells,
      sellsPlanId: draft.sellsPlanId,
    };
    if (!(await saving(save.run(input)))) return;
    // Opened again at once, it shows what was saved.
    await queries.invalidateQueries({ queryKey: api.catalogue.list.queryKey() });
    onDone();
  };
  const setActive = async (isActive: boolean): Promise<void> => {
    if (product === null) return;
    const { productId } = product;
    const result = await archive.run({ productId, isActive });
    if (result.kind !== 'done') return void saving(Promise.resolve(result));
    onDone();
    if (!isActive)
      showUndo({
        title: t('catalogue.wasArchived', { name: product.name }),
        undoLabel: t('common:undo'),
        onUndo: () => void archive.run({ productId, isActive: true }),
      });
  };
  return { store, setActive, isBusy: save.isRunning || archive.isRunning };
}

/** A product with its price, tax, category, barcodes and icon. A barcode can be scanned into its field. */
export function ProductPanel({ product, barcode, catalogue, mayEdit, onClose }: ProductPanelProps): ReactNode {
  const { t } = useTranslation(['settings', 'common']);
  const [draft, setDraft] = useState(() => draftOf(product, catalogue, barcode));
  const { store, setActive, isBusy } = useStoreProduct(product, onClose);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const isComplete =
    draft.name.trim() !== '' &&
    draft.priceMinor !== null &&
    draft.taxRateId !== '' &&
    isSellable(draft) &&
    areTagsFine(draft.tags);
  const footer = mayEdit && (
    <>
      {product !== null && (
        <Button kind="ghost" onPress={() => void setActive(!product.isActive)}>
          {product.isActive ? t('catalogue.archive') : t('catalogue.restore')}
        </Button>
      )}
      <Button kind="primary" isBusy={isBusy} isDisabled={!isComplete} onPress={() => void store(draft)}>
        {product === null ? t('catalogue.create') : t('common:save')}
      </Button>
    </>
  );
  return (
    <SidePanel title={product?.name ?? t('catalogue.add')} needsAnswer onClose={onClose} footer={footer}>
      <fieldset className="settings-form" disabled={!mayEdit}>
        <TextField
          label={t('catalogue.name')}
          value={draft.name}
          maxLength={120}
          isDisabled={!mayEdit}
          onChange={(name) => change({ name })}
        />
        <div className="settings-pair">
          <MoneyField
            label={t('catalogue.price')}
            minor={draft.priceMinor}
            isDisabled={!mayEdit}
            onChange={(priceMinor) => change({ priceMinor })}
          />
          <SelectField
            label={t('catalogue.tax')}
            isDisabled={!mayEdit}
            choices={catalogue.taxRates.map((rate) => ({ id: rate.taxRateId, label: rate.name }))}
            value={draft.taxRateId}
            onChange={(taxRateId) => change({ taxRateId })}
          />
        </div>
        <SelectField
          label={t('catalogue.category')}
          isDisabled={!mayEdit}
          choices={[
            { id: NO_CATEGORY, label: t('catalogue.noCategory') },
            ...catalogue.categories.map((category) => ({ id: category.categoryId, label: category.name })),
          ]}
          value={draft.categoryId}
          onChange={(categoryId) => change({ categoryId })}
        />
        <TextField
          label={t('catalogue.tags')}
          hint={t('catalogue.tagsHint')}
          isDisabled={!mayEdit}
          value={draft.tags}
          onChange={(tags) => change({ tags })}
        />
        <TextField
          label={t('catalogue.barcodes')}
          hint={t('catalogue.barcodesHint')}
          isMultiline
          isDisabled={!mayEdit}
          value={draft.barcodes}
          onChange={(barcodes) => change({ barcodes })}
        />
        <TextField
          label={t('catalogue.sku')}
          value={draft.sku}
          maxLength={64}
          isDisabled={!mayEdit}
          onChange={(sku) => change({ sku })}
        />
        <IconChoice value={draft.icon} isDisabled={!mayEdit} onChange={(icon) => change({ icon })} />
        <SwitchField
          isSelected={draft.soldByWeight}
          isDisabled={!mayEdit}
          onChange={(soldByWeight) => change({ soldByWeight })}
        >
          {t('catalogue.byWeight')}
        </SwitchField>
        <SellsFields
          isStoredValue={draft.isStoredValue}
          sells={draft.sells}
          sellsPlanId={draft.sellsPlanId}
          isDisabled={!mayEdit}
          onChange={change}
        />
      </fieldset>
    </SidePanel>
  );
}
