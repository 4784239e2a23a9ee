/** Why a command of customers is refused: facts carry the numbers, the screens the words. */
export type CustomerRefusal =
  | 'phone-taken'
  | 'email-taken'
  | 'code-taken'
  | 'phone-unreadable'
  | 'email-unreadable'
  | 'name-required'
  | 'customer-blocked'
  | 'import-unreadable';
