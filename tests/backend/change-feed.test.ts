import { expect, test } from 'vitest';
import { createChangeFeed } from '#backend/change-feed.ts';

test('the answer to a command goes out before the news of it', async () => {
  const feed = createChangeFeed();
  const abort = new AbortController();
  const heard: string[] = [];
  const news = feed.follow(abort.signal).next();
  const told = news.then(() => heard.push('news'));
  const command = async (): Promise<void> => {
    feed.announce(new Set(['sales']));
  };
  // As many turns of the promise queue as an answer takes on its way through the router.
  const answer = async (): Promise<void> => {
    await command();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    heard.push('answer');
  };
  await Promise.all([answer(), told]);
  expect(heard).toEqual(['answer', 'news']);
  expect((await news).value).toEqual({ topics: ['sales'] });
  abort.abort();
});

test('commits of one turn are told together', async () => {
  const feed = createChangeFeed();
  const abort = new AbortController();
  const news = feed.follow(abort.signal).next();
  feed.announce(new Set(['sales']));
  feed.announce(new Set(['customers', 'sales']));
  expect((await news).value).toEqual({ topics: ['sales', 'customers'] });
  abort.abort();
});
