import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSaleWriter } from '../durability/build-writer.ts';
import type { CheckQuestion } from '../durability/check-child.ts';
import { type Check, runKillLoop, seededRandom } from '../durability/kill-loop.ts';
import { expect, type TestConsole, test } from '../e2e/support/console.ts';
import { sendFromPage } from '../e2e/support/page-api.ts';
import { type Line, readAnswer } from '../support/line.ts';

const CYCLES = 20;

/** Calls from inside the window, over the bridge that its screens use. */
function lineOf({ page }: TestConsole): Line {
  return {
    call: async (kind, path, input) => {
      const inputText = input === undefined ? undefined : JSON.stringify(input);
      try {
        const [answer] = await sendFromPage(page, [{ path, kind, inputText }]);
        return readAnswer(answer?.text ?? '');
      } catch {
        return { kind: 'gone' };
      }
    },
  };
}

function checkIn(folder: string): Check {
  return (databasePath, confirmed, sent) => {
    const question: CheckQuestion = { databasePath, confirmed, sent: [...sent] };
    writeFileSync(join(folder, 'question.json'), JSON.stringify(question));
    const args = [join(folder, 'check-child.mjs'), join(folder, 'question.json')];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as string[];
  };
}

test('F2 F3 D1 D2 L1: kills of the main process at random moments lose nothing confirmed and do nothing twice', async ({
  till,
}) => {
  const seed = Date.now() % 1_000_000;
  const life = { isFirst: true };
  const host = {
    dataFolder: till.dataFolder,
    open: async () => {
      if (!life.isFirst) await till.open();
      life.isFirst = false;
      await expect(till.page.getByRole('heading').first()).toBeVisible();
      return lineOf(till);
    },
    kill: () => till.kill(),
  };
  const checks = dirname(await buildSaleWriter());
  const result = await runKillLoop(host, checkIn(checks), CYCLES, seededRandom(seed)).finally(() =>
    rmSync(checks, { recursive: true, force: true }),
  );
  console.log(`seed ${seed}: ${result.confirmed} confirmed, ${result.repeated} cut off and repeated`);
  expect(result.faults, `seed ${seed}`).toEqual([]);
  expect(result.cycles).toBe(CYCLES);
  expect(result.repeated).toBeGreaterThan(3);
});
