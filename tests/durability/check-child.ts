import { readFileSync } from 'node:fs';
import { type Confirmed, faultsOf } from './check-shop.ts';

// The check for test runners that cannot load the back end's sources: the question stands in a file, the faults go to
// the standard output.
export interface CheckQuestion {
  readonly databasePath: string;
  readonly confirmed: readonly Confirmed[];
  readonly sent: readonly string[];
}

const question = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as CheckQuestion;
process.stdout.write(JSON.stringify(faultsOf(question.databasePath, question.confirmed, new Set(question.sent))));
