import { create } from 'zustand';

export const STEPS = ['region', 'shop', 'manager', 'scanner', 'printer', 'programme'] as const;
export type Step = (typeof STEPS)[number];

/** What was typed so far; the PIN and the recovery code are never kept. */
export interface FirstRunDraft {
  readonly step: Step;
  /** The shop exists; what is left may be skipped. */
  readonly isShopMade: boolean;
  /** All steps done or skipped: the till opens. */
  readonly isOver: boolean;
  readonly language: 'en' | 'es';
  readonly country: string;
  readonly currency: string;
  readonly region: string;
  readonly timeZone: string;
  readonly shopName: string;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly dayStartsAtHour: number;
  readonly managerName: string;
}

const KEY = 'regulars.first-run';

const NOTHING: FirstRunDraft = {
  step: 'region',
  isShopMade: false,
  isOver: false,
  language: 'en',
  country: '',
  currency: '',
  region: '',
  timeZone: '',
  shopName: '',
  taxMode: 'inclusive',
  dayStartsAtHour: 4,
  managerName: '',
};

function read(): FirstRunDraft {
  try {
    return { ...NOTHING, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<FirstRunDraft>) };
  } catch {
    return NOTHING;
  }
}

export const useFirstRun = create<FirstRunDraft>()(() => read());

/** Changes the draft and keeps it, so that a restart goes on where it stopped. */
export function changeFirstRun(change: Partial<FirstRunDraft>): void {
  useFirstRun.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(useFirstRun.getState()));
  } catch {
    // Without storage a restart begins at the first step again.
  }
}

/** Goes to the step after or before. */
export function moveStep(by: 1 | -1): void {
  const at = STEPS.indexOf(useFirstRun.getState().step) + by;
  const step = STEPS[at];
  if (step === undefined) changeFirstRun({ isOver: by > 0 });
  else changeFirstRun({ step });
}

/** True while steps after the making of the shop are still open. */
export function isFirstRunOpen(draft: FirstRunDraft): boolean {
  return draft.isShopMade && !draft.isOver;
}
