import type { ReactNode } from 'react';
import './avatar.css';

/** First letters of the first and last name, as on a badge: 'Ana Benítez' gives 'AB'. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  const first = words[0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return (Array.from(first)[0] ?? '').concat(Array.from(last)[0] ?? '').toLocaleUpperCase();
}

/** A person's initials in a circle; decoration, since the name stands beside it. `size` in pixels. */
export function Avatar({
  name,
  size = 36,
  metal = 'none',
}: {
  name: string;
  size?: 36 | 48 | 52 | 56 | 60;
  metal?: 'none' | 'bronze' | 'silver' | 'gold' | 'platinum' | undefined;
}): ReactNode {
  return (
    <span className={`ui-avatar size-${size} metal-${metal}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
