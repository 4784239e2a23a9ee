import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FindItem } from './catalogue/find-item.tsx';
import { OpenAmountDialog } from './catalogue/open-amount-dialog.tsx';
import { ProductDialog } from './catalogue/product-dialog.tsx';
import { ClearDialog, HeldDialog, LostDraftDialog, PaidElsewhereDialog } from './draft-dialogs.tsx';
import { DiscountDialog } from './order/discount-dialog.tsx';
import { FindCustomer } from './order/find-customer.tsx';
import { LineDialog } from './order/line-dialog.tsx';
import { OffersDialog } from './order/offers-dialog.tsx';
import { VoucherDialog } from './order/voucher-dialog.tsx';
import { WhyDialog } from './order/why-dialog.tsx';
import { OpenShiftDialog } from './shift/open-shift-dialog.tsx';
import { closeOverlay, openOverlay, openPayment, useTillState } from './till-state.ts';
import type { Catalogue, TillPreview } from './till-types.ts';
import type { Overlay } from './till-views.ts';
import type { DraftKeeper } from './use-drafts.ts';

interface OverlaysProps {
  readonly catalogue: Catalogue;
  readonly keeper: DraftKeeper;
  /** The numbers of the sale as last priced. */
  readonly preview: TillPreview | null;
  readonly customerName: string | null;
  readonly heldLabel: string;
  readonly isWeighed: (productId: string | null) => boolean;
  readonly onRemoveLine: (lineId: string) => void;
}

/** Whatever lies over the till. */
export function Overlays(props: OverlaysProps): ReactNode {
  const overlay = useTillState((state) => state.overlay);
  return overlay === null ? null : <OneOverlay {...props} overlay={overlay} />;
}

function OneOverlay({
  overlay,
  catalogue,
  keeper,
  preview,
  customerName,
  heldLabel,
  isWeighed,
  onRemoveLine,
}: OverlaysProps & { overlay: Overlay }): ReactNode {
  const { t } = useTranslation('till');
  switch (overlay.kind) {
    case 'find-item':
      return (
        <FindItem
          catalogue={catalogue}
          text={overlay.text}
          onOpenAmount={(name) => openOverlay({ kind: 'open-amount', name })}
          onSellValue={(sells) => openOverlay({ kind: 'open-amount', sells })}
        />
      );
    case 'find-customer':
      return <FindCustomer text={overlay.text} />;
    case 'rewards':
      return <OffersDialog preview={preview} customerName={customerName} />;
    case 'voucher':
      return <VoucherDialog voucher={overlay.voucher} customerName={customerName} />;
    case 'why':
      return preview === null ? null : <WhyDialog preview={preview} />;
    case 'discount':
      return <DiscountDialog lineId={overlay.lineId} />;
    case 'line':
      return (
        <LineDialog
          lineId={overlay.lineId}
          isWeighed={isWeighed(lineProduct(overlay.lineId))}
          onRemove={onRemoveLine}
        />
      );
    case 'product': {
      const product = catalogue.products.find((each) => each.productId === overlay.productId);
      return product === undefined ? null : <ProductDialog product={product} />;
    }
    case 'open-amount':
      return (
        <OpenAmountDialog
          catalogue={catalogue}
          name={overlay.name ?? ''}
          credit={overlay.credit ?? null}
          {...(overlay.sells === undefined ? {} : { sells: overlay.sells })}
        />
      );
    case 'held':
      return <HeldDialog keeper={keeper} heldLabel={heldLabel} />;
    case 'clear':
      return <ClearDialog keeper={keeper} />;
    case 'changed-elsewhere':
      return <LostDraftDialog keeper={keeper} />;
    case 'already-paid':
      return <PaidElsewhereDialog receiptNumber={overlay.receiptNumber} atMs={overlay.atMs} />;
    case 'open-shift':
      return (
        <OpenShiftDialog
          reason={t('shift.beforeCash')}
          onClose={closeOverlay}
          onOpened={() => {
            closeOverlay();
            if (overlay.thenCharge) openPayment();
          }}
        />
      );
  }
}

function lineProduct(lineId: string): string | null {
  return useTillState.getState().draft.lines.find((line) => line.lineId === lineId)?.productId ?? null;
}
