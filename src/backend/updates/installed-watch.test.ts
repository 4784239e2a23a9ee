import { expect, test } from 'vitest';
import { createInstalledWatch } from './installed-watch.ts';

test('S3-77: a new version is there once it has been the same twice, and not while it is being put in place', () => {
  const disk = { stamp: 'a' as string | null };
  const watch = createInstalledWatch(() => disk.stamp);
  const lookAt = (stamp: string | null): boolean => {
    disk.stamp = stamp;
    watch.look();
    return watch.isNewerInPlace();
  };
  expect(lookAt('a')).toBe(false);
  expect(lookAt('b')).toBe(false);
  expect(lookAt(null)).toBe(false);
  expect(lookAt('c')).toBe(false);
  expect(lookAt('c')).toBe(true);
  expect(lookAt('c')).toBe(true);
  expect(lookAt('a')).toBe(false);
  expect(lookAt('a')).toBe(false);
});

test('S3-77: where the program cannot be seen there is never a new version', () => {
  const disk = { stamp: null as string | null };
  const watch = createInstalledWatch(() => disk.stamp);
  disk.stamp = 'b';
  watch.look();
  watch.look();
  expect(watch.isNewerInPlace()).toBe(false);
});
