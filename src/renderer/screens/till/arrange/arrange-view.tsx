import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, LayoutGrid, Lock } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanTarget } from '../../../scanning/scan-target.ts';
import { useApi } from '../../../ui/api-context.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { navigateTo } from '../../../ui/route.ts';
import { useMay } from '../../../ui/shop-context.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { TopBarSlot } from '../../../ui/top-bar-slot.tsx';
import { productsOnView } from '../catalogue/tile-grid.tsx';
import { FAVOURITES } from '../till-state.ts';
import type { Catalogue } from '../till-types.ts';
import { AddTiles } from './add-tiles.tsx';
import { ArrangeGrid } from './arrange-grid.tsx';
import { withTile } from './tile-order.ts';
import { type TileOrder, useTileOrder } from './use-tile-order.ts';
import './arrange.css';

/** Which items stand on the till as favourites, and in which order: by dragging, by buttons or by keys. */
export function ArrangeView(): ReactNode {
  const { t } = useTranslation('till');
  const mayEdit = useMay('catalogue.edit');
  useKeys({ Escape: () => navigateTo('till') });
  return (
    <>
      <TopBarSlot replacesTitle>
        <IconButton
          label={t('backToTill')}
          icon={<ArrowLeft size={20} strokeWidth={1.75} />}
          onPress={() => navigateTo('till')}
        />
        <h1>{t('arrange.title')}</h1>
      </TopBarSlot>
      {mayEdit ? (
        <Loaded />
      ) : (
        <div className="till-message">
          <EmptyState
            tone="neutral"
            icon={<Lock size={28} strokeWidth={1.75} aria-hidden="true" />}
            title={t('arrange.notAllowed')}
            detail={t('arrange.notAllowedHow')}
          />
        </div>
      )}
    </>
  );
}

function Loaded(): ReactNode {
  const { t } = useTranslation('till');
  const api = useApi();
  const catalogue = useQuery(api.catalogue.list.queryOptions());
  if (catalogue.data !== undefined) return <Board catalogue={catalogue.data} />;
  return (
    <div className="till-message">
      {catalogue.isError ? (
        <EmptyState
          tone="danger"
          title={t('catalogueFailed')}
          detail={t('catalogueFailedHow')}
          action={<Button onPress={() => void catalogue.refetch()}>{t('tryAgain')}</Button>}
        />
      ) : (
        <Skeleton rows={4} shape="card" />
      )}
    </div>
  );
}

function Board({ catalogue }: { catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation('till');
  const tiles = useTileOrder(catalogue);
  const [chosen, setChosen] = useState<string | null>(null);
  const add = (productId: string): void => {
    tiles.change(withTile(tiles.order, productId));
    setChosen(productId);
  };
  useScanTarget((scan) => {
    if (scan.outcome.kind !== 'product') return false;
    add(scan.outcome.productId);
    return undefined;
  });
  return (
    <div className="arrange">
      <section className="arrange-tiles" aria-label={t('favourites')}>
        {tiles.order.length === 0 ? (
          <NoTiles catalogue={catalogue} tiles={tiles} />
        ) : (
          <ArrangeGrid catalogue={catalogue} tiles={tiles} chosen={chosen} onChoose={setChosen} />
        )}
      </section>
      <AddTiles catalogue={catalogue} order={tiles.order} onAdd={add} />
    </div>
  );
}

/** Nothing has been arranged: the till shows the first items by itself, and they are a good beginning. */
function NoTiles({ catalogue, tiles }: { catalogue: Catalogue; tiles: TileOrder }): ReactNode {
  const { t } = useTranslation('till');
  const shown = productsOnView({ ...catalogue, tiles: [] }, FAVOURITES).map((product) => product.productId);
  return (
    <EmptyState
      icon={<LayoutGrid size={28} strokeWidth={1.75} aria-hidden="true" />}
      title={t('arrange.none')}
      detail={shown.length === 0 ? t('noItems.how') : t('arrange.noneHow')}
      action={
        shown.length === 0 ? undefined : (
          <Button kind="primary" onPress={() => tiles.change(shown)}>
            {t('arrange.begin', { count: shown.length })}
          </Button>
        )
      }
    />
  );
}
