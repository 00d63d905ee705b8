// A QR code as a picture: dark on white in every theme, with the margin that scanners need.
import { type ReactNode, useMemo } from 'react';
import { qrMatrix } from './qr-matrix.ts';

const MARGIN = 4;

interface QrCodeProps {
  readonly text: string;
  /** Read aloud in the picture's place. */
  readonly label: string;
  readonly className?: string;
}

/** The code of a text; nothing where no code holds so much. */
export function QrCode({ text, label, className }: QrCodeProps): ReactNode {
  const matrix = useMemo(() => qrMatrix(text), [text]);
  if (!matrix) return null;
  const size = matrix.length + 2 * MARGIN;
  return (
    <svg className={className} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges" data-testid="qr">
      <rect width={size} height={size} fill="#fff" />
      <path d={matrix.map(rowPath).join('')} fill="#000" />
    </svg>
  );
}

/** A bar for every run of dark modules. */
function rowPath(row: readonly boolean[], y: number): string {
  const text = row.map((isDark) => (isDark ? '1' : '0')).join('');
  return [...text.matchAll(/1+/g)].map((run) => `M${run.index + MARGIN},${y + MARGIN}h${run[0].length}v1h-${run[0].length}z`).join('');
}
