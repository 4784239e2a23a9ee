import { ChartColumn, Copy, Download, Ellipsis, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuButton } from './menu.tsx';
import { showToast } from './toast.tsx';
import { type PlainTable, toCsv, toTabText } from './table-text.ts';

/** Hands a text to the person as a file. */
function saveText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

interface TableActions {
  readonly copy: () => void;
  readonly save: () => void;
}

/** Copy and CSV of a table, with what happened said in a toast. */
export function useTableActions(name: string, fileName: string, readTable: () => PlainTable): TableActions {
  const { t } = useTranslation('analytics');
  return {
    copy: () => {
      navigator.clipboard.writeText(toTabText(readTable())).then(
        () => showToast({ tone: 'success', title: t('panel.copied', { panel: name }) }),
        () => showToast({ tone: 'warning', title: t('panel.copyFailed') }),
      );
    },
    save: () => {
      saveText(fileName, toCsv(readTable()));
      showToast({ tone: 'success', title: t('panel.saved', { file: fileName }) });
    },
  };
}

interface PanelMenuProps {
  readonly name: string;
  readonly fileName: string;
  readonly isTable: boolean;
  /** Left out where the panel is a table by nature. */
  readonly onShowTable?: (isTable: boolean) => void;
  readonly readTable: () => PlainTable;
}

/** The menu every panel has: show as table, copy, CSV. */
export function PanelMenu({ name, fileName, isTable, onShowTable, readTable }: PanelMenuProps): ReactNode {
  const { t } = useTranslation('analytics');
  const actions = useTableActions(name, fileName, readTable);
  const show =
    onShowTable === undefined
      ? []
      : [
          {
            id: 'show',
            label: t(isTable ? 'panel.chart' : 'panel.table'),
            icon: isTable ? <ChartColumn size={18} aria-hidden="true" /> : <Table2 size={18} aria-hidden="true" />,
            onAction: () => onShowTable(!isTable),
          },
        ];
  return (
    <MenuButton
      label={t('panel.menu', { panel: name })}
      className="ui-icon-button"
      entries={[
        ...show,
        { id: 'copy', label: t('panel.copy'), icon: <Copy size={18} aria-hidden="true" />, onAction: actions.copy },
        { id: 'csv', label: t('panel.csv'), icon: <Download size={18} aria-hidden="true" />, onAction: actions.save },
      ]}
    >
      <Ellipsis size={20} strokeWidth={1.75} aria-hidden="true" />
    </MenuButton>
  );
}
