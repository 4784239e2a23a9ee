import { readStoredDraft } from '#shop/till/sale-draft-schema.ts';
import type { SaleDraft, TenderKind } from '#shop/till/sale.ts';
import type { ReadScope } from '../context.ts';
import { selectSaleHolds } from '../value/sale-holds-store.ts';
import { selectDrafts } from './drafts-store.ts';

/** A sale that is being rung up or held at this terminal. */
export interface ListedDraft {
  readonly saleId: string;
  readonly revision: number;
  readonly label: string;
  readonly itemCount: number;
  readonly customerName: string | null;
  readonly heldAtMs: number | null;
  readonly updatedAtMs: number;
  /** Payment has begun: prices are frozen until it is completed or given up. */
  readonly isPaying: boolean;
  readonly pendingTenders: readonly {
    readonly tenderId: string;
    readonly kind: TenderKind;
    readonly amountMinor: number;
  }[];
  /** What credit and gift cards pay beside them, set aside for the sale. */
  readonly taken: readonly {
    readonly kind: 'credit' | 'gift-card';
    readonly accountId: string;
    readonly amountMinor: number;
  }[];
  readonly draft: SaleDraft;
}

/** The open and held sales of this terminal; they survive restarts. */
export function listDrafts({ db, shop }: ReadScope): ListedDraft[] {
  return selectDrafts(db, shop.merchantId, shop.terminalId).map((row) => {
    const draft = readStoredDraft(row.draft);
    return {
      saleId: row.saleId,
      revision: row.revision,
      label: draft.label,
      itemCount: draft.lines.reduce((sum, { quantityThousandths: q }) => sum + (q % 1000 === 0 ? q / 1000 : 1), 0),
      customerName: row.customerName,
      heldAtMs: row.heldAtMs,
      updatedAtMs: row.updatedAtMs,
      isPaying: row.saleStatus === 'pending',
      pendingTenders: JSON.parse(row.pendingTenders ?? '[]') as ListedDraft['pendingTenders'],
      taken: row.saleStatus === 'pending' ? takenOf(selectSaleHolds(db, shop.merchantId, row.saleId)) : [],
      draft,
    };
  });
}

function takenOf(holds: ReturnType<typeof selectSaleHolds>): ListedDraft['taken'] {
  return holds.flatMap(({ subjectKind, subjectId: accountId, accountKind: kind, amountMinor }) =>
    subjectKind === 'credit' && kind !== null ? [{ kind, accountId, amountMinor }] : [],
  );
}
