/** The only way in which rules and use-cases learn the time: given by the host, faked in tests. */
export interface Clock {
  /** What the computer's clock shows, UTC ms since 1970; anybody can set it. */
  wallNowMs(): number;
  /** Milliseconds since some instant, with the time that the computer slept: nobody can set it. */
  monotonicMs(): number;
}
