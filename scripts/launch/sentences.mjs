// How scripts speak: one line each, and one way to stop.

export function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/** A reason to stop that the person can act on. Shown as it stands, without a stack. */
export class Stop extends Error {
  constructor(sentence, exitCode = 1) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/** Runs `main` and ends the process with its exit code; a Stop is said, anything else is a bug and shows its stack. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
