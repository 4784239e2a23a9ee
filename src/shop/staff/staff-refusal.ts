export type StaffRefusal =
  | 'wrong-pin'
  | 'pin-locked'
  | 'staff-inactive'
  | 'pin-too-short'
  | 'pin-too-common'
  | 'last-manager'
  | 'recovery-code-wrong';
