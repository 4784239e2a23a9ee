import { create } from 'zustand';
import type { ClockAnswer } from './clock-dialog.tsx';

/** How long an answer that was given before signing in is good for: the clock that it names goes on. */
const GOOD_FOR_MS = 5 * 60_000;

interface GivenAnswer {
  readonly answer: ClockAnswer;
  /** On a clock that nobody can set. */
  readonly givenMs: number;
}

/** What somebody said on the sign-in screen about the time: the next sign-in of somebody who may confirms it. */
export const useGivenAnswer = create<{ readonly given: GivenAnswer | null }>()(() => ({ given: null }));

export function giveAnswer(answer: ClockAnswer): void {
  useGivenAnswer.setState({ given: { answer, givenMs: performance.now() } });
}

export function forgetAnswer(): void {
  useGivenAnswer.setState({ given: null });
}

/** Returns the answer that waits, once; null where there is none or it is too old to be meant. */
export function takeAnswer(): ClockAnswer | null {
  const { given } = useGivenAnswer.getState();
  forgetAnswer();
  return given !== null && performance.now() - given.givenMs < GOOD_FOR_MS ? given.answer : null;
}
