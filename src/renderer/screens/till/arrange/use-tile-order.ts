import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiClient } from '../../../ui/api-context.ts';
import { useReport } from '../../../ui/refusal-text.ts';
import { showUndo } from '../../../ui/toast.tsx';
import { useCommand } from '../../../ui/use-command.ts';
import type { Catalogue } from '../till-types.ts';

export interface TileOrder {
  /** The favourites as they stand on this screen; what is not on sale any more is left out. */
  readonly order: readonly string[];
  /** Saves a new order at once; `what` words the undo toast, nothing is offered without it. */
  readonly change: (next: readonly string[], what?: string) => void;
}

/** The order of the favourites: shown at once, saved behind it one after the other, back to what is saved when that fails. */
export function useTileOrder(catalogue: Catalogue): TileOrder {
  const { t } = useTranslation('till');
  const save = useCommand(useApiClient().catalogue.arrangeTiles);
  const report = useReport();
  const [changed, setChanged] = useState<readonly string[] | null>(null);
  const wanted = useRef<readonly string[] | null>(null);
  const isSaving = useRef(false);
  const onSale = useMemo(
    () => new Set(catalogue.products.filter((product) => product.isActive).map((product) => product.productId)),
    [catalogue],
  );
  const order = useMemo(
    () => (changed ?? catalogue.tiles).filter((productId) => onSale.has(productId)),
    [changed, catalogue.tiles, onSale],
  );

  const saveAll = async (): Promise<void> => {
    if (isSaving.current) return;
    isSaving.current = true;
    while (wanted.current !== null) {
      const sending = wanted.current;
      wanted.current = null;
      const isSaved = report(await save.run({ productIds: [...sending] }));
      if (!isSaved && wanted.current === null) setChanged(null);
    }
    isSaving.current = false;
  };
  const put = (next: readonly string[]): void => {
    setChanged(next);
    wanted.current = next;
    void saveAll();
  };
  const latest = useRef(put);
  latest.current = put;
  const change = useCallback(
    (next: readonly string[], what?: string) => {
      if (next.join() === order.join()) return;
      latest.current(next);
      if (what !== undefined) showUndo({ title: what, undoLabel: t('undo'), onUndo: () => latest.current(order) });
    },
    [order, t],
  );
  return { order, change };
}
