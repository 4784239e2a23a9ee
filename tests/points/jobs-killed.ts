import { EXPIRE } from '#backend/jobs/lot-jobs.ts';
import type { SystemScope } from '#backend/command-scope.ts';
import type { JobPage, JobTurn } from '#backend/jobs/job.ts';
import { runJobs } from '#backend/jobs/run-jobs.ts';
import { openDatabase } from '#backend/db/open.ts';
import { createEnv } from '#backend/start.ts';
import { createFakeClock } from '../support/fake-clock.ts';

// A till that dies in the middle of its jobs: in the transaction of a page, or right after it.
const [path = '', atMs = '0', deadlyPage = '0', when = 'inside'] = process.argv.slice(2);

const state = { page: 0 };
const die = (): void => void process.kill(process.pid, 'SIGKILL');

function* pages(turn: JobTurn): Generator<JobPage> {
  for (const page of EXPIRE.pages(turn) as Iterable<JobPage>) {
    state.page += 1;
    const isDeadly = state.page === Number(deadlyPage);
    const write = (scope: SystemScope): void => {
      page.write?.(scope);
      if (isDeadly && when === 'inside') die();
    };
    yield { ...page, write };
    if (isDeadly) die();
  }
}

const clock = createFakeClock(Number(atMs));
const db = openDatabase({ path, nowMs: clock.wallNowMs() });
const env = createEnv({
  db,
  clock,
  newId: () => crypto.randomUUID(),
  pepper: Buffer.alloc(32, 7),
  host: 'web',
  appVersion: '0.0.0-test',
  devices: null,
});
await runJobs(env, [{ ...EXPIRE, pages }]);
