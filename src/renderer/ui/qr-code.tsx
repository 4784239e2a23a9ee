import { type ReactNode, useMemo } from 'react';
import { encode } from 'uqr';
import './qr-code.css';

/** A QR code as one path, black on white in both themes so that scanners read it. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }): ReactNode {
  const { size, path } = useMemo(() => {
    const code = encode(text, { border: 2, ecc: 'M' });
    const squares = code.data.flatMap((line, y) => line.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: code.size, path: squares.join('') };
  }, [text]);
  return (
    <svg
      className={className === undefined ? 'ui-qr' : `ui-qr ${className}`}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
