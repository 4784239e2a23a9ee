/** Reasons that belong to the request itself: who asks, whether they may, and whether the operation id fits. */
export type RequestRefusal =
  | 'sign-in-required'
  | 'locked'
  | 'not-permitted'
  | 'override-invalid'
  | 'operation-id-reused'
  | 'not-in-first-run'
  | 'not-found'
  | 'changed-elsewhere'
  | 'use-browser-print'
  | 'print-failed'
  | 'no-second-screen';
