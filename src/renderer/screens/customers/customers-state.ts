import { create } from 'zustand';
import type { Referrer } from './brought-by.tsx';
import type { OwnValues } from '../../ui/own-field-inputs.tsx';

/** A customer being enrolled. Kept while the person looks elsewhere, so that nothing is typed twice. */
export interface EnrolDraft {
  readonly name: string;
  readonly phone: string;
  readonly consentMarketing: boolean;
  readonly email: string;
  readonly birthday: string;
  readonly cardCode: string;
  readonly broughtBy: Referrer | null;
  /** Values of the shop's own fields that are asked when enrolling. */
  readonly custom: OwnValues;
}

interface CustomersState {
  readonly text: string;
  readonly draft: EnrolDraft;
  /** On narrow windows the enrol panel opens over the list. */
  readonly isEnrolOpen: boolean;
}

const EMPTY_DRAFT: EnrolDraft = {
  name: '',
  phone: '',
  consentMarketing: false,
  email: '',
  birthday: '',
  cardCode: '',
  broughtBy: null,
  custom: {},
};

export const useCustomersState = create<CustomersState>()(() => ({ text: '', draft: EMPTY_DRAFT, isEnrolOpen: false }));

export function setSearchText(text: string): void {
  useCustomersState.setState({ text });
}

export function changeDraft(change: Partial<EnrolDraft>): void {
  useCustomersState.setState((state) => ({ draft: { ...state.draft, ...change } }));
}

/** Opens the enrol panel with what was typed already in the right fields. */
export function startEnrol(change: Partial<EnrolDraft>): void {
  useCustomersState.setState({ draft: { ...EMPTY_DRAFT, ...change }, isEnrolOpen: true });
}

export function openEnrol(): void {
  useCustomersState.setState({ isEnrolOpen: true });
}

export function closeEnrol(): void {
  useCustomersState.setState({ isEnrolOpen: false });
}

export function clearDraft(): void {
  useCustomersState.setState({ draft: EMPTY_DRAFT });
}
