export type CustomerRefusal =
  | 'phone-taken'
  | 'email-taken'
  | 'code-taken'
  | 'phone-unreadable'
  | 'email-unreadable'
  | 'name-required'
  | 'customer-blocked'
  | 'import-unreadable';
