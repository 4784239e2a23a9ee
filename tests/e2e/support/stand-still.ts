import type { Page, Request } from '@playwright/test';

const POLL_MS = 25;
const LIMIT_MS = 15_000;

/** What a page has asked for and not been told yet, and how often that changed. */
interface Talk {
  readonly open: Set<Request>;
  changes: number;
}

const talks = new WeakMap<Page, Talk>();

/** Listens to the page from the first time on; the stream of news stays open and does not count. */
function talkOf(page: Page): Talk {
  const known = talks.get(page);
  if (known !== undefined) return known;
  const talk: Talk = { open: new Set(), changes: 0 };
  talks.set(page, talk);
  const end = (request: Request): void => {
    if (talk.open.delete(request)) talk.changes += 1;
  };
  page.on('request', (request) => {
    if (request.resourceType() === 'eventsource') return;
    talk.open.add(request);
    talk.changes += 1;
  });
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  // Another document: what the one before had asked is of no use any more.
  page.on('domcontentloaded', () => talk.open.clear());
  return talk;
}

/** Waits until every question is answered, and then nothing is asked, drawn anew or moved for a while. */
export async function standStill(page: Page): Promise<void> {
  const talk = talkOf(page);
  const untilMs = Date.now() + LIMIT_MS;
  while (Date.now() < untilMs) {
    const before = talk.changes;
    if (talk.open.size === 0) {
      await page.evaluate(stillness);
      if (talk.changes === before) return;
    }
    await page.waitForTimeout(POLL_MS);
  }
}

/** Runs inside the page: it may use nothing from outside itself. */
async function stillness(): Promise<void> {
  const QUIET_MS = 180;
  const AT_MOST_MS = 5000;
  await document.fonts.ready;
  await new Promise<void>((resolve) => {
    const startedMs = performance.now();
    let changedMs = startedMs;
    const observer = new MutationObserver(() => {
      changedMs = performance.now();
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const look = (): void => {
      const nowMs = performance.now();
      const isMoving = document
        .getAnimations()
        .some((each) => each.playState === 'running' && each.effect?.getComputedTiming().endTime !== Infinity);
      const isBlank = document.querySelector('.shell-screen:empty, .ui-skeleton') !== null;
      if ((isMoving || isBlank || nowMs - changedMs < QUIET_MS) && nowMs - startedMs < AT_MOST_MS) {
        requestAnimationFrame(look);
        return;
      }
      observer.disconnect();
      resolve();
    };
    look();
  });
}
