import type { ReactNode } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { useTranslation } from 'react-i18next';
import { PRODUCT_ICON_NAMES, ProductIcon } from '../../ui/product-icon.tsx';

/** The icon on a product's tile: a grid with one tab stop and arrows inside. */
export function IconChoice({
  value,
  onChange,
  isDisabled,
}: {
  value: string;
  onChange: (name: string) => void;
  isDisabled: boolean;
}): ReactNode {
  const { t } = useTranslation('settings');
  return (
    <div className="settings-set">
      <span className="ui-field-label">{t('catalogue.icon')}</span>
      <ListBox
        aria-label={t('catalogue.icon')}
        layout="grid"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        disabledKeys={isDisabled ? PRODUCT_ICON_NAMES : []}
        className="settings-icons"
        onSelectionChange={(keys) => {
          const [name] = keys;
          if (name !== undefined) onChange(String(name));
        }}
      >
        {PRODUCT_ICON_NAMES.map((name) => (
          <ListBoxItem
            key={name}
            id={name}
            textValue={t(`catalogue.icons.${name}`)}
            aria-label={t(`catalogue.icons.${name}`)}
            className="settings-icon"
          >
            <ProductIcon name={name} />
          </ListBoxItem>
        ))}
      </ListBox>
    </div>
  );
}
