import { type ReactNode, useMemo } from 'react';
import { drawQr } from './qr-drawing.ts';
import './qr-code.css';

/** A QR code as one path, black on white in both themes so that scanners read it. */
export function QrCode({ text, label, className }: { text: string; label: string; className?: string }): ReactNode {
  const { size, path } = useMemo(() => drawQr(text), [text]);
  return (
    <svg
      className={className === undefined ? 'ui-qr' : `ui-qr ${className}`}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} stroke="#000" />
    </svg>
  );
}
