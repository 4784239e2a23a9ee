export type EventIcon =
  | 'sale'
  | 'tier'
  | 'refund'
  | 'points'
  | 'scan'
  | 'person'
  | 'block'
  | 'refused'
  | 'expire'
  | 'voucher'
  | 'credit'
  | 'pass'
  | 'other';
export type EventTone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

/** How an event of the timeline looks and under which key its words stand. */
export interface ActionStyle {
  /** Under `timeline.action`. */
  readonly words: string;
  readonly icon: EventIcon;
  readonly tone: EventTone;
}
