/** Why a command of staff is refused: facts carry the numbers, the screens the words. */
export type StaffRefusal =
  | 'wrong-pin'
  | 'pin-locked'
  | 'staff-inactive'
  | 'badge-not-known'
  | 'pin-too-short'
  | 'pin-too-common'
  | 'pin-required-for-role'
  | 'last-manager'
  | 'recovery-code-wrong';
