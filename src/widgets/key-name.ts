// The name of a pressed key, the same whatever is being written: under a Hangul layout K is still K.

/** `k`, `Shift+p`, `Ctrl+s`, `ArrowRight`, `Shift+ArrowRight`, `?`. */
export function keyName(event: KeyboardEvent): string {
  const key = plainKey(event);
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  // Of signs such as `?` the shift is a part; of letters and named keys it says something more.
  const shift = event.shiftKey && (key.length > 1 || /^[a-z]$/.test(key)) ? 'Shift+' : '';
  return `${control}${shift}${key}`;
}

function plainKey({ key, code }: KeyboardEvent): string {
  if (key.length > 1) return key;
  return (/^[ -~]$/.test(key) ? key : code.replace(/^Key|^Digit/, '')).toLowerCase();
}
