/** Why a command of customers is refused: facts carry the numbers, the screens the words. */
export type CustomerRefusal =
  | 'phone-taken'
  | 'email-taken'
  | 'code-taken'
  | 'phone-unreadable'
  | 'email-unreadable'
  | 'name-required'
  | 'customer-blocked'
  | 'import-unreadable'
  | 'custom-value-unfit'
  | 'too-many-custom-fields'
  | 'segment-full'
  | 'segment-not-static'
  | 'merge-same'
  | 'merge-already'
  | 'merge-undo-late'
  | 'merge-points-spent'
  | 'merge-chained';
