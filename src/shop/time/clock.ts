/** The only way in which rules and use-cases learn the time: given by the host, faked in tests. */
export interface Clock {
  /** UTC milliseconds since 1970. */
  nowMs(): number;
}
