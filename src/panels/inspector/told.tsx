// A sentence, its names set bold.
import type { ReactNode } from 'react';
import { pieces } from '../../session/sentences/index.ts';

export function Told({ text }: { readonly text: string }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence have no other identity
  return pieces(text).map((piece, i) => (piece.isName ? <strong key={i}>{piece.text}</strong> : piece.text));
}
