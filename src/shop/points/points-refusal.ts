/** Why a command of points is refused: facts carry the numbers, the screens the words. */
export type PointsRefusal =
  | 'note-required'
  | 'below-minimum'
  | 'receipt-number-used'
  | 'undo-too-late'
  | 'already-undone'
  | 'points-out-of-range'
  | 'no-programme'
  | 'main-programme'
  | 'programme-published-meanwhile'
  | 'points-short'
  | 'balance-negative'
  | 'reward-unknown'
  | 'reward-tier'
  | 'reward-minimum'
  | 'reward-nothing-eligible'
  | 'reward-choice-needed';
