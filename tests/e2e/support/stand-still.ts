import type { Page, Request } from '@playwright/test';

const asked = new WeakMap<Page, Set<Request>>();
const POLL_MS = 25;
const LIMIT_MS = 10_000;

/** What the page has asked for and not been told yet; the stream of news stays open and does not count. */
function askedBy(page: Page): Set<Request> {
  const known = asked.get(page);
  if (known !== undefined) return known;
  const requests = new Set<Request>();
  asked.set(page, requests);
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') requests.add(request);
  });
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  // Another document: what the one before had asked is of no use any more.
  page.on('domcontentloaded', () => requests.clear());
  return requests;
}

/** Waits until every question is answered, nothing has been drawn anew for a while, and nothing moves. */
export async function standStill(page: Page): Promise<void> {
  const requests = askedBy(page);
  const untilMs = Date.now() + LIMIT_MS;
  for (;;) {
    await page.evaluate(stillness);
    if (requests.size === 0 || Date.now() > untilMs) return;
    await page.waitForTimeout(POLL_MS);
  }
}

/** Runs inside the page: it may use nothing from outside itself. */
async function stillness(): Promise<void> {
  const QUIET_MS = 180;
  const AT_MOST_MS = 3000;
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
      if ((isMoving || nowMs - changedMs < QUIET_MS) && nowMs - startedMs < AT_MOST_MS) {
        requestAnimationFrame(look);
        return;
      }
      observer.disconnect();
      resolve();
    };
    look();
  });
}
