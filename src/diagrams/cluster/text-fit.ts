// Text that must fit a box of the map: SVG does not cut it by itself.

/** The text, cut with an ellipsis where it is wider than a width, at so many pixels a character (Hangul counts for two). */
export function cut(text: string, width: number, perCharacter: number): string {
  const room = Math.max(1, Math.floor(width / perCharacter));
  let used = 0;
  for (let i = 0; i < text.length; i += 1) {
    used += text.charCodeAt(i) >= 0x1100 ? 1.8 : 1;
    if (used > room) return `${text.slice(0, Math.max(1, i - 1))}…`;
  }
  return text;
}
