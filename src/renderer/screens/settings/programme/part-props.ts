import type { ProgrammeEditing } from './use-programme-draft.ts';
import type { Words } from './words.ts';

/** What every part of the editor is given. */
export interface PartProps {
  readonly editing: ProgrammeEditing;
  readonly words: Words;
  /** Shown as it is, not to be changed. */
  readonly isDisabled: boolean;
}
