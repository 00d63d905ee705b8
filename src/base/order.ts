// Orders that are the same on every machine: no locale, bytes as Go compares them.

/** Compares two strings by their UTF-8 bytes, as Go's `<` does; negative, zero or positive. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates (beyond U+FFFF) before U+E000; UTF-8 puts them after. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** A new array of an object's keys in the order of their bytes. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort(compareText);
}
