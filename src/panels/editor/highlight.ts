// YAML in colours, good enough to read: for the text before Monaco has come, and where it never comes.

/** A piece of a line. */
export interface Token {
  readonly text: string;
  readonly kind: 'key' | 'mark' | 'comment' | 'value';
}

const KEY = /^(\s*(?:- +)*)((?:"[^"]*"|'[^']*'|[^\s#:,[\]{}"'-][^:#]*?))(\s*:)(?=\s|$)/;

/** Splits a line into pieces that together are the line. */
export function highlightLine(line: string): readonly Token[] {
  const key = KEY.exec(line);
  const tokens: Token[] = [];
  let rest = line;
  if (key) {
    const [whole, indent = '', name = '', colon = ''] = key;
    if (indent !== '') tokens.push({ text: indent, kind: 'mark' });
    tokens.push({ text: name, kind: 'key' }, { text: colon, kind: 'mark' });
    rest = line.slice(whole.length);
  } else {
    const [dashes = ''] = /^\s*(?:- +|-$)*/.exec(line) ?? [];
    if (dashes !== '') tokens.push({ text: dashes, kind: 'mark' });
    rest = line.slice(dashes.length);
  }
  const comment = commentAt(rest);
  const value = comment < 0 ? rest : rest.slice(0, comment);
  if (value !== '') tokens.push({ text: value, kind: 'value' });
  if (comment >= 0) tokens.push({ text: rest.slice(comment), kind: 'comment' });
  return tokens;
}

/** Where a comment begins: a `#` at the start or after a space, outside quotes. */
function commentAt(text: string): number {
  let quote = '';
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] as string;
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#' && (i === 0 || /\s/.test(text[i - 1] as string))) return i;
  }
  return -1;
}
