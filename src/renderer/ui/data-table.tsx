import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './data-table.css';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
  /** A CSS width such as '120px'; the others share the rest. */
  readonly width?: string;
}

interface DataTableProps<Row> {
  /** Names the table for those who hear it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly rowLabel?: (row: Row) => string;
  /** Rows become pressable, by mouse and by Enter. */
  readonly onOpen?: (row: Row) => void;
  readonly isSelected?: (row: Row) => boolean;
  readonly isDense?: boolean;
}

function moveFocus(row: HTMLTableRowElement, key: string): boolean {
  const rows = [...(row.parentElement?.children ?? [])] as HTMLElement[];
  const at = rows.indexOf(row);
  const goal = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
    PageDown: at + 10,
    PageUp: at - 10,
  }[key];
  if (goal === undefined) return false;
  rows[Math.min(rows.length - 1, Math.max(0, goal))]?.focus();
  return true;
}

/** A plain table; with `onOpen` one tab stop, arrows inside, Enter opens. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowId,
  rowLabel,
  onOpen,
  isSelected,
  isDense = false,
}: DataTableProps<Row>): ReactNode {
  return (
    <table
      className={classNames('ui-table', isDense && 'is-dense', onOpen !== undefined && 'is-open')}
      aria-label={label}
    >
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.id}
              scope="col"
              className={column.isNumber === true ? 'is-number' : undefined}
              style={column.width === undefined ? undefined : { width: column.width }}
            >
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr
            key={rowId(row)}
            aria-label={rowLabel?.(row)}
            aria-selected={isSelected === undefined ? undefined : isSelected(row)}
            tabIndex={onOpen === undefined ? undefined : index === 0 ? 0 : -1}
            onClick={onOpen === undefined ? undefined : () => onOpen(row)}
            onKeyDown={
              onOpen === undefined
                ? undefined
                : (event) => {
                    if (event.target !== event.currentTarget) return;
                    if (event.key === 'Enter') onOpen(row);
                    else if (!moveFocus(event.currentTarget, event.key)) return;
                    event.preventDefault();
                  }
            }
          >
            {columns.map((column) => (
              <td key={column.id} className={column.isNumber === true ? 'is-number' : undefined}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
