import type { ReactNode } from 'react';

const PETAL = 'M16 14.2c-3.3-2.2-4.4-5.3-3.1-8.1.8-1.7 2.2-2.2 3.1-.9.9-1.3 2.3-.8 3.1.9 1.3 2.8.2 5.9-3.1 8.1z';
const PETALS = [
  { turn: 0, opacity: 1 },
  { turn: 72, opacity: 0.86 },
  { turn: 144, opacity: 0.72 },
  { turn: 216, opacity: 0.86 },
  { turn: 288, opacity: 0.94 },
] as const;

/** The five-petal mark; `isPlain` leaves the heart and the shading out, for backgrounds. */
export function Lapacho({
  size,
  isPlain = false,
  className,
}: {
  size: number;
  isPlain?: boolean;
  className?: string;
}): ReactNode {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="currentColor">
        {PETALS.map(({ turn, opacity }) => (
          <path key={turn} transform={`rotate(${turn} 16 16)`} d={PETAL} opacity={isPlain ? 1 : opacity} />
        ))}
      </g>
      {!isPlain && <circle cx="16" cy="16" r="2" fill="#F4C95D" />}
    </svg>
  );
}
