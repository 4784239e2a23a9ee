/** Why a command of till is refused: facts carry the numbers, the screens the words. */
export type TillRefusal =
  | 'empty-sale'
  | 'too-many-lines'
  | 'tender-too-small'
  | 'tender-too-large'
  | 'price-changed'
  | 'discount-over-limit'
  | 'sale-already-completed'
  | 'sale-not-completed'
  | 'sale-not-pending'
  | 'draft-changed-elsewhere'
  | 'too-many-held'
  | 'amount-too-large'
  | 'nothing-to-refund'
  | 'refund-exceeds-sale'
  | 'cancel-too-late'
  | 'shift-not-open'
  | 'shift-already-open';
